import { counted } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { sourcesOf } from '../market/table/tableBasis.ts';
import type { PreparedExport } from './prepareExport.ts';
import type { ExportAbout } from './schemas.ts';

const licence =
  'The records are as their sources published them, and the terms of each source hold. Credatlas claims no right to them.';

/** What stands beside the data before any is written. */
export async function aboutExport(context: QueryContext, prepared: PreparedExport): Promise<ExportAbout> {
  const { format, order, hash, total, snapshot, on, warnings } = prepared;
  const { format: _format, ...asked } = order;
  const given = Object.entries({ ...asked, on }).filter(([, value]) => value !== undefined);
  const parameters = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  const again = new URLSearchParams({ ...parameters, size: 'all', format: format.format });
  const about = {
    format: order.format,
    mediaType: format.mediaType,
    query: { hash, parameters },
    again: `${context.publicUrl}/v1/credentials?${again}`,
    counts:
      order.unit === 'cluster'
        ? 'A cluster of records about one credential, by the record that leads it.'
        : 'A credential.',
    on,
    snapshot,
    total,
    rows: 0,
    bytes: null,
    sha256: null,
    columns: prepared.columns.map(({ name, kind, isList, description = null }) => ({
      name,
      kind,
      isList,
      description,
    })),
    sources: await sourcesOf(context),
    licence,
    warnings,
  };
  return { ...about, citation: citationOf(about) };
}

/** In the words that a reader needs to find the same again. */
export function citationOf(about: Omit<ExportAbout, 'citation'>): string {
  const { query, on, snapshot, rows, total, sources, sha256, again } = about;
  const { mode, currency, unit, on: _on, ...conditions } = query.parameters;
  const asked = Object.entries(conditions).map(([name, value]) => `${name}=${value}`);
  const read = sources.map(({ name, readAt }) => (readAt ? `${name} (read ${readAt.slice(0, 10)})` : name));
  const what = `${counted(sha256 ? rows : total, 'credential')}${asked.length > 0 ? ` by ${asked.join(', ')}` : ''}`;
  return [
    `Credatlas, ${what} (${mode}, ${currency}, unit ${unit}), judged on ${on}, snapshot ${snapshot}.`,
    ...(read.length > 0 ? [`From ${read.join(', ')}.`] : []),
    ...(sha256 ? [`SHA-256 ${sha256}.`] : []),
    again,
  ].join(' ');
}
