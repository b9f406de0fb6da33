import { type Credential, NotFoundError, WithdrawnError } from '@credatlas/model';
import type { CredentialReader } from '@credatlas/ports';

/**
 * The full record behind a CTID, an IRI or our id. Throws WithdrawnError with the tombstone, or NotFoundError. `parameter`: the query
 * parameter that named it, when it was one.
 */
export async function findCredential(
  { credentials }: { credentials: CredentialReader },
  identity: string,
  parameter?: string,
): Promise<Credential> {
  const found = await credentials.credential(identity);
  if (found) return found;
  const tombstone = await credentials.tombstone(identity);
  if (tombstone) {
    throw new WithdrawnError(
      'withdrawn',
      `The credential "${tombstone.name}" is gone from its source since ${tombstone.withdrawnAt}; its tombstone says what it was.`,
      { ...tombstone },
    );
  }
  const detail = `There is no credential "${identity.slice(0, 200)}". Use its CTID, its IRI or the id of a search result.`;
  throw new NotFoundError('unknown_credential', detail, {
    ...(parameter ? { faults: [{ code: 'unknown_credential', parameter, detail }] } : {}),
  });
}
