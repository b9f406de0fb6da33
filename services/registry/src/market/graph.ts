import { createHash } from 'node:crypto';

export type Node = Record<string, unknown>;

/** A resource as the registry holds it. */
export interface MarketGraph {
  ctid: string;
  type: string;
  graph: { '@context': string; '@id': string; '@graph': Node[] };
}

const registry = 'https://credentialengineregistry.org';

/** A CTID that is the same on every machine: a UUID of version 4's form from the SHA-256 of a stable name. */
export function ctidOf(name: string): string {
  const hex = createHash('sha256').update(`credatlas sample market ${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `ce-${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function iriOf(name: string): string {
  return `${registry}/resources/${ctidOf(name)}`;
}

/** A published graph: the resource first, then blank nodes it uses. Empty values are left out. */
export function graphOf(name: string, type: string, properties: Node): MarketGraph {
  const ctid = ctidOf(name);
  const main = {
    '@id': `${registry}/resources/${ctid}`,
    '@type': type,
    'ceterms:ctid': ctid,
    ...withoutEmpty(properties),
  };
  return {
    ctid,
    type,
    graph: {
      '@context': 'https://credreg.net/ctdl/schema/context/json',
      '@id': `${registry}/graph/${ctid}`,
      '@graph': [main],
    },
  };
}

export function withoutEmpty(node: Node): Node {
  return Object.fromEntries(
    Object.entries(node).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

export function en(text: string | undefined): Node | undefined {
  return text ? { 'en-US': text } : undefined;
}

/** A term of one of CTDL's own concept schemes: `concept('AudienceLevel', 'audLevel', 'BachelorsDegreeLevel')`. */
export function concept(scheme: string, prefix: string, term: string): Node {
  return {
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:framework': `https://credreg.net/ctdl/terms/${scheme}`,
    'ceterms:targetNode': `${prefix}:${term}`,
    'ceterms:targetNodeName': en(term.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')),
  };
}

/** Something of another classification, by code, name or IRI. */
export function aligned(given: {
  name?: string;
  code?: string;
  uri?: string;
  framework?: string;
  frameworkName?: string;
}): Node {
  return withoutEmpty({
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:framework': given.framework,
    'ceterms:frameworkName': en(given.frameworkName),
    'ceterms:codedNotation': given.code,
    'ceterms:targetNode': given.uri,
    'ceterms:targetNodeName': en(given.name),
  });
}

export function cost(type: string | undefined, price: number, more: Node = {}): Node {
  return withoutEmpty({
    '@type': 'ceterms:CostProfile',
    'ceterms:directCostType': type ? [concept('CostType', 'costType', type)] : undefined,
    'ceterms:price': price,
    'ceterms:currency': 'USD',
    ...more,
  });
}

export function credit(value: number | [number, number], unit: string, more: Node = {}): Node {
  const amount = Array.isArray(value)
    ? { 'schema:minValue': value[0], 'schema:maxValue': value[1] }
    : { 'schema:value': value };
  return {
    '@type': 'ceterms:ValueProfile',
    ...amount,
    'ceterms:creditUnitType': [concept('CreditUnit', 'creditUnit', unit)],
    ...more,
  };
}

export function duration(properties: { exact?: string; min?: string; max?: string; effort?: string }): Node {
  return withoutEmpty({
    '@type': 'ceterms:DurationProfile',
    'ceterms:exactDuration': properties.exact,
    'ceterms:minimumDuration': properties.min,
    'ceterms:maximumDuration': properties.max,
    'ceterms:timeRequired': properties.effort,
  });
}

export function place(given: {
  name?: string;
  street?: string;
  city?: string;
  region?: string;
  zip?: string;
  country?: string;
  latitude?: number;
  longitude?: number;
}): Node {
  return withoutEmpty({
    '@type': 'ceterms:Place',
    'ceterms:name': en(given.name),
    'ceterms:streetAddress': en(given.street),
    'ceterms:addressLocality': en(given.city),
    'ceterms:addressRegion': en(given.region),
    'ceterms:postalCode': given.zip,
    'ceterms:addressCountry': en(given.country ?? 'United States'),
    'ceterms:latitude': given.latitude,
    'ceterms:longitude': given.longitude,
  });
}

export function condition(properties: Node): Node {
  return { '@type': 'ceterms:ConditionProfile', ...withoutEmpty(properties) };
}

export function webAddress(text: string | undefined): string | undefined {
  const trimmed = text?.trim().replace(/\s.*$/, '');
  if (!trimmed) return undefined;
  const url = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return URL.canParse(url) ? url : undefined;
}
