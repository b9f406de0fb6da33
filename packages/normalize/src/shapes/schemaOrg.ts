import {
  alignmentOf,
  classByWords,
  conditionWith,
  credit,
  creditUnit,
  deliveryConcept,
  duration,
  iri,
  organization,
  price,
} from './pieces.ts';
import { isObject, SourceNode } from './SourceNode.ts';
import { TargetNode, type Translation } from './Translation.ts';

const classes: Readonly<Record<string, string>> = {
  Course: 'ceterms:Course',
  EducationalOccupationalProgram: 'ceterms:LearningProgram',
  WorkBasedProgram: 'ceterms:LearningProgram',
};
const organizations = new Set([
  'Organization',
  'EducationalOrganization',
  'CollegeOrUniversity',
  'School',
  'HighSchool',
  'NGO',
  'Corporation',
  'GovernmentOrganization',
]);

/** Whether a node is one that this mapping tells. */
export function isSchemaOrg(node: SourceNode): boolean {
  return node.types.some(
    (type) => type in classes || type === 'EducationalOccupationalCredential' || organizations.has(type),
  );
}

/** An organization is told, and may hold what it offers. */
export function mayHoldMore(node: SourceNode): boolean {
  return node.types.some((type) => organizations.has(type));
}

/** A schema.org Course, EducationalOccupationalProgram, EducationalOccupationalCredential or organization in CTDL. */
export function tellSchemaOrg(source: SourceNode, into: Translation): void {
  const [type = ''] = source.types.filter(
    (each) => each in classes || each === 'EducationalOccupationalCredential' || organizations.has(each),
  );
  const isCredential = type === 'EducationalOccupationalCredential';
  const name = source.text('name');
  const category = source.text('credentialCategory');
  const own = isCredential
    ? (classByWords(category, name) ?? 'ceterms:Credential')
    : (classes[type] ?? 'ceterms:CredentialOrganization');
  const page = source.texts('url', 'mainEntityOfPage').find(({ text }) => iri(text));
  const target = into.primary([own], source, page?.text);
  tellCommon(source, target);
  if (!organizations.has(type)) {
    into.goesByAddress(target);
    tellOffer(source, { target, into, isCredential });
  }
  into.leaveOut(source, 'schema.org');
}

function tellCommon(source: SourceNode, target: TargetNode): void {
  target
    .texts('ceterms:name', source.texts('name', 'legalName'))
    .texts('ceterms:alternateName', source.texts('alternateName'))
    .texts('ceterms:description', source.texts('description'))
    .texts('ceterms:inLanguage', source.texts('inLanguage', 'availableLanguage'))
    .texts('ceterms:codedNotation', source.texts('courseCode'))
    .texts('ceterms:dateEffective', source.texts('startDate'))
    .texts('ceterms:expirationDate', source.texts('expires', 'endDate'))
    .texts('ceterms:versionCode', source.texts('version'))
    .texts('ceasn:dateModified', source.texts('dateModified'))
    .texts(
      'ceterms:renewalFrequency',
      source.texts('validFor').filter(({ text }) => /^P[\dT]/i.test(text)),
    );
  for (const { text, pointer } of source.texts('url', 'mainEntityOfPage'))
    target.add('ceterms:subjectWebpage', iri(text), pointer);
  for (const { text, pointer } of source.texts('image', 'logo')) target.add('ceterms:image', iri(text), pointer);
  for (const { text, pointer } of source.texts('sameAs')) target.add('ceterms:sameAs', iri(text), pointer);
  for (const { value, pointer } of source.values('identifier'))
    target.add('ceterms:identifier', identifier(value, pointer), pointer);
  for (const place of source.nodes('address')) target.add('ceterms:address', address(place), place.pointer);
}

function identifier(value: unknown, pointer: string): TargetNode {
  const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
  return new TargetNode(['ceterms:IdentifierValue'], pointer)
    .add('ceterms:identifierTypeName', node?.text('propertyID', 'name'), pointer)
    .add('ceterms:identifierValueCode', node ? node.text('value') : String(value), pointer);
}

/** Who, what for, how long, how much: of programmes, courses and credentials. */
function tellOffer(
  source: SourceNode,
  { target, into, isCredential }: { target: TargetNode; into: Translation; isCredential: boolean },
): void {
  const owners = source.values('creator', 'publisher');
  const providers = source.values('provider', 'offeredBy');
  for (const each of owners.length > 0 ? owners : providers)
    target.add('ceterms:ownedBy', organization(each), each.pointer);
  for (const each of providers) target.add('ceterms:offeredBy', organization(each), each.pointer);
  // Recognition by others, never ownership.
  for (const each of source.values('recognizedBy'))
    target.add('ceterms:recognizedBy', organization(each), each.pointer);
  tellSkills(source, target, isCredential);
  tellPrerequisites(source, target);
  for (const each of source.values('occupationalCategory'))
    target.add('ceterms:occupationType', occupation(alignmentOf(each)), each.pointer);
  for (const each of source.values('about')) target.add('ceterms:subject', alignmentOf(each), each.pointer);
  for (const { text, pointer } of source.texts('keywords'))
    for (const word of text.split(',')) target.add('ceterms:keyword', word.trim(), pointer);
  for (const each of source.values('educationalLevel'))
    target.add('ceterms:audienceLevelType', alignmentOf(each), each.pointer);
  for (const each of source.values('numberOfCredits'))
    target.add('ceterms:creditValue', credits(each.value, each.pointer), each.pointer);
  for (const each of source.texts('timeToComplete', 'timeRequired'))
    target.add('ceterms:estimatedDuration', duration(each), each.pointer);
  tellCosts(source, target);
  for (const each of source.nodes('salaryUponCompletion'))
    target.add('ceterms:aggregateData', earnings(each), each.pointer);
  for (const each of source.texts('courseMode', 'educationalProgramMode'))
    target.add('ceterms:deliveryType', deliveryConcept(each), each.pointer);
  for (const each of source.nodes('location')) target.add('ceterms:availableAt', place(each), each.pointer);
  for (const each of source.nodes('hasCourseInstance')) tellInstance(each, target);
  for (const each of source.values('hasPart', 'hasCourse'))
    target.add('ceterms:hasPart', part(each.value, each.pointer), each.pointer);
  for (const each of source.values('isPartOf'))
    target.add('ceterms:isPartOf', part(each.value, each.pointer), each.pointer);
  for (const each of source.values('educationalCredentialAwarded'))
    target.add('ceterms:resultsInCredential', into.onPage(award(each.value, each.pointer)), each.pointer);
  for (const each of source.texts('validIn')) target.add('ceterms:jurisdiction', jurisdiction(each), each.pointer);
}

function tellSkills(source: SourceNode, target: TargetNode, isCredential: boolean): void {
  const condition = conditionWith(source.pointer);
  for (const each of source.values('competencyRequired'))
    condition.add('ceterms:targetCompetency', alignmentOf(each), each.pointer);
  for (const each of source.values('teaches')) target.add('ceterms:teaches', alignmentOf(each), each.pointer);
  for (const each of source.values('assesses')) target.add('ceterms:assesses', alignmentOf(each), each.pointer);
  for (const each of source.nodes('educationalAlignment')) {
    const kind = each.text('alignmentType')?.toLowerCase() ?? '';
    const told = alignmentOf({ value: each.value, pointer: each.pointer });
    if (kind.includes('level')) target.add('ceterms:audienceLevelType', told, each.pointer);
    else if (kind.includes('subject')) target.add('ceterms:subject', told, each.pointer);
    else if (kind.startsWith('assess')) target.add('ceterms:assesses', told, each.pointer);
    else if (kind.startsWith('require') || isCredential) condition.add('ceterms:targetCompetency', told, each.pointer);
    else target.add('ceterms:teaches', told, each.pointer);
  }
  const [first] = condition.properties.get('ceterms:targetCompetency') ?? [];
  if (first) target.add('ceterms:requires', condition, first.origin);
}

function tellPrerequisites(source: SourceNode, target: TargetNode): void {
  for (const { value, pointer } of source.values('coursePrerequisites', 'programPrerequisites')) {
    const condition = conditionWith(pointer);
    const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
    if (typeof value === 'string') condition.add('ceterms:description', value, pointer);
    else if (node?.types.includes('Course'))
      condition.add('ceterms:targetLearningOpportunity', part(value, pointer), pointer);
    else if (node?.types.includes('EducationalOccupationalCredential'))
      condition.add('ceterms:targetCredential', award(value, pointer), pointer);
    else condition.add('ceterms:targetCompetency', alignmentOf({ value, pointer }), pointer);
    target.add('ceterms:entryCondition', condition, pointer);
  }
}

/** A dated giving of a course: its mode and its place. */
function tellInstance(source: SourceNode, target: TargetNode): void {
  for (const each of source.texts('courseMode'))
    target.add('ceterms:deliveryType', deliveryConcept(each), each.pointer);
  for (const each of source.nodes('location')) target.add('ceterms:availableAt', place(each), each.pointer);
  tellCosts(source, target);
  for (const each of source.texts('courseWorkload'))
    target.add('ceterms:estimatedDuration', effort(each), each.pointer);
}

function effort({ text, pointer }: { text: string; pointer: string }): TargetNode {
  const node = new TargetNode(['ceterms:DurationProfile'], pointer);
  return /^P[\dT]/i.test(text)
    ? node.add('ceterms:timeRequired', text.toUpperCase(), pointer)
    : node.add('ceterms:description', text, pointer);
}

/** "15-1252.00 Software Developers", or a code alone, is a code. */
function occupation(told: TargetNode | undefined): TargetNode | undefined {
  const name = told?.properties.get('ceterms:targetNodeName')?.[0];
  const code = /^(\d{2}-\d{4}(?:\.\d{2})?)\b\s*[-:–]?\s*(.*)$/.exec(String(name?.value ?? ''));
  if (!told || !name || !code) return told;
  told.properties.delete('ceterms:targetNodeName');
  told.add('ceterms:codedNotation', code[1], name.origin).add('ceterms:targetNodeName', code[2], name.origin);
  return told.add('ceterms:frameworkName', 'Standard Occupational Classification', name.origin);
}

function credits(value: unknown, pointer: string): TargetNode | undefined {
  if (!isObject(value)) return credit({ value: String(value), origin: pointer });
  const node = new SourceNode(value, pointer);
  const unit = node.text('unitText', 'unitCode', 'creditType', 'name');
  return credit({ value: node.text('value', 'minValue'), unit: creditUnit(unit), text: unit, origin: pointer });
}

/** An offer with its price, or with the lowest and the highest of several. */
function tellCosts(source: SourceNode, target: TargetNode): void {
  for (const offer of source.nodes('offers')) {
    const specification = offer.nodes('priceSpecification')[0];
    const read = (name: string): string | undefined => offer.text(name) ?? specification?.text(name);
    const amounts = [read('price') ?? read('lowPrice') ?? read('minPrice'), read('highPrice') ?? read('maxPrice')];
    for (const amount of amounts.map(price)) {
      if (amount === undefined) continue;
      const cost = new TargetNode(['ceterms:CostProfile'], offer.pointer)
        .add('ceterms:price', amount, offer.pointer)
        .add('ceterms:currency', read('priceCurrency'), offer.pointer)
        .add('ceterms:description', offer.text('description', 'category'), offer.pointer);
      target.add('ceterms:estimatedCost', cost, offer.pointer);
    }
  }
}

/** What is earned afterwards. */
function earnings(source: SourceNode): TargetNode {
  const { pointer } = source;
  const profile = new TargetNode(['ceterms:AggregateDataProfile'], pointer)
    .add('ceterms:currency', source.text('currency'), pointer)
    .add('ceterms:description', source.text('description', 'name'), pointer);
  const figures = {
    lowEarnings: source.text('percentile10', 'minValue'),
    medianEarnings: source.text('median', 'value'),
    highEarnings: source.text('percentile90', 'maxValue'),
  };
  for (const [name, text] of Object.entries(figures)) profile.add(`ceterms:${name}`, price(text), pointer);
  return profile;
}

function place(source: SourceNode): TargetNode {
  const told = address(source.nodes('address')[0] ?? source);
  return told.add('ceterms:name', source.text('name'), source.pointer);
}

function address(source: SourceNode): TargetNode {
  const target = new TargetNode(['ceterms:Place'], source.pointer);
  for (const name of ['streetAddress', 'addressLocality', 'addressRegion', 'postalCode', 'addressCountry'])
    target.texts(`ceterms:${name}`, source.texts(name).slice(0, 1));
  const geo = source.nodes('geo')[0];
  for (const name of ['latitude', 'longitude']) {
    const value = geo?.text(name);
    if (geo && value !== undefined && !Number.isNaN(Number(value)))
      target.add(`ceterms:${name}`, Number(value), geo.pointer);
  }
  return target;
}

function part(value: unknown, pointer: string): TargetNode | { '@id': string } | undefined {
  if (!isObject(value)) return iri(String(value));
  const node = new SourceNode(value, pointer);
  if (node.isMereReference) return { '@id': node.reference ?? '' };
  const target = new TargetNode([classes[node.types[0] ?? ''] ?? 'ceterms:LearningOpportunityProfile'], pointer);
  target.id = node.reference ?? (iri(node.text('url')) ? node.text('url') : undefined);
  tellCommon(node, target);
  tellSkills(node, target, false);
  return target;
}

function award(value: unknown, pointer: string): TargetNode | { '@id': string } | undefined {
  if (!isObject(value)) {
    const reference = iri(String(value));
    if (reference) return reference;
    const named = new TargetNode([classByWords(String(value)) ?? 'ceterms:Credential'], pointer);
    return named.add('ceterms:name', String(value), pointer);
  }
  const node = new SourceNode(value, pointer);
  if (node.isMereReference) return { '@id': node.reference ?? '' };
  const target = new TargetNode(
    [classByWords(node.text('credentialCategory'), node.text('name')) ?? 'ceterms:Credential'],
    pointer,
  );
  target.id = node.reference ?? (iri(node.text('url')) ? node.text('url') : undefined);
  tellCommon(node, target);
  tellSkills(node, target, true);
  return target;
}

function jurisdiction({ text, pointer }: { text: string; pointer: string }): TargetNode {
  return new TargetNode(['ceterms:JurisdictionProfile'], pointer).add(
    'ceterms:mainJurisdiction',
    new TargetNode(['ceterms:Place'], pointer).add('ceterms:name', text, pointer),
    pointer,
  );
}
