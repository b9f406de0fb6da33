import { skillRelations } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { QueryContext } from '../dependencies.ts';
import { pageLinks } from '../pageLinks.ts';
import { searchQuery } from '../parameters.ts';
import { type CoverageQuestion, findCoverage } from './findCoverage.ts';
import { coverageSchema } from './schemas.ts';

/** A job advertisement is a tenth of it. */
const longestText = 100_000;

/** The items of a list joined by bars; what stands in double quotes is one, bars and all. */
function barred(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return [...text.matchAll(/(?:"([^"]*)"|([^|]+))\s*(?:\||$)/g)]
    .map(([, quoted, plain = '']) => (quoted ?? plain).trim())
    .filter((item) => item !== '');
}

/** Digits only: `Number` would take an empty text for zero. */
function readNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,4}(?:\.\d{1,6})?$/.test(value) ? Number(value) : value;
}

const name = z.string().min(1).max(2_000);
const { q, mode, filter, size, after, on, context, issuerList, unit, currency } = searchQuery.shape;

/** How skills are asked for, and within which filter. */
export const skillQuestionShape = {
  skills: z
    .preprocess(barred, z.array(name).max(200))
    .optional()
    .describe('names, codes, keys or IRIs joined by |, such as welding|"blueprint reading".'),
  text: z
    .string()
    .max(longestText)
    .optional()
    .describe('a text, such as a job advertisement, in which skills are recognised.'),
  relation: z
    .preprocess(barred, z.array(z.enum(skillRelations)).max(skillRelations.length))
    .default([])
    .describe(
      'only these statements count: requires|assesses|teaches|recommends|aligned; the first three unless given.',
    ),
  mode: mode.describe('strict counts what is stated; expanded counts inferred skills, too.'),
  q: q.describe('words that credentials must hold; they do not rank.'),
  ...{ filter, on, context, issuerList, unit, currency },
};

const coverageQuery = z.object({
  ...skillQuestionShape,
  min: z
    .preprocess(readNumber, z.int('it is a whole number').min(1).max(200))
    .optional()
    .describe('how many of the skills a credential covers at least; 1 unless given.'),
  share: z
    .preprocess(readNumber, z.number().gt(0).max(1))
    .optional()
    .describe('the same as a share of the skills, rounded up.'),
  ...{ size, after },
});

const description =
  'Ranked by skills covered, then how many of them are assessed, then how many are linked. Several names of one skill count once. A name that is not recognized counts among the skills, and nothing covers it; of a text only what is recognised counts.';

const skills = 'welding|blueprint reading|customer service';

/** Which credentials prove these skills (interface §2, §4 "Coverage"). */
export function coverageRoutes(given: QueryContext): Route[] {
  const common: Pick<Route, 'path' | 'access' | 'description' | 'tags' | 'response'> = {
    path: '/v1/coverage',
    access: 'read',
    description,
    tags: ['skills'],
    response: { status: 200, schema: coverageSchema },
  };
  const find = (asked: unknown) => findCoverage(given, asked as CoverageQuestion);
  return [
    {
      ...common,
      method: 'GET',
      operationId: 'findCoverage',
      summary: 'Credentials that cover at least so many of these skills',
      request: { query: coverageQuery },
      examples: [
        {
          summary: 'At least two of three skills, for less than $5,000',
          query: { skills, min: '2', filter: 'cost:<5000' },
        },
        { summary: 'Only what is assessed', query: { skills, relation: 'assesses' } },
      ],
      answer: async (request) => {
        const body = await find(request.query);
        return { body, headers: pageLinks(given, request, body) };
      },
    },
    {
      ...common,
      method: 'POST',
      operationId: 'findCoverageOfText',
      summary: 'The same for a long text or many skills',
      request: { body: coverageQuery },
      examples: [
        {
          summary: 'Skills of a job advertisement',
          body: { text: 'We look for someone who reads blueprints and knows MIG welding.', share: 0.5 },
        },
      ],
      answer: async ({ body }) => ({ body: await find(body) }),
    },
  ];
}
