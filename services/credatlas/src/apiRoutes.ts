import type { Clock, Log, QuestionNotes, Route, SearchEngine, Vocabulary } from '@credatlas/ports';
import { validationRoutes } from '@credatlas/publish';
import {
  type ExportDesk,
  exportRoutes,
  type QueryDependencies,
  queryRoutes,
  readClassifications,
  readRules,
} from '@credatlas/query';
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
  /** JSON file or folder of a user's own rules, and of lists for rules. */
  rules?: string | undefined;
}

/** What the API answers from: a store and an engine. */
export function apiDependencies(store: Store, { classifications, rules, ...given }: ApiSettings): QueryDependencies {
  const { credentials, graphs, labels, records, shortlists, identities, history, savedQueries, questions } = store;
  const kept = { shortlists, identities, history, savedQueries, questions };
  return {
    ...{ credentials, graphs, labels, records, vocabulary: given.engine, ...kept, ...given },
    classifications: readClassifications(classifications),
    rules: readRules(rules),
    engineOver: (past) => engineOver(given, past),
  };
}

/** The API: one table for HTTP, the pages and the command line. Exports are made by servers only. */
export function apiRoutes(dependencies: QueryDependencies, exports?: ExportDesk): Route[] {
  return [...queryRoutes(dependencies), ...(exports ? exportRoutes(exports) : []), ...validationRoutes(dependencies)];
}
