import { identityKey, readCtid, referenceKey } from '@credatlas/ctdl';
import { type Credential, type IdentityFacts, issuersOf } from '@credatlas/model';
import { stem, tokensOf } from '@credatlas/skills';

/** Names, owners and links beyond these say no more about what a record is. */
const maxNames = 4;
const maxOwners = 4;
const maxLinks = 20;

/** What a record says about its identity, with what may be written either way taken out. Pure. */
export function factsOf(credential: Credential): IdentityFacts {
  const { id, uri, ctid, types, family, educationRank, provenance, publisher, versions = {} } = credential;
  const owners = issuersOf(credential).slice(0, maxOwners);
  const ownerNames = owners.flatMap(({ name }) => (name ? [ownerName(name)] : []));
  const publisherKey = publisher && keysOfParty(publisher)[0];
  const page = pageKey(credential.webpage);
  const ownerKeys = [...new Set(owners.flatMap(keysOfParty))];
  const { latest, previous, next, supersedes, supersededBy } = versions;
  const links = [latest, previous, next, supersedes, supersededBy].filter((link) => link !== undefined);
  return {
    id,
    source: provenance.source,
    ...(publisherKey ? { publisher: publisherKey } : {}),
    selves: [...new Set([identityKey(uri, isNil(ctid) ? undefined : ctid), referenceKey(uri)])],
    uri,
    name: credential.nameText,
    ...(credential.provider?.name ? { provider: credential.provider.name } : {}),
    names: namesOf(credential, ownerNames),
    owners: ownerKeys,
    ...(page ? { page } : {}),
    family,
    types,
    rank: educationRank,
    sameAs: credential.sameAs.slice(0, maxLinks).map(referenceKey),
    versions: links.map(referenceKey),
    updatedAt: provenance.updatedAt,
    isOwn: (publisherKey !== undefined && ownerKeys.includes(publisherKey)) || isReadOnItsSite(credential),
  };
}

/** A CTID that somebody left as a placeholder identifies nothing. */
function isNil(ctid: string | undefined): boolean {
  return ctid !== undefined && /^ce-([0f])\1{7}-\1{4}-\1{4}-\1{4}-\1{12}$/.test(ctid);
}

function namesOf({ nameText, alternateNames }: Credential, ownerNames: string[][]): string[] {
  const keys = [nameText, ...alternateNames].slice(0, maxNames).map((name) => nameKey(name, ownerNames));
  return [...new Set(keys)].filter((key) => key !== '');
}

const small = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'the', 'to', 'with']);

/** Its words in any order and form, small ones left out, and the owner's name where it stands at the beginning or the end. */
function nameKey(name: string, ownerNames: string[][]): string {
  const words = withoutOwner(
    tokensOf(name).filter((token) => !small.has(token)),
    ownerNames,
  );
  return [...new Set(words.map(stem))].sort().join(' ');
}

function withoutOwner(words: string[], ownerNames: string[][]): string[] {
  for (const owner of ownerNames) {
    if (owner.length === 0 || owner.length >= words.length) continue;
    if (owner.every((word, at) => words[at] === word)) return words.slice(owner.length);
    const start = words.length - owner.length;
    if (owner.every((word, at) => words[start + at] === word)) return words.slice(0, start);
  }
  return words;
}

const legalForms = new Set([
  'co',
  'company',
  'corp',
  'corporation',
  'gmbh',
  'inc',
  'incorporated',
  'limited',
  'llc',
  'ltd',
]);

/** Words of an owner's name without its legal form. */
function ownerName(name: string): string[] {
  const words = tokensOf(name).filter((token) => !small.has(token));
  while (words.length > 1 && legalForms.has(words.at(-1) ?? '')) words.pop();
  return words;
}

function keysOfParty({ ctid, uri, name }: NonNullable<Credential['publisher']>): string[] {
  const known = ctid && readCtid(ctid).ctid;
  const words = name ? ownerName(name).join(' ') : '';
  const keys = [
    known ? `ctid:${known}` : undefined,
    uri && referenceKey(uri),
    words === '' ? undefined : `name:${words}`,
  ];
  return keys.filter((key): key is string => key !== undefined && key !== '');
}

/** Host and path of a page, and what is asked of it; the front page of a site says nothing about one of its credentials. */
function pageKey(address: string | undefined): string | undefined {
  const url = address && URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  for (const name of [...url.searchParams.keys()]) if (/^utm_/i.test(name)) url.searchParams.delete(name);
  const path = url.pathname.replace(/(\/(index|default)\.\w+|\/+)$/i, '');
  return path === '' && url.search === '' ? undefined : `${siteOf(url)}${path}${url.search}`;
}

function siteOf({ host }: URL): string {
  return host.toLowerCase().replace(/^www\./, '');
}

function isReadOnItsSite({ webpage, provenance: { sourceUri } }: Credential): boolean {
  if (!webpage || !sourceUri || !/^https?:/i.test(sourceUri)) return false;
  return URL.canParse(webpage) && URL.canParse(sourceUri) && siteOf(new URL(webpage)) === siteOf(new URL(sourceUri));
}
