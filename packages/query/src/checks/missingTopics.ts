import type { Credential, SearchableCurrency } from '@credatlas/model';
import { comparisonRows } from '../compare/comparisonRows.ts';
import { judgedMeasures } from '../compare/judgedMeasures.ts';
import { compileFilter } from '../compileFilter.ts';
import type { QueryContext } from '../dependencies.ts';
import { filterField } from '../fields.ts';
import type { Judgement } from '../judgement.ts';
import { isOrdered } from '../span.ts';
import { Warnings } from '../Warnings.ts';
import type { CheckList } from './schemas.ts';

type Missing = CheckList['missing'][number];

/** What a record can state, with the filters and rows that rest on it; the first of either decides whether it is missing. */
const topics: readonly { what: string; filters: readonly string[]; rows: readonly string[] }[] = [
  { what: 'skills', filters: ['skill', 'skill.requires', 'skill.assesses', 'skill.teaches'], rows: ['skills'] },
  { what: 'cost', filters: ['cost', 'costPerCredit', 'costPerHour'], rows: ['cost', 'costPerCredit', 'costPerHour'] },
  { what: 'credit', filters: ['credit', 'costPerCredit'], rows: ['credit', 'creditStated', 'costPerCredit'] },
  { what: 'duration', filters: ['days'], rows: ['durationDays'] },
  { what: 'effort', filters: ['hours', 'costPerHour'], rows: ['effortHours', 'costPerHour'] },
  { what: 'level', filters: ['level'], rows: ['level'] },
  { what: 'tier evidence', filters: ['tier'], rows: ['tier'] },
  { what: 'assessment', filters: ['rigor'], rows: ['rigor'] },
  { what: 'recognition', filters: ['recognition', 'recognizedBy'], rows: ['recognition', 'recognitionHeld'] },
  { what: 'status', filters: ['status'], rows: ['status'] },
  { what: 'delivery', filters: ['delivery'], rows: ['delivery'] },
  { what: 'place', filters: ['country', 'region', 'city'], rows: ['places'] },
  { what: 'language', filters: ['language'], rows: ['languages'] },
  { what: 'occupation', filters: ['occupation'], rows: [] },
  { what: 'program', filters: ['program'], rows: [] },
  { what: 'industry', filters: ['industry'], rows: [] },
  { what: 'subject', filters: ['subject'], rows: [] },
  { what: 'keyword', filters: ['keyword'], rows: [] },
  { what: 'audience', filters: ['audience'], rows: [] },
  { what: 'learning method', filters: ['learningMethod'], rows: [] },
  { what: 'provider', filters: ['provider', 'providerType', 'providerSector'], rows: ['provider'] },
  { what: 'what it leads to', filters: ['stacksInto'], rows: ['leadsTo'] },
  { what: 'what it accepts', filters: ['acceptsFrom'], rows: ['acceptsFrom'] },
  { what: 'start', filters: ['effective'], rows: [] },
  { what: 'end', filters: ['expires'], rows: ['expires'] },
  { what: 'freshness', filters: ['stale'], rows: ['freshness'] },
  { what: 'renewal', filters: [], rows: ['renewal'] },
  { what: 'outcomes', filters: [], rows: ['outcomes'] },
];

/** Months of questions that are looked back on, the present one included. */
const months = 3;

/** What a credential does not state, and the filters, sorts and rows that it therefore drops out of; the most asked first. */
export async function missingTopics(
  context: QueryContext,
  credential: Credential,
  given: { judgement: Judgement; currency: SearchableCurrency },
): Promise<Missing[]> {
  const { missing } = comparisonRows([credential], given.currency, judgedMeasures(given.judgement));
  const reasons = new Map(missing.map(({ field, reason }) => [field, reason]));
  const empty = credential.kind === 'credential' ? await emptyFilters(context, credential, given) : new Set<string>();
  const asked = await askedBy(context);
  const found = topics.flatMap(({ what, filters, rows }): Missing[] => {
    const [lostFilters, lostRows] = [filters.filter((name) => empty.has(name)), rows.filter((row) => reasons.has(row))];
    if (!(filters[0] && empty.has(filters[0])) && !(rows[0] && reasons.has(rows[0]))) return [];
    const sorts = lostFilters.filter((name) => isOrdered(filterField(name)));
    const counts = lostFilters.map((name) => asked.get(name) ?? 0);
    return [
      {
        what,
        reason: reasons.get(lostRows[0] ?? '') ?? 'none is stated',
        filters: lostFilters,
        sorts,
        rows: lostRows,
        asked: Math.max(0, ...counts),
      },
    ];
  });
  return found.sort((a, b) => b.asked - a.asked);
}

/** Filters of which the engine says that the credential has no value. */
async function emptyFilters(
  context: QueryContext,
  { id }: Credential,
  given: { judgement: Judgement; currency: SearchableCurrency },
): Promise<Set<string>> {
  const names = [...new Set(topics.flatMap(({ filters }) => filters))];
  const asked = { ...context, ...given, mode: 'strict' as const, warnings: new Warnings(0) };
  const empty = await Promise.all(
    names.map(async (name) => {
      const [compiled] = await compileFilter(`${name}:none`, asked);
      return compiled && (await context.engine.matching([id], compiled.clause)).length > 0;
    }),
  );
  return new Set(names.filter((_, index) => empty[index]));
}

async function askedBy({ questions, clock }: QueryContext): Promise<Map<string, number>> {
  const day = new Date(clock.now());
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - (months - 1));
  const counted = await questions.asked({ from: day.toISOString().slice(0, 7), limit: 1_000 });
  const counts = new Map<string, number>();
  for (const { fields, count } of counted.questions)
    for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + count);
  return counts;
}
