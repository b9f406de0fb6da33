import type { Clock, Log, Route, SearchEngine, Vocabulary } from '@credatlas/ports';
import { validationRoutes } from '@credatlas/publish';
import { queryRoutes } from '@credatlas/query';
import type { Store } from '@credatlas/store-sqlite';
import { engineOver } from './compose.ts';

/** The API over a store and an engine: one table for HTTP, the pages and the command line. */
export function apiRoutes(
  store: Store,
  given: {
    engine: SearchEngine & Vocabulary;
    clock: Clock;
    log: Log;
    publicUrl: string;
    staleAfterMonths: number;
    settle: () => Promise<void>;
  },
): Route[] {
  const { credentials, graphs, labels, records, shortlists, identities, history, savedQueries } = store;
  const kept = { shortlists, identities, history, savedQueries };
  return [
    ...queryRoutes({
      ...{ credentials, graphs, labels, records, vocabulary: given.engine, ...kept, ...given },
      engineOver: (past) => engineOver(given, past),
    }),
    ...validationRoutes(given),
  ];
}
