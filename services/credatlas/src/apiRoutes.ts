import type { Clock, Route, SearchEngine, Vocabulary } from '@credatlas/ports';
import { validationRoutes } from '@credatlas/publish';
import { queryRoutes } from '@credatlas/query';
import type { Store } from '@credatlas/store-sqlite';

/** The API over a store and an engine: one table for HTTP, the pages and the command line. */
export function apiRoutes(
  store: Store,
  given: {
    engine: SearchEngine & Vocabulary;
    clock: Clock;
    publicUrl: string;
    staleAfterMonths: number;
    settle: () => Promise<void>;
  },
): Route[] {
  const { credentials, labels, records, shortlists, identities } = store;
  return [
    ...queryRoutes({ credentials, labels, records, shortlists, identities, vocabulary: given.engine, ...given }),
    ...validationRoutes(given),
  ];
}
