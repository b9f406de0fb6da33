import type { Agreement, Party } from '@credatlas/model';
import { type Amount, inSemesterHours } from './amounts.ts';
import type { Chain } from './Chain.ts';
import type { Judged } from './judged.ts';
import type { Node } from './Node.ts';
import type { PathwayList } from './schemas.ts';
import type { Conflict, Step } from './steps.ts';
import type { Total } from './totals.ts';

type Answer = PathwayList['answers'][number];
type WrittenStep = Answer['steps'][number];
type WrittenAmount = NonNullable<Answer['credit']>;

/** Most chains share their steps with others; each is written once. */
export function writtenAnswers(chains: readonly Chain[]): Answer[] {
  const written = new Map<Step, WrittenStep>();
  for (const { steps } of chains)
    for (const step of steps) if (!written.has(step)) written.set(step, writtenStep(step));
  return chains.map(({ steps, verdict, credit }) => ({
    verdict,
    steps: steps.map((step) => written.get(step)!),
    credit: nullable(credit),
    why: steps.flatMap(({ best }, index) =>
      steps.length === 1 ? best.why : best.why.map((why) => `Step ${index + 1}: ${why}`),
    ),
  }));
}

function writtenStep(step: Step): WrittenStep {
  const { from, to, kind, best, all } = step;
  const { statement, unknown } = best;
  const { why: _why, ...deciding } = writtenStatement(best);
  return {
    ...deciding,
    from: writtenEnd(from),
    to: writtenEnd(to),
    via: kind,
    credit: deciding.credit[0] ?? null,
    start: laterOf(statement.start, statement.agreement?.start) ?? null,
    end: endOf(step) ?? null,
    choices: statement.places.map(({ group, required }) => ({ group, required: required ?? null })),
    unknown,
    others: all.slice(1).map(writtenStatement),
  };
}

/** The day on which the step stops to hold. Days are compared as written; a year stands before its days. */
export function endOf({ best: { statement } }: Step): string | undefined {
  return [statement.end, statement.agreement?.end].filter((day) => day !== undefined).sort()[0];
}

function laterOf(...days: (string | undefined)[]): string | undefined {
  return days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
}

export function writtenEnd({ party, record }: Node): WrittenStep['from'] {
  return {
    id: record?.id ?? party.id ?? null,
    ctid: party.ctid ?? null,
    uri: party.uri ?? null,
    name: party.name ?? null,
    types: party.types ?? [],
    provider: record?.provider?.name ?? null,
    status: record?.status ?? null,
  };
}

export function writtenAmount(amount: Amount): WrittenAmount {
  const { min, max, unit, levels, percentage, text } = amount;
  const hours = inSemesterHours(amount);
  return {
    min: min ?? null,
    max: max ?? null,
    unit: unit ?? null,
    levels,
    percentage: percentage ?? null,
    text: text ?? null,
    semesterHours: hours ? { min: hours.min ?? null, max: hours.max ?? null } : null,
  };
}

function writtenAgreement({
  agreement,
  sending,
  receiving,
  start,
  end,
}: Agreement): NonNullable<WrittenStep['agreement']> {
  const sides = { sending, receiving } as const;
  return {
    id: agreement.id ?? agreement.uri ?? null,
    name: agreement.name ?? null,
    parties: (['sending', 'receiving'] as const).flatMap((role) =>
      sides[role].map((party) => ({ role, ...writtenParty(party) })),
    ),
    start: start ?? null,
    end: end ?? null,
  };
}

export function writtenParty({ id, uri, name }: Party): { id: string | null; name: string | null } {
  return { id: id ?? uri ?? null, name: name ?? null };
}

function writtenStatement({ statement, verdict, speaker, credit, why }: Judged): WrittenStep['others'][number] {
  const { relation, statedIn, assertedBy, start, end, agreement } = statement;
  return {
    verdict,
    speaker,
    relation,
    statedIn: { uri: statedIn.uri ?? null, name: statedIn.name ?? null },
    assertedBy: assertedBy.map(writtenParty),
    credit: credit.map(writtenAmount),
    start: start ?? null,
    end: end ?? null,
    agreement: agreement ? writtenAgreement(agreement) : null,
    why,
  };
}

export function writtenConflict({ step, about }: Conflict): PathwayList['conflicts'][number] {
  const { from, to, kind, all } = step;
  return { from: writtenEnd(from), to: writtenEnd(to), via: kind, about, statements: all.map(writtenStatement) };
}

export function writtenTotal(match: Total, possible: Total): NonNullable<PathwayList['total']>['brought'] {
  const share = ({ first: { from, to, kind, best }, credit }: Chain) => ({
    from: writtenEnd(from),
    to: writtenEnd(to),
    via: kind,
    credit: nullable(credit ?? best.shared?.amount),
  });
  return {
    credit: match.credit.map(writtenAmount),
    possible: possible.credit.map(writtenAmount),
    counted: match.counted.map(share),
    leftOut: match.leftOut.map(({ chain, why }) => ({ ...share(chain), why })),
  };
}

function nullable(amount: Amount | undefined): WrittenAmount | null {
  return amount ? writtenAmount(amount) : null;
}
