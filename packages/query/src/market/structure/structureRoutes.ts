import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import { compileFilter } from '../../compileFilter.ts';
import { quoted } from '../../filterSyntax.ts';
import { parameterFault } from '../../parameterFault.ts';
import type { Period } from '../dimensions/periods.ts';
import { structureQuery, whole } from '../marketParameters.ts';
import { marketMetrics } from '../metrics/marketMetrics.ts';
import type { TableParameters } from '../table/answerTable.ts';
import { countTable } from '../table/countTable.ts';
import type { BasisContext } from '../table/tableBasis.ts';
import { tableRoute } from '../tableRoute.ts';
import { type ChangesParameters, changesSchema, countChanges } from './changes.ts';
import { concentrationSchema, countConcentration } from './concentration.ts';
import { type CreditParameters, countCredit, creditSchema } from './credit.ts';
import { countDeserts } from './deserts.ts';
import { countGrowth } from './growth.ts';
import { countLapsing, type LapsingParameters, lapsingSchema, lapsingTopics } from './lapsing.ts';
import { countOutcomes } from './outcomes.ts';
import { ParentOrganizations } from './ParentOrganizations.ts';
import { presenceMetrics } from './presence.ts';
import { skillProfile } from './skillProfile.ts';
import { countStaleness } from './staleness.ts';
import { countSupply, supplySchema } from './supply.ts';

const yesOrNo = (words: string) => z.enum(['yes', 'no']).describe(words);

/** How the market is made up: who supplies it, how it grows, where it has gaps, and what is known of it. */
export function structureRoutes(context: BasisContext): Route[] {
  return [...supplyRoutes(context), ...creditRoutes(context), ...timeRoutes(context), ...evidenceRoutes(context)];
}

function supplyRoutes(context: BasisContext): Route[] {
  const parents = new ParentOrganizations(context.credentials);
  return [
    tableRoute<TableParameters & { parents: 'yes' | 'no' }>(context, {
      path: '/v1/market/concentration',
      operationId: 'marketConcentration',
      summary: 'How concentrated supply is',
      description:
        'The Herfindahl-Hirschman index (0 to 10,000) and the share of the four largest providers. A credential counts once for each owner and offerer, who count as the organization at the top of what they are part of.',
      query: structureQuery(undefined, {
        parents: yesOrNo('whether organizations count as the one they are part of.').default('yes'),
      }),
      schema: concentrationSchema,
      examples: [
        { summary: 'Which skills few providers supply', query: { by: 'skill', sort: '-hhi', top: '10' } },
        { summary: 'Concentration of badges by state', query: { by: 'region', filter: 'family:badge' } },
      ],
      count: async (counting, { parents: merge, suppress }) =>
        countConcentration(counting.context, counting, {
          merged: merge === 'yes' ? await parents.merged() : [],
          isNamed: suppress === undefined,
        }),
    }),
    tableRoute<TableParameters & { skill: string; all: 'yes' | 'no' }>(context, {
      path: '/v1/market/deserts',
      operationId: 'marketDeserts',
      summary: 'Places without a provider of a skill, or where it leads into nothing',
      description:
        'Each place with the credentials there (`n`), those that supply the skill, and those that state no skill at all (`noSkills`): where these are all, nothing is known, and the verdict is `notStated`. What states no place is counted in a warning.',
      query: structureQuery('region', {
        skill: z.string().min(1).max(1_000).describe('key, IRI, code or label; several joined by | are one.'),
        all: yesOrNo('whether places that are well supplied are listed too.').default('no'),
      }),
      examples: [{ summary: 'States where nobody teaches welding', query: { skill: 'welding' } }],
      count: async (counting, { skill, all, by }) => {
        if (!by)
          throw parameterFault('malformed_dimension', {
            parameter: 'by',
            detail: 'Deserts are places.',
            suggestion: 'region',
          });
        const { question } = counting;
        const [{ clause } = { clause: undefined }] = await compileFilter(
          `skill:${skill.split('|').map(quoted).join('|')}`,
          question,
        );
        return countDeserts(counting, { supplies: clause!, isAll: all === 'yes' });
      },
    }),
    tableRoute<TableParameters & { skills?: string; occupation?: string }>(context, {
      path: '/v1/market/supply',
      operationId: 'marketSupply',
      summary: 'Supply of the skills of a profile',
      description:
        'The profile is a list of skills, or an occupation: then it is what occupation tables attach to its credentials. A skill that nothing states has a row all the same.',
      query: structureQuery(undefined, {
        skills: z.string().max(8_000).optional().describe('keys, IRIs, codes or labels, joined by |.'),
        occupation: z.string().max(100).optional().describe('a code, like 51-4121.'),
      }),
      schema: supplySchema,
      examples: [
        { summary: 'Who supplies the skills of a welder', query: { skills: 'welding|blueprint reading|safety' } },
      ],
      count: async (counting, { skills, occupation }) =>
        countSupply(counting, await skillProfile(counting.context, { skills, occupation }, counting)),
    }),
  ];
}

function creditRoutes(context: BasisContext): Route[] {
  return [
    tableRoute<CreditParameters>(context, {
      path: '/v1/market/credit',
      operationId: 'marketCredit',
      summary: 'Which short credentials lead to credit elsewhere, and to how much',
      description:
        'Short is what states a duration below `days`; what states none is counted in `unknown`. Credit is what another side accepts by a transfer value, an agreement or advanced standing that holds on the day, in one step, as /v1/pathways judges it: `credited` are accepted by the receiving side or an agreement of both, `maybe` only others say so or a needed fact is not stated. Of each credential the most counts that any one thing accepts at least; nothing is added up. `credits` lists each way.',
      query: structureQuery('family', {
        days: whole(1, 36_525).default(105).describe('short is what takes fewer days; 105 are 15 weeks.'),
        size: whole(0, 1_000).default(50).describe('ways that are listed, at most 1,000.'),
      }),
      schema: creditSchema,
      examples: [
        { summary: 'Credentials under 15 weeks that lead to credit, by family', query: { by: 'family' } },
        { summary: 'The same under 8 weeks, by sector', query: { by: 'providerSector', days: '56', size: '5' } },
      ],
      count: (counting, parameters) => countCredit(counting.context, counting, parameters),
    }),
  ];
}

function timeRoutes(context: BasisContext): Route[] {
  return [
    tableRoute<TableParameters & { period: Period; periods: number }>(context, {
      path: '/v1/market/growth',
      operationId: 'marketGrowth',
      summary: 'How the market grows by quarter',
      description:
        '`newToMarket` counts by the date on which a credential took effect, `newToRegistry` by when it was first seen here: a source that is newly crawled is no growth of the market.',
      query: structureQuery(undefined, {
        period: z.enum(['quarter', 'year', 'month']).default('quarter').describe('quarter, year or month.'),
        periods: whole(1, 120).default(12).describe('how many, up to the day of the question.'),
      }),
      examples: [{ summary: 'Badges and certificates of two years', query: { by: 'family', periods: '8' } }],
      count: countGrowth,
    }),
    tableRoute<ChangesParameters>(context, {
      path: '/v1/market/changes',
      operationId: 'marketChanges',
      summary: 'What lies between two states of a table, by row and by record',
      description:
        'From `since` to now, or to `asOf`; both are judged on the same day, so that only records make a difference: before + entered - left + moved = after. What entered, left and changed is listed with its reasons.',
      query: structureQuery('family', {
        since: z.string().max(40).describe('an earlier state: a day (its beginning), a moment, or a change sequence.'),
        size: whole(0, 1_000).default(50).describe('records that are listed of each kind, at most 1,000.'),
      }),
      schema: changesSchema,
      examples: [{ summary: 'By family, since the first change', query: { since: '0' } }],
      count: (counting, parameters) => countChanges(context, counting, parameters),
    }),
    tableRoute(context, {
      path: '/v1/market/staleness',
      operationId: 'marketStaleness',
      summary: 'How stale records are, by issuer and field',
      query: structureQuery('provider', {}),
      examples: [{ summary: 'Issuers and fields of study', query: { by: 'provider,program.2', top: '20' } }],
      count: countStaleness,
    }),
    tableRoute<LapsingParameters>(context, {
      path: '/v1/market/lapsing',
      operationId: 'marketLapsing',
      summary: 'Recognition, or agreements, that end within so many months',
      description:
        'Rows count credentials that are recognized on the day, or with `of=agreements` those that count elsewhere, or that something counts toward, by a transfer value or agreement that holds, of `asked`; what states no end is counted in `unknown`, and the share is of those that state one. `lapses` lists what ends next, and `agents` whose it is. Of the whole market of now `agents` tells agreements that no credential is named in, too; with `q`, `filter` or an earlier state only those that the credentials asked about are named in, which `listed` and a warning say.',
      query: structureQuery('family', {
        of: z.enum(lapsingTopics).default('recognition').describe('recognition, or agreements.'),
        months: whole(1, 120).default(12).describe('how far to look, 1 to 120.'),
        size: whole(0, 1_000).default(50).describe('lapses that are listed, at most 1,000.'),
      }),
      schema: lapsingSchema,
      examples: [
        { summary: 'What lapses within half a year', query: { months: '6' } },
        { summary: 'Agreements that end within a year', query: { of: 'agreements', by: 'family,providerSector' } },
      ],
      count: (counting, parameters) => countLapsing(counting.context, counting, parameters),
    }),
  ];
}

function evidenceRoutes(context: BasisContext): Route[] {
  return [
    tableRoute(context, {
      path: '/v1/market/presence',
      operationId: 'marketPresence',
      summary: 'Share of credentials that state each thing, by kind of provider',
      query: structureQuery('providerType', {}),
      examples: [{ summary: 'By sector', query: { by: 'providerSector' } }],
      count: ({ groupBy, question, dimensions }) => {
        const { currency, judgement } = question;
        const metrics = marketMetrics(presenceMetrics, { currency, on: judgement.on });
        return countTable(groupBy, { question, dimensions, metrics });
      },
    }),
    tableRoute(context, {
      path: '/v1/market/outcomes',
      operationId: 'marketOutcomes',
      summary: 'Outcomes by kind of credential',
      description:
        'Only figures of the same kind, metric, time after and currency are put together, each credential once. What is withheld is counted apart, and what states no outcome has a row of its own. In `totals`: credentials that state any figure, and those that only withhold.',
      query: structureQuery('family', {}),
      examples: [{ summary: 'Earnings and placement by family', query: { by: 'family' } }],
      count: (counting) => countOutcomes(counting.context, counting),
    }),
  ];
}
