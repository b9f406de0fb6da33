import type { Clock, Log, QuestionNotes, Route, SearchEngine, Vocabulary } from '@credatlas/ports';
import { validationRoutes } from '@credatlas/publish';
import { queryRoutes, readClassifications } from '@credatlas/query';
import type { Store } from '@credatlas/store-sqlite';
import { engineOver } from './compose.ts';

interface ApiSettings {
  engine: SearchEngine & Vocabulary;
  clock: Clock;
  log: Log;
  publicUrl: string;
  staleAfterMonths: number;
  settle: () => Promise<void>;
  /** Absent: questions are not counted. */
  questionNotes?: QuestionNotes;
  /** JSON file or folder of a user's own classification schemes. */
  classifications?: string | undefined;
}

/** The API over a store and an engine: one table for HTTP, the pages and the command line. */
export function apiRoutes(store: Store, { classifications, ...given }: ApiSettings): Route[] {
  const { credentials, graphs, labels, records, shortlists, identities, history, savedQueries, questions } = store;
  const kept = { shortlists, identities, history, savedQueries, questions };
  return [
    ...queryRoutes({
      ...{ credentials, graphs, labels, records, vocabulary: given.engine, ...kept, ...given },
      classifications: readClassifications(classifications),
      engineOver: (past) => engineOver(given, past),
    }),
    ...validationRoutes(given),
  ];
}
