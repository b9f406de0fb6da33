import type { Credential } from '@credatlas/model';
import type {
  Clock,
  CredentialReader,
  GraphReader,
  HistoryReader,
  IdentityReader,
  IdentityWriter,
  LabelReader,
  QuestionNotes,
  QuestionReader,
  RecordReader,
  SavedQueryReader,
  SavedQueryWriter,
  SearchEngine,
  ShortlistReader,
  ShortlistWriter,
  Vocabulary,
} from '@credatlas/ports';
import type { TextSkills } from './coverage/TextSkills.ts';
import type { KnownValues } from './KnownValues.ts';
import type { Classification } from './market/classification/Classification.ts';
import type { Rule } from './rules/Rule.ts';
import type { Screens } from './rules/Screens.ts';
import type { KnownShortlists } from './shortlists/KnownShortlists.ts';

/** What answers are made from. */
export interface QueryDependencies {
  credentials: CredentialReader;
  labels: LabelReader;
  records: RecordReader;
  graphs: GraphReader;
  shortlists: ShortlistReader & ShortlistWriter;
  identities: IdentityReader & IdentityWriter;
  history: HistoryReader;
  savedQueries: SavedQueryReader & SavedQueryWriter;
  questions: QuestionReader;
  /** Absent: questions are not counted. */
  questionNotes?: QuestionNotes;
  /** A small engine that holds just these, by the same rules as the one that serves; the caller closes it. */
  engineOver(credentials: Credential[]): Promise<SearchEngine>;
  /** Brings clusters and index up to what has been decided; resolves at once where another process is about to. */
  settle(): Promise<void>;
  engine: SearchEngine;
  vocabulary: Vocabulary;
  clock: Clock;
  /** Months after which a record of a fast-moving field is stale: what the tier policy says. */
  staleAfterMonths: number;
  /** Schemes that market tables sort by; those that ship unless given. */
  classifications?: readonly Classification[];
  /** Rules that credentials are screened by; those that ship unless given. */
  rules?: readonly Rule[];
  /** Base of the links that answers carry, without a slash at the end. */
  publicUrl: string;
}

/** The same, with what a table of routes keeps between requests. */
export interface QueryContext extends Omit<QueryDependencies, 'rules'> {
  classifications: readonly Classification[];
  rules: Screens;
  known: Pick<KnownValues, 'all' | 'written'>;
  lists: KnownShortlists;
  /** Skills of public schemes, by name and in texts. */
  skillsIn: TextSkills;
}
