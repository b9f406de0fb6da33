import { SourceNode, type SourceValue, textOf } from './SourceNode.ts';
import { TargetNode } from './Translation.ts';

/** An alignment object that names something: a skill, a level, a subject, an occupation. */
export function alignment(given: {
  name?: string | undefined;
  url?: string | undefined;
  code?: string | undefined;
  framework?: string | undefined;
  origin: string;
}): TargetNode {
  const node = new TargetNode(['ceterms:CredentialAlignmentObject'], given.origin);
  const url = given.url && /^https?:/.test(given.url) ? { '@id': given.url } : undefined;
  return node
    .add('ceterms:targetNodeName', given.name, given.origin)
    .add('ceterms:targetNode', url, given.origin)
    .add('ceterms:codedNotation', given.code, given.origin)
    .add('ceterms:frameworkName', given.framework, given.origin);
}

/** A text, or an object with a name, code and IRI (DefinedTerm, AlignmentObject), as an alignment. */
export function alignmentOf({ value, pointer }: SourceValue): TargetNode | undefined {
  if (typeof value === 'string') {
    const url = /^https?:\S+$/.test(value) ? value : undefined;
    return alignment({ name: url ? undefined : value, url, origin: pointer });
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const node = new SourceNode(value as Record<string, unknown>, pointer);
  const set = node.values('inDefinedTermSet', 'educationalFramework', 'targetFramework')[0]?.value;
  return alignment({
    name: node.text('targetName', 'name', 'prefLabel', 'title'),
    url: node.text('targetUrl', 'url') ?? node.id,
    code: node.text('termCode', 'targetCode', 'codeValue', 'notation'),
    framework: textOf(set),
    origin: pointer,
  });
}

/** A concept of one of CTDL's schemes. */
export function concept(prefixed: string, origin: string): TargetNode {
  return new TargetNode(['ceterms:CredentialAlignmentObject'], origin).add(
    'ceterms:targetNode',
    { '@id': `https://purl.org/ctdl/vocabs/${prefixed.replace(':', '/')}` },
    origin,
  );
}

export function conditionWith(origin: string): TargetNode {
  return new TargetNode(['ceterms:ConditionProfile'], origin);
}

export function iri(text: string | undefined): { '@id': string } | undefined {
  return text && /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) && !text.startsWith('data:') ? { '@id': text } : undefined;
}

/** Whoever issues: a name or an IRI alone, or an object with both. */
export function organization({ value, pointer }: SourceValue): TargetNode | { '@id': string } | undefined {
  if (typeof value === 'string')
    return (
      iri(value) ?? new TargetNode(['ceterms:CredentialOrganization'], pointer).add('ceterms:name', value, pointer)
    );
  if (typeof value !== 'object' || value === null) return undefined;
  const node = new SourceNode(value as Record<string, unknown>, pointer);
  const name = node.texts('name', 'legalName', 'prefLabel')[0];
  if (!name) return node.reference === undefined ? undefined : { '@id': node.reference };
  const target = new TargetNode(['ceterms:CredentialOrganization'], pointer);
  target.id = node.reference;
  const url = node.texts('url', 'homepage')[0];
  const email = node.texts('email')[0];
  return target
    .add('ceterms:name', name.text, name.pointer)
    .add('ceterms:subjectWebpage', url && iri(url.text), url?.pointer ?? pointer)
    .add('ceterms:email', email?.text, email?.pointer ?? pointer);
}

const awardWords: readonly (readonly [RegExp, string])[] = [
  [/micro-?credential/i, 'ceterms:MicroCredential'],
  [/open badge/i, 'ceterms:OpenBadge'],
  [/badge/i, 'ceterms:DigitalBadge'],
  [/associate/i, 'ceterms:AssociateDegree'],
  [/bachelor/i, 'ceterms:BachelorDegree'],
  [/master'?s?\b(?!.*certificate)/i, 'ceterms:MasterDegree'],
  [/doctora|ph\.?d/i, 'ceterms:DoctoralDegree'],
  [/apprentice/i, 'ceterms:ApprenticeshipCertificate'],
  [/certificate of completion/i, 'ceterms:CertificateOfCompletion'],
  [/certification/i, 'ceterms:Certification'],
  [/licen[sc]e/i, 'ceterms:License'],
  [/diploma/i, 'ceterms:Diploma'],
  [/certificate/i, 'ceterms:Certificate'],
  [/degree/i, 'ceterms:Degree'],
];

/** Class of a credential by what people call it. */
export function classByWords(...texts: (string | undefined)[]): string | undefined {
  for (const text of texts) {
    const found = text && awardWords.find(([pattern]) => pattern.test(text));
    if (found) return found[1];
  }
  return undefined;
}

const deliveryWords: readonly (readonly [RegExp, string])[] = [
  [/blended|hybrid/i, 'deliveryType:BlendedDelivery'],
  [/online|distance|virtual|e-?learning/i, 'deliveryType:OnlineOnly'],
  [/on-?site|in-?person|face|presential|campus|classroom/i, 'deliveryType:InPerson'],
];

export function deliveryConcept({ text, pointer }: { text: string; pointer: string }): TargetNode | undefined {
  const found = deliveryWords.find(([pattern]) => pattern.test(text));
  return found && concept(found[1], pointer);
}

/** A duration as ISO 8601, of any number of them. */
export function duration({ text, pointer }: { text: string; pointer: string }): TargetNode | undefined {
  if (!/^P[\dT]/i.test(text))
    return new TargetNode(['ceterms:DurationProfile'], pointer).add('ceterms:description', text, pointer);
  return new TargetNode(['ceterms:DurationProfile'], pointer).add('ceterms:exactDuration', text.toUpperCase(), pointer);
}

export function credit(given: {
  value: string | undefined;
  unit?: string | undefined;
  text?: string | undefined;
  origin: string;
}): TargetNode | undefined {
  const number = given.value === undefined || given.value === '' ? Number.NaN : Number(given.value);
  if (Number.isNaN(number)) return undefined;
  const node = new TargetNode(['ceterms:ValueProfile'], given.origin).add('schema:value', number, given.origin);
  if (given.unit) node.add('ceterms:creditUnitType', concept(given.unit, given.origin), given.origin);
  return node.add('schema:description', given.text, given.origin);
}

const unitWords: readonly (readonly [RegExp, string])[] = [
  [/semester/i, 'creditUnit:SemesterHour'],
  [/quarter/i, 'creditUnit:QuarterHour'],
  [/clock/i, 'creditUnit:ClockHour'],
  [/contact/i, 'creditUnit:ContactHour'],
  [/continuing|\bceu/i, 'creditUnit:ContinuingEducationUnit'],
  [/carnegie/i, 'creditUnit:CarnegieUnit'],
];

/** The unit that people mean; others, ECTS among them, stay words. */
export function creditUnit(text: string | undefined): string | undefined {
  return text === undefined ? undefined : unitWords.find(([pattern]) => pattern.test(text))?.[1];
}

/** A price as people write it: `1,150.00`, `$85`; undefined for words. */
export function price(text: string | undefined): number | undefined {
  const plain = text?.replace(/[\s,]|^[^\d.-]+/g, '');
  return plain && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}

/** Recognition with its days, which only an action can state. */
export function recognizing(
  type: 'ceterms:AccreditAction' | 'ceterms:RecognizeAction',
  given: { agent: ReturnType<typeof organization>; start: string | undefined; end: string | undefined; origin: string },
): TargetNode {
  const { agent, start, end, origin } = given;
  return new TargetNode([type], origin)
    .add('ceterms:actingAgent', agent, origin)
    .add('ceterms:startDate', start, origin)
    .add('ceterms:endDate', end, origin);
}
