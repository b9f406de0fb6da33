import { dayTextSchema } from '@credatlas/model';
import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/, 'letters, digits, hyphens; a letter or digit first');
const words = z.string().min(1).max(2_000);

/** More categories than a count needs; each is a condition that is looked at for every credential. */
const maxCategories = 60;

const publicationSchema = z.strictObject({
  title: words,
  publisher: words,
  date: dayTextSchema.optional(),
  url: z.url(),
});

const categorySchema = z.strictObject({
  id: name,
  label: words,
  group: name.optional(),
  published: z.array(words).default([]).describe('Categories of the publication that it stands for.'),
  filter: words.describe('A filter of the search; the first category whose filter holds is the one.'),
  because: words.optional().describe('What the filter cannot tell, or why it reads as it does.'),
});

const factSchema = z.strictObject({
  of: z.array(words).min(1).describe('total, providers, a category or a group; several: of all of them together.'),
  value: z.int().positive(),
  atLeast: z.boolean().default(false),
  asOf: dayTextSchema,
  note: words.optional(),
  source: publicationSchema.optional().describe('Where it is not the publication of the scheme.'),
});

const crosswalkSchema = z.strictObject({
  category: name,
  to: z.string().regex(/^[\w-]+:[\w-]+$/, 'SCHEME:category'),
  relation: z.enum(['same', 'narrower', 'broader', 'overlaps']),
});

/** A way to sort credentials into categories, with the totals that were published by it. */
export const classificationSchema = z
  .strictObject({
    id: name,
    version: words,
    title: words,
    place: z.string().optional().describe('What the published totals are of.'),
    source: publicationSchema,
    note: words.optional(),
    groups: z.array(z.strictObject({ id: name, label: words })).default([]),
    categories: z.array(categorySchema).min(1).max(maxCategories),
    facts: z.array(factSchema).default([]),
    crosswalk: z.array(crosswalkSchema).default([]),
  })
  .superRefine(({ groups, categories, facts, crosswalk }, context) => {
    const ids = categories.map(({ id }) => id);
    const groupIds = groups.map(({ id }) => id);
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    categories.forEach(({ id, group }, at) => {
      if (ids.indexOf(id) !== at) refuse(['categories', at, 'id'], `"${id}" stands here twice`);
      if (group !== undefined && !groupIds.includes(group))
        refuse(['categories', at, 'group'], `there is no group "${group}"`);
    });
    const known = new Set(['total', 'providers', ...ids, ...groupIds]);
    facts.forEach(({ of }, at) => {
      for (const each of of) if (!known.has(each)) refuse(['facts', at, 'of'], `"${each}" is nothing that is counted`);
    });
    crosswalk.forEach(({ category }, at) => {
      if (!ids.includes(category)) refuse(['crosswalk', at, 'category'], `there is no category "${category}"`);
    });
  })
  .meta({ id: 'Classification' });
export type Classification = z.infer<typeof classificationSchema>;
export type Fact = Classification['facts'][number];
