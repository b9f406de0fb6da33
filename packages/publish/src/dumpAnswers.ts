import { type ArchiveEntry, writeArchive } from '@credatlas/documents';
import { UnavailableError } from '@credatlas/model';
import type { EnvelopeReader, RouteAnswer, RouteRequest } from '@credatlas/ports';
import type { RegistryDependencies } from './RegistryDependencies.ts';

/** Packed bytes of a dump that is held in memory while it is sent. */
const maxDumpBytes = 256 * 1024 * 1024;

/** The dump is made when it is fetched, so it is always finished and never old. */
export async function dumpStatus(
  { envelopes, community }: RegistryDependencies,
  { url }: RouteRequest,
): Promise<RouteAnswer> {
  const { events } = await envelopes.events({ offset: 0, limit: 1 });
  const changedAt = events[0]?.created_at ?? null;
  return {
    body: {
      status: 'finished',
      last_published_at: changedAt,
      finished_at: changedAt,
      url: `${url.origin}/${community}/envelopes/download/dump.zip`,
    },
  };
}

/** A ZIP with an envelope per file, `<ctid>.json`. Throws UnavailableError when it would not fit into memory. */
export async function dumpFile({ envelopes }: RegistryDependencies, { signal }: RouteRequest): Promise<RouteAnswer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of writeArchive(entriesOf(envelopes))) {
    signal.throwIfAborted();
    size += piece.length;
    if (size > maxDumpBytes)
      throw new UnavailableError(
        'dump_too_large',
        `The dump is larger than ${maxDumpBytes} bytes. Read the pages of /envelopes instead.`,
      );
    pieces.push(piece);
  }
  return { body: Buffer.concat(pieces, size), mediaType: 'application/zip' };
}

async function* entriesOf(envelopes: EnvelopeReader): AsyncIterable<ArchiveEntry> {
  for await (const envelope of envelopes.all())
    yield {
      name: `${envelope.envelope_ceterms_ctid}.json`,
      text: JSON.stringify(envelope),
      modifiedAt: new Date(envelope.updated_at),
    };
}
