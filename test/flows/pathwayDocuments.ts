import { concept, en } from './queryMarket.ts';

const registry = 'https://credentialengineregistry.org';
type Node = Record<string, unknown>;

/** CTID of a thing by its number; numbers are free for any kind. */
export function ctidOf(number: number): string {
  return `ce-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function iriOf(number: number): string {
  return `${registry}/resources/${ctidOf(number)}`;
}

/** A document in the registry's form. */
export function thing(number: number, type: string, node: Node = {}): Node {
  const own = { '@id': iriOf(number), '@type': type, 'ceterms:ctid': ctidOf(number) };
  return {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': `${registry}/graph/${ctidOf(number)}`,
    '@graph': [{ ...own, 'ceterms:name': en(nameOf(number)), ...node }],
  };
}

/** `Thing 12`. */
export function nameOf(number: number): string {
  return `Thing ${number}`;
}

export function organization(number: number): Node {
  return thing(number, 'ceterms:CredentialOrganization', { 'ceterms:name': en(`Organization ${number}`) });
}

export function owned(by: number, node: Node = {}): Node {
  return { 'ceterms:ownedBy': [iriOf(by)], ...node };
}

export function semesterHours(min: number, max = min, unit = 'SemesterHour'): Node[] {
  const amount = min === max ? { 'schema:value': min } : { 'schema:minValue': min, 'schema:maxValue': max };
  return [{ '@type': 'ceterms:ValueProfile', ...amount, 'ceterms:creditUnitType': concept(`creditUnit:${unit}`) }];
}

/** A condition about things of which a property tells the kind: `Credential`, `LearningOpportunity`. */
export function condition(targets: Record<string, number[]>, node: Node = {}): Node {
  const properties = Object.entries(targets).map(([kind, numbers]) => [`ceterms:target${kind}`, numbers.map(iriOf)]);
  return { '@type': 'ceterms:ConditionProfile', ...Object.fromEntries(properties), ...node };
}

/** From some things, for some, owned by some. */
export function transferValue(
  number: number,
  given: { from?: number[]; for?: number[]; by: number[]; credit?: Node[]; more?: Node },
): Node {
  return thing(number, 'ceterms:TransferValueProfile', {
    'ceterms:ownedBy': given.by.map(iriOf),
    ...(given.from ? { 'ceterms:transferValueFrom': given.from.map(iriOf) } : {}),
    ...(given.for ? { 'ceterms:transferValueFor': given.for.map(iriOf) } : {}),
    ...(given.credit ? { 'ceterms:transferValue': given.credit } : {}),
    ...given.more,
  });
}

export function agreement(
  number: number,
  given: { sending: number; receiving: number; values?: number[]; start?: string; end?: string; more?: Node },
): Node {
  return thing(number, 'ceterms:TransferAgreement', {
    'ceterms:sendingOrganization': [iriOf(given.sending)],
    'ceterms:receivingOrganization': [iriOf(given.receiving)],
    ...(given.values ? { 'ceterms:hasTransferValueProfile': given.values.map(iriOf) } : {}),
    ...(given.start ? { 'ceterms:dateEffective': given.start } : {}),
    ...(given.end ? { 'ceterms:expirationDate': given.end } : {}),
    ...given.more,
  });
}

/** A pathway whose components have numbers of their own; the first is the destination. */
export function pathway(
  number: number,
  given: { by: number; components: { number: number; stands?: number; node?: Node }[] },
): Node {
  const [own] = thing(number, 'ceterms:Pathway', {
    'ceterms:ownedBy': [iriOf(given.by)],
    'ceterms:hasPart': given.components.map((each) => iriOf(each.number)),
    'ceterms:hasDestinationComponent': [iriOf(given.components[0]!.number)],
  })['@graph'] as Node[];
  const components = given.components.map(({ number: each, stands, node }, index) => ({
    ...(thing(each, 'ceterms:CourseComponent')['@graph'] as Node[])[0],
    'ceterms:isPartOf': [iriOf(number)],
    ...(stands === undefined ? {} : { 'ceterms:proxyFor': iriOf(stands) }),
    ...(index === 0 ? { 'ceterms:isDestinationComponentOf': [iriOf(number)] } : {}),
    ...node,
  }));
  return { ...thing(number, 'ceterms:Pathway'), '@graph': [own, ...components] };
}

/** So many of the components; conditions may lie within. */
export function choice(required: number | undefined, components: number[], within: Node[] = []): Node {
  return {
    '@type': 'ceterms:ComponentCondition',
    ...(required === undefined ? {} : { 'ceterms:requiredNumber': required }),
    ...(components.length > 0 ? { 'ceterms:targetComponent': components.map(iriOf) } : {}),
    ...(within.length > 0 ? { 'ceterms:hasCondition': within } : {}),
  };
}
