import { className, classOf, conceptsOf, isA, type Property, propertyOf } from '@credatlas/ctdl';

/** What kind of literal a property takes. */
export type LiteralKind = 'text' | 'date' | 'dateTime' | 'duration' | 'number' | 'integer' | 'boolean' | 'language';

/** What a property takes, as documents may be held to it. */
export interface Range {
  /** Literals, where it takes such. */
  literal?: LiteralKind;
  /** Its texts state their language. */
  isTagged: boolean;
  /** Its dates may be years or months. */
  isApproximate: boolean;
  takesAnything: boolean;
  takesAddresses: boolean;
  takesConcepts: boolean;
  /** Classes of its nodes. */
  classes: readonly string[];
  /** Schemes of its concepts that are enumerated. */
  schemes: readonly string[];
}

const literalKinds: ReadonlyMap<string, LiteralKind> = new Map([
  ['xsd:string', 'text'],
  ['rdf:langString', 'text'],
  ['xsd:date', 'date'],
  ['schema:Date', 'date'],
  ['xsd:dateTime', 'dateTime'],
  ['xsd:duration', 'duration'],
  ['schema:Duration', 'duration'],
  ['xsd:float', 'number'],
  ['xsd:decimal', 'number'],
  ['xsd:integer', 'integer'],
  ['xsd:boolean', 'boolean'],
  ['xsd:language', 'language'],
]);
const addresses = new Set(['xsd:anyURI', 'schema:WebPage']);
/** Ranges that nothing is outside of. */
const anything = new Set(['rdfs:Resource', 'rdfs:Class', 'rdf:Property']);
/** The two forms of pointing at a concept, which the schema asks for without a difference in use (`ctdl-model` §1.7). */
const conceptForms = ['ceterms:CredentialAlignmentObject', 'ceterms:AlignmentObject', 'skos:Concept'];
/** Six classes may have versions, but are not in the range of what points at these (`ctdl-model` §1.7). */
const versionLinks = new Set(['ceterms:latestVersion', 'ceterms:nextVersion', 'ceterms:previousVersion']);
/** Classes that the range leaves out though the usage note asks for them (`ctdl-model` §1.7). */
const alsoTaken: ReadonlyMap<string, readonly string[]> = new Map([
  ['ceasn:isChildOf', ['ceasn:CompetencyFramework']],
  ['ceasn:hasChild', ['ceasn:Competency']],
]);

/** The range of a property; undefined where the schema says nothing of it. */
export function rangeOf(name: string): Range | undefined {
  const property = propertyOf(name);
  if (!property || property.range.length === 0) return undefined;
  const { range } = property;
  const literal = literalKindOf(property);
  const takesConcepts = range.some((each) => conceptForms.includes(each));
  return {
    ...(literal ? { literal } : {}),
    isTagged: property.kind === 'language',
    isApproximate: range.includes('schema:Date'),
    takesAnything: range.some((each) => anything.has(each)),
    takesAddresses: range.some((each) => addresses.has(each)),
    takesConcepts,
    classes: [
      ...new Set([
        ...range.filter((each) => !literalKinds.has(each) && !addresses.has(each)).map(className),
        ...(takesConcepts ? conceptForms : []),
        ...(versionLinks.has(name) ? property.domain : []),
        ...(alsoTaken.get(name) ?? []),
      ]),
    ],
    schemes: property.schemes.filter((scheme) => conceptsOf(scheme).length > 0),
  };
}

/** Decimal wins where several are named; undefined when it takes nodes. */
function literalKindOf({ range }: Property): LiteralKind | undefined {
  const kinds = range.map((each) => literalKinds.get(each));
  return kinds.includes('number') ? 'number' : kinds.find((each) => each !== undefined);
}

/**
 * True when one of the types is in the range, or it cannot be judged: the schema knows none of the types, or declares none of the classes
 * that the range names (`ctdl-model` §1.7).
 */
export function takesTypes({ takesAnything, classes }: Range, types: readonly string[]): boolean {
  const judged = types.filter((type) => classes.includes(className(type)) || classOf(type));
  const isOpen = takesAnything || judged.length === 0 || !classes.some((each) => classOf(each));
  return isOpen || judged.some((type) => classes.some((each) => isA(type, each)));
}
