import { dayTextSchema } from '@credatlas/model';
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'small letters, digits and hyphens, a letter first, at most 60 characters');
const words = z.string().min(1).max(2_000);

/** More than a law asks; each is looked at for every credential. */
const maxClauses = 60;
/** Tests within tests. */
const maxDepth = 6;

/** Three-valued: it holds, it does not, or what it is about is not stated. */
export type RuleTest =
  /** A filter of the search grammar. A field that is not stated is neither met nor missed; `field:none` asks for just that. */
  | string
  | { all: RuleTest[] }
  | { any: RuleTest[] }
  | { not: RuleTest }
  /** The first that can be judged decides. */
  | { first: RuleTest[] }
  /** Has one of the values of a list that is given beside the rule. */
  | { field: string; list: string };

const several: z.ZodType<RuleTest[]> = z.lazy(() => z.array(testSchema).min(1).max(maxClauses));
const testSchema: z.ZodType<RuleTest> = z
  .lazy(() =>
    z.union(
      [
        z.string().min(1).max(4_000),
        z.strictObject({ all: several }),
        z.strictObject({ any: several }),
        z.strictObject({ not: testSchema }),
        z.strictObject({ first: several }),
        z.strictObject({ field: words, list: name }),
      ],
      'a filter, or one of {"all": […]}, {"any": […]}, {"not": …}, {"first": […]}, {"field": …, "list": …}',
    ),
  )
  .meta({ id: 'RuleTest' });

const clauseSchema = z.strictObject({
  id: name,
  label: words,
  test: testSchema,
  source: z.strictObject({ citation: words, url: z.url().optional() }).describe('Where the clause stands.'),
  because: words.optional().describe('What the test cannot tell, or why it reads as it does.'),
});

const publicationSchema = z.strictObject({
  title: words,
  publisher: words,
  date: dayTextSchema.optional(),
  url: z.url(),
});

const listSchema = z.strictObject({
  title: words,
  note: words.optional(),
  source: publicationSchema.optional(),
  values: z
    .array(z.string().min(1).max(200))
    .max(20_000)
    .optional()
    .describe('Absent: what rests on it cannot be judged.'),
});

/** A screen: a credential passes when every clause holds, and fails when one does not. */
export const ruleSchema = z
  .strictObject({
    id: name,
    version: words,
    title: words,
    place: z.string().optional(),
    source: publicationSchema,
    note: words.optional(),
    notJudged: z.array(words).default([]).describe('What the rule asks and no record can tell.'),
    currency: z.enum(['USD', 'CAD', 'EUR', 'GBP', 'AUD']).default('USD').describe('Of every amount in it.'),
    lists: z.record(name, listSchema).default({}),
    clauses: z.array(clauseSchema).min(1).max(maxClauses),
  })
  .superRefine(({ clauses, lists }, context) => {
    const ids = clauses.map(({ id }) => id);
    clauses.forEach(({ id, test }, at) => {
      const refuse = (key: string, message: string): void =>
        context.addIssue({ code: 'custom', path: ['clauses', at, key], message });
      if (ids.indexOf(id) !== at) refuse('id', `"${id}" stands here twice`);
      if (depthOf(test) > maxDepth) refuse('test', `tests are more than ${maxDepth} deep`);
      for (const list of listsOf(test))
        if (!Object.hasOwn(lists, list)) refuse('test', `there is no list "${list}" under "lists"`);
    });
  })
  .meta({ id: 'Rule' });
export type Rule = z.infer<typeof ruleSchema>;
export type RuleClause = Rule['clauses'][number];

/** Values for a list that rules name. */
export const ruleListSchema = listSchema.extend({
  list: name,
  title: words.optional(),
  values: listSchema.shape.values.unwrap(),
});
export type RuleList = z.infer<typeof ruleListSchema>;

/** The tests right below a test. */
export function testsIn(test: RuleTest): RuleTest[] {
  if (typeof test === 'string' || 'field' in test) return [];
  if ('not' in test) return [test.not];
  return 'all' in test ? test.all : 'any' in test ? test.any : test.first;
}

function depthOf(test: RuleTest): number {
  return 1 + Math.max(0, ...testsIn(test).map(depthOf));
}

function listsOf(test: RuleTest): string[] {
  return [...(typeof test !== 'string' && 'list' in test ? [test.list] : []), ...testsIn(test).flatMap(listsOf)];
}
