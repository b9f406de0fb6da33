import { referenceKey } from '@credatlas/ctdl';
import { type GraphNode, NotFoundError } from '@credatlas/model';
import type { StatedReference } from '@credatlas/ports';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryContext } from '../dependencies.ts';
import type { ReferenceList } from './schemas.ts';

/**
 * Who refers to a credential, by property, in any document of any source; also to one that is gone or was never here, as long as
 * something refers to it. Throws NotFoundError `unknown_credential`, InvalidInputError for a cursor that does not fit.
 */
export async function referenceList(
  context: QueryContext,
  identity: string,
  { size, after }: { size: number; after?: string | undefined },
): Promise<ReferenceList> {
  const { graphs } = context;
  const target = await targetOf(context, identity);
  const properties = await graphs.referenceCounts(target);
  const total = properties.reduce((sum, { count }) => sum + count, 0);
  const leadsTo = await targetsBySource(context, target);
  if (total === 0 && leadsTo.size === 0) throw unknown(identity);
  const pageOf = { references: target };
  const point = after ? readCursor(after, pageOf) : undefined;
  const mark = point?.kind === 'keyset' ? point.id : undefined;
  const found = await graphs.references({
    key: target,
    limit: size + 1,
    ...(mark === undefined ? {} : { after: mark }),
  });
  const page = found.slice(0, size);
  const last = page.at(-1);
  const hasMore = last !== undefined && found.length > size;
  return {
    meta: { target, resolved: leadsTo.size > 0, total, properties, size },
    results: page.map((reference) => shown(reference, leadsTo)),
    next: hasMore ? writeCursor({ kind: 'keyset', values: [], id: last.mark }, pageOf) : null,
  };
}

/** The key it is referred to by; documents know nothing of our ids. */
async function targetOf({ credentials }: QueryContext, identity: string): Promise<string> {
  const known = (await credentials.credential(identity)) ?? (await credentials.tombstone(identity));
  return referenceKey(known ? (known.ctid ?? known.uri) : identity);
}

/** The record behind a key in each source that has one, the first source first. */
async function targetsBySource({ credentials, graphs }: QueryContext, target: string): Promise<Map<string, string>> {
  const identity = target.replace(/^ctid:/, '');
  const ids = (await credentials.idsOf([identity])).get(identity) ?? [];
  // Courses and assessments are referred to, too.
  const other = ids.length > 0 ? undefined : await credentials.credential(identity);
  const records = other ? [other] : [...(await credentials.credentials(ids)).values()];
  const bySource = new Map(records.map(({ id, provenance }) => [provenance.source, id]));
  const holders = (await graphs.holders([target])).get(target) ?? [];
  return new Map(holders.flatMap(({ source }) => (bySource.has(source) ? [[source, bySource.get(source)!]] : [])));
}

function shown(
  { property, from, id, record }: StatedReference,
  leadsTo: Map<string, string>,
): ReferenceList['results'][number] {
  const resolvesTo = leadsTo.get(from.source) ?? [...leadsTo.values()][0] ?? null;
  return {
    property,
    from: { id: id ?? null, uri: from.uri, kind: from.kind, name: nameOf(from.node) },
    document: { source: from.source, ...record },
    resolved: resolvesTo !== null,
    resolvesTo,
  };
}

/** The English name, else the first. */
function nameOf({ properties }: GraphNode): string | null {
  const names = ['ceterms:name', 'ceasn:name', 'ceasn:competencyText', 'skos:prefLabel'].flatMap((property) =>
    (properties[property] ?? []).flatMap((value) => ('literal' in value ? [value] : [])),
  );
  const name = names.find(({ language }) => language?.startsWith('en')) ?? names[0];
  return name ? String(name.literal) : null;
}

function unknown(identity: string): NotFoundError {
  return new NotFoundError(
    'unknown_credential',
    `There is no credential "${identity.slice(0, 200)}", and nothing refers to it. Use its CTID, its IRI or the id of a search result.`,
  );
}
