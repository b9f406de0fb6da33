/** schema.org's terms: one namespace for all, with those whose values are IRIs named. */
export const schemaOrgContext = {
  '@vocab': 'http://schema.org/',
  schema: 'http://schema.org/',
  id: '@id',
  type: '@type',
  ...iris('http://schema.org/', [
    'additionalType',
    'applicationUrl',
    'image',
    'logo',
    'mainEntityOfPage',
    'sameAs',
    'targetUrl',
    'url',
  ]),
};

/** The terms of Open Badges 2.0. */
export const openBadges2Context = {
  id: '@id',
  type: '@type',
  obi: 'https://w3id.org/openbadges#',
  schema: 'http://schema.org/',
  sec: 'https://w3id.org/security#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  ...plain('https://w3id.org/openbadges#', [
    'Assertion',
    'BadgeClass',
    'Criteria',
    'CryptographicKey',
    'Endorsement',
    'Evidence',
    'Extension',
    'IdentityObject',
    'Image',
    'Issuer',
    'Profile',
    'RevocationList',
    'VerificationObject',
    'allowedOrigins',
    'audience',
    'caption',
    'genre',
    'hashed',
    'identity',
    'narrative',
    'recipient',
    'revocationReason',
    'revoked',
    'salt',
    'startsWith',
    'tags',
    'verification',
    'version',
  ]),
  ...iris('https://w3id.org/openbadges#', [
    'alignment',
    'badge',
    'criteria',
    'endorsement',
    'evidence',
    'issuer',
    'publicKey',
    'related',
    'revocationList',
    'verificationProperty',
    'verify',
  ]),
  ...plain('http://schema.org/', [
    'description',
    'email',
    'name',
    'targetCode',
    'targetDescription',
    'targetFramework',
    'targetName',
    'telephone',
  ]),
  ...iris('http://schema.org/', ['image', 'targetUrl', 'url']),
  expires: { '@id': 'https://w3id.org/security#expiration', '@type': 'xsd:dateTime' },
  issuedOn: { '@id': 'https://w3id.org/openbadges#issueDate', '@type': 'xsd:dateTime' },
};

/** The terms of the European Learning Model 3: one namespace for all but those that it borrows. */
export const elmContext = {
  '@vocab': 'http://data.europa.eu/snb/model/elm/',
  id: '@id',
  type: '@type',
  title: { '@id': 'http://purl.org/dc/terms/title', '@container': '@language' },
  description: { '@id': 'http://purl.org/dc/terms/description', '@container': '@language' },
  altLabel: { '@id': 'http://www.w3.org/2004/02/skos/core#altLabel', '@container': '@language' },
  legalName: { '@id': 'http://www.w3.org/ns/regorg#legalName', '@container': '@language' },
  notation: 'http://www.w3.org/2004/02/skos/core#notation',
  prefLabel: { '@id': 'http://www.w3.org/2004/02/skos/core#prefLabel', '@container': '@language' },
};

function plain(namespace: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `${namespace}${name}`]));
}

function iris(namespace: string, names: readonly string[]): Record<string, { '@id': string; '@type': '@id' }> {
  return Object.fromEntries(names.map((name) => [name, { '@id': `${namespace}${name}`, '@type': '@id' as const }]));
}
