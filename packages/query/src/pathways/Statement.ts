import type { Agreement, Credit, Party, Status } from '@credatlas/model';

/** In what way one thing counts toward another. */
export const stepKinds = [
  'transferValue',
  'advancedStanding',
  'requirement',
  'part',
  'pathway',
  'preparation',
  'transferAgreement',
  'recommendation',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** Counts a certain credit of what comes from elsewhere. */
export function transfers(kind: StepKind): boolean {
  return kind === 'transferValue' || kind === 'advancedStanding';
}

/** Gives credit for what comes from elsewhere, whether or not it says how much. */
export function credits(kind: StepKind): boolean {
  return transfers(kind) || kind === 'transferAgreement';
}

/** Is made of what comes in, which brings its own credit. */
export function takesWhole(kind: StepKind): boolean {
  return kind === 'requirement' || kind === 'part' || kind === 'pathway';
}

/** A choice that a statement takes part in: so many of the items of its group count; all where `required` is absent. */
export interface Place {
  group: string;
  required?: number;
  /** What stands for it among the items: itself, an alternative of several targets, or a group within. */
  item: string;
}

/** What one record says: that `from` counts toward `to`, in this way, for so much, from then to then. */
export interface Statement {
  /** Node keys (`nodeKey`). */
  from: string;
  to: string;
  kind: StepKind;
  /** CTDL property by which the stating record says it. */
  relation: string;
  statedIn: { uri?: string; name?: string };
  /** Whose record says it: that of one of the ends, or one of its own. */
  statedBy: 'from' | 'to' | 'other';
  assertedBy: Party[];
  credit: Credit[];
  start?: string;
  end?: string;
  /** Of the record that states it, where that is none of the ends. */
  status?: Status;
  agreement?: Agreement;
  /** What shares the stated credit with others, and how many they are: one condition with several targets, one transfer value. */
  together?: { group: string; of: number };
  /** Choices it takes part in, outermost first. */
  places: Place[];
}

/** A statement that is read when it is asked for: a hub has thousands of which a few matter. */
export interface Said {
  kind: StepKind;
  read(): Statement;
}

/** What a statement is about, as far as the record that states it knows. */
export interface Named {
  party: Party;
  owners: Party[];
}

/** The same, read when it is asked for. */
export interface Other {
  /** Ours, where it has a record. */
  id: string | undefined;
  named(): Named;
}

/** Every way to name a party for certain. */
export function namesOf({ id, uri, ctid }: Party): string[] {
  return [id, uri, ctid ? `ctid:${ctid}` : undefined].filter((name): name is string => name !== undefined);
}
