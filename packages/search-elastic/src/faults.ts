import { BrokenInvariantError, CredatlasError, InvalidInputError, UnavailableError } from '@credatlas/model';
import { errors } from '@elastic/elasticsearch';

/** What became of a request or of one item of a bulk. */
export interface Refusal {
  status: number;
  type: string;
  reason: string;
}

/** Too many requests; a node that is not ready; a block that an operator or the disk watermark lifts again. */
export function isPassing({ status, type }: Refusal): boolean {
  return [429, 502, 503, 504].includes(status) || type === 'cluster_block_exception';
}

/** What the server said; undefined when it said nothing (away, or no answer in time). */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof errors.ResponseError)) return undefined;
  const body: unknown = error.body;
  const said = (body as { error?: { type?: string; reason?: string; caused_by?: { type?: string } } })?.error;
  const type = typeof said === 'object' ? (said.type ?? '') : '';
  return { status: error.statusCode ?? 0, type, reason: typeof said === 'object' ? (said.reason ?? '') : String(said) };
}

/** A failure that may be over when the request is sent again: no answer, or a refusal that passes. */
export function isWorthWaiting(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal) return isPassing(refusal);
  return [errors.ConnectionError, errors.TimeoutError, errors.NoLivingConnectionsError].some(
    (kind) => error instanceof kind,
  );
}

/** The named error of the port for what Elasticsearch answered, after all waiting. */
export function namedError(error: unknown): unknown {
  if (error instanceof CredatlasError) return error;
  const refusal = refusalOf(error);
  if (!refusal && !(error instanceof errors.ElasticsearchClientError)) return error;
  return refusal ? refusedError(refusal, error) : awayError(error);
}

function awayError(cause: unknown): UnavailableError {
  return new UnavailableError(
    'search_engine_away',
    'Elasticsearch does not answer. Start it or mend ELASTICSEARCH_URL; nothing is lost, indexing goes on from where it was.',
    { cause },
  );
}

/** The named error for a refusal that waiting did not mend. */
export function refusedError({ status, type, reason }: Refusal, cause?: unknown): CredatlasError {
  const said = `${status} ${type}: ${reason}`;
  // Comes as 429 or 403, by the kind of block.
  if (type === 'cluster_block_exception')
    return new UnavailableError(
      'search_engine_blocked',
      `Elasticsearch refuses to write (${said}). Free disk space, or lift the block with index.blocks.read_only_allow_delete: null.`,
      { cause },
    );
  if (status === 429)
    return new UnavailableError('search_engine_busy', `Elasticsearch is busy (${said}). Try again.`, { cause });
  if (status === 401 || status === 403)
    return new UnavailableError(
      'search_engine_refused',
      `Elasticsearch does not accept the credentials (${said}). Mend ELASTICSEARCH_API_KEY or ELASTICSEARCH_USERNAME and _PASSWORD.`,
      { cause },
    );
  if (/too_many_(nested_)?clauses/.test(`${type} ${reason}`))
    return new InvalidInputError(
      'query_too_large',
      `The query has more parts than Elasticsearch takes. Ask for less.`,
      {
        cause,
      },
    );
  if (status >= 500 || status === 404)
    return new UnavailableError('search_engine_away', `Elasticsearch cannot answer now (${said}).`, { cause });
  return new BrokenInvariantError(`Elasticsearch refused what we sent: ${said}. Report it.`, { cause });
}
