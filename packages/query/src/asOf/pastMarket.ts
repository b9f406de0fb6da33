import { type Credential, InvalidInputError, tiedRecord } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import type { QueryContext } from '../dependencies.ts';
import { withPastNames } from '../savedQueries/pastNames.ts';
import { EngineAsOf } from './EngineAsOf.ts';

/** Changed credentials whose earlier versions are read: a few seconds of reading, and as many as memory has room for. */
const maxChanged = 20_000;
const batchSize = 1_000;

/** The store as it was at a change sequence. */
export interface PastMarket {
  /** Answers of the earlier state, except for what is kept as it is: organizations, shortlists, sources. */
  context: QueryContext;
  seq: number;
  /** Credentials that have changed since. */
  changed: ReadonlySet<string>;
  /** Of these, those of which the version of that state is no longer kept: they are not counted. */
  lost: readonly string[];
  close(): Promise<void>;
}

/**
 * The earlier state `seq`, which the history must reach. The caller closes it. Throws InvalidInputError `too_much_has_changed`.
 */
export async function pastMarket(context: QueryContext, seq: number): Promise<PastMarket> {
  const { seq: until } = await context.engine.info();
  const { changed, credentials, lost } = await changedSince(context, { seq, until });
  const past = await context.engineOver([...credentials.values()]);
  const { engineOver } = context;
  const engine = new EngineAsOf({
    ...{ live: context.engine, until, seq, changed, past, engineOver },
    pastCredentials: [...credentials.values()],
    read: (ids) => context.credentials.credentials(ids),
  });
  const named = withPastNames(context, { credentials: [...credentials.values()], engine: past });
  return {
    context: {
      ...named,
      // What asks an earlier state counts, scans and reads; nothing else of an engine is needed of it.
      engine: engine as Partial<SearchEngine> as SearchEngine,
      credentials: pastReader(context.credentials, { changed, credentials }),
    },
    ...{ seq, changed, lost },
    close: () => past.close(),
  };
}

async function changedSince(
  { history }: QueryContext,
  { seq, until }: { seq: number; until: number },
): Promise<{ changed: Set<string>; credentials: Map<string, Credential>; lost: string[] }> {
  const changed = new Set<string>();
  const credentials = new Map<string, Credential>();
  const lost: string[] = [];
  for (let after = seq; ; ) {
    const batch = await history.changed({ after, until, limit: batchSize });
    const ids = batch.map(({ id }) => id);
    for (const [id, was] of await history.asOf(ids, seq)) {
      changed.add(id);
      if (was.state === 'known') credentials.set(id, was.credential);
      if (was.state === 'lost') lost.push(id);
    }
    if (changed.size > maxChanged) throw tooMuch(seq);
    after = batch.at(-1)?.seq ?? after;
    if (batch.length < batchSize) return { changed, credentials, lost };
  }
}

/** Reads earlier versions of what has changed; everything else as it is. */
function pastReader(
  reader: QueryContext['credentials'],
  { changed, credentials }: { changed: ReadonlySet<string>; credentials: ReadonlyMap<string, Credential> },
): QueryContext['credentials'] {
  const read = async (ids: string[]): Promise<Map<string, Credential>> => {
    const same = await reader.credentials(ids.filter((id) => !changed.has(id)));
    return new Map(
      ids.flatMap((id) => {
        const credential = changed.has(id) ? credentials.get(id) : same.get(id);
        return credential ? [[id, credential] as const] : [];
      }),
    );
  };
  const past: Partial<QueryContext['credentials']> = {
    credentials: read,
    tiedRecord: async (id) => {
      if (!changed.has(id)) return reader.tiedRecord(id);
      const credential = credentials.get(id);
      return credential && tiedRecord(credential);
    },
  };
  return new Proxy(reader, {
    get: (target, name: keyof typeof reader) => past[name] ?? target[name].bind(target),
  });
}

function tooMuch(seq: number): InvalidInputError {
  const detail = `More than ${maxChanged} credentials have changed since change ${seq}; take a later state.`;
  return new InvalidInputError('too_much_has_changed', detail, {
    faults: [{ code: 'too_much_has_changed', parameter: 'asOf', detail }],
  });
}
