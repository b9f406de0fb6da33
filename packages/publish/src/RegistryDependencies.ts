import type { EnvelopeReader } from '@credatlas/ports';

/** What the routes answer from. */
export interface RegistryDependencies {
  envelopes: EnvelopeReader;
  /** With hyphens, as addresses write it. */
  community: string;
}
