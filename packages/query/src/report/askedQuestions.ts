import type { Clause, TextQuery } from '@credatlas/model';
import type { AskedQuestion } from '@credatlas/ports';
import { textUnits } from '../textQuery.ts';
import { Warnings } from '../Warnings.ts';
import type { MissingField } from './missingFields.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

/** The most asked questions that are put to its records; each is a search. */
const maxQuestions = 50;
const maxListed = 20;
/** Words that fewer have asked may be one person's own, and are counted but not shown. */
const leastAsked = 3;
/** Months that are looked back on, the present one included. */
const months = 3;

type Missing = ProviderReport['missing'];

/** Which questions its records dropped out of because a field is empty, by what is counted of the questions. */
export async function askedQuestions(
  report: ReportContext,
  fields: MissingField[],
): Promise<{ missing: Missing; shown: ProviderReport['asked'] }> {
  const from = firstMonth(report.clock.now());
  const { questions, total } = await report.questions.asked({ from, limit: 1_000 });
  if (total === 0 && !report.questionNotes)
    report.warnings.add('No questions have been counted (COUNT_QUESTIONS), so that nothing is known of lost ones.');
  const byField = new Map(fields.map((each) => [each.field, { ...each, asked: 0, lost: 0 }]));
  for (const { fields: used, count } of questions)
    for (const field of used) {
      const known = byField.get(field);
      if (known) known.asked += count;
    }
  const list: ProviderReport['asked']['list'] = [];
  let lostQuestions = 0;
  const answerable = questions.filter((question) => question.fields.some((field) => byField.has(field)));
  if (answerable.length > maxQuestions)
    report.warnings.add(`Of ${answerable.length} different questions the ${maxQuestions} most asked are looked at.`);
  for (const question of answerable.slice(0, maxQuestions)) {
    const lost = await lostRecords(report, question, fields);
    if (lost.records === 0) continue;
    for (const field of lost.fields) byField.get(field)!.lost += question.count;
    lostQuestions += question.count;
    if (question.text === '' || question.count >= leastAsked)
      list.push({ text: question.text || null, fields: question.fields, asked: question.count, records: lost.records });
  }
  const missing = [...byField.values()]
    .map(({ clause: _clause, ...rest }) => rest)
    .sort((a, b) => b.lost - a.lost || b.records - a.records || (a.field < b.field ? -1 : 1));
  return { missing, shown: { from, total, lost: lostQuestions, list: list.slice(0, maxListed) } };
}

/** Its records with the words of the question that lack one of its fields, and which fields those are. */
async function lostRecords(
  { engine, own }: ReportContext,
  question: AskedQuestion,
  all: MissingField[],
): Promise<{ records: number; fields: string[] }> {
  const used = all.filter(({ field }) => question.fields.includes(field));
  const any: Clause = { op: 'or', clauses: used.map(({ clause }) => clause) };
  const values = [{ value: '', clause: any }, ...used.map(({ field, clause }) => ({ value: field, clause }))];
  const text = wordsOf(question.text);
  const { facets } = await engine.search({
    ...(text ? { text } : {}),
    filter: own,
    facets: [{ name: 'lost', kind: 'clauses', tag: '', values }],
    sort: [{ by: 'name', descending: false }],
    size: 0,
  });
  const [first, ...rest] = facets.lost?.buckets ?? [];
  return { records: first?.count ?? 0, fields: rest.map(({ value }) => value) };
}

function wordsOf(text: string): TextQuery | undefined {
  const units = textUnits(text, new Warnings(0));
  return units && { units, mode: 'strict' };
}

function firstMonth(now: number): string {
  const day = new Date(now);
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - (months - 1));
  return day.toISOString().slice(0, 7);
}
