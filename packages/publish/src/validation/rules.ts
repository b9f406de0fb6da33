import { schemaVersions } from '@credatlas/ctdl';
import type { FindingSeverity } from './Finding.ts';

/** A published rule. The occurrence adds what was found, and what to do. */
export interface Rule {
  severity: FindingSeverity;
  rule: string;
  source: string;
}

const schema = `CTDL schema of ${schemaVersions.ctdl} (https://credreg.net/ctdl/schema/encoding/json)`;
const context = `CTDL context of ${schemaVersions.ctdl} (https://credreg.net/ctdl/schema/context/json)`;
const aboutCtid = 'About the CTID (https://credreg.net/ctdl/ctid)';
const policy = 'Publishing requirements of the Credential Registry: its JSON schemas and publishing assistant';
const handbook = 'CTDL handbook (https://credreg.net/ctdl/handbook)';
const jsonLd = 'JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/)';
const here = 'Limits of this program';

const error = (rule: string, source: string): Rule => ({ severity: 'error', rule, source });
const warning = (rule: string, source: string): Rule => ({ severity: 'warning', rule, source });
const note = (rule: string, source: string): Rule => ({ severity: 'note', rule, source });

/**
 * Every rule by its code. Severities follow what the live registry holds (survey of 1,200 documents, `ctdl-model` §3.5): an error is what
 * hardly any published document does.
 */
export const rules = {
  // The document as a whole
  malformed_json: error('A document is JSON.', 'RFC 8259'),
  unreadable_file: error('A file holds JSON documents in a readable encoding.', 'RFC 8259'),
  not_linked_data: error('A document is linked data: a graph, an envelope, a node or an array of nodes.', jsonLd),
  no_identity: error('Something in the document has an IRI or a CTID.', `${aboutCtid}, "CTID-Based URI Structure"`),
  not_expandable: error('A document expands with its own @context.', `${jsonLd} §5.1`),
  missing_context: error('A document names the @context that gives its keys a meaning.', `${jsonLd} §3.1`),
  http_namespace: warning(
    'Terms are written in the namespace of the vocabulary, https://purl.org/ctdl/terms/.',
    schema,
  ),
  resource_stated_twice: warning('A resource is described once in a document.', handbook),
  node_without_identity: warning('A node of the top level has an IRI or a CTID, or is pointed at.', handbook),
  findings_not_listed: note('At most 1,000 findings of a rule are listed.', here),
  issues_not_listed: note('At most 1,000 findings of a rule are listed.', here),
  read_with_loss: warning('A document can be read as linked data without loss.', jsonLd),
  nesting_cut: warning('Nodes nest at most 16 deep, and shared ones do not multiply without end.', here),
  keyword_left_out: note('Nodes are linked by properties.', jsonLd),

  // Identity
  malformed_ctid: error('A CTID is "ce-" and a UUID, 39 characters.', `${aboutCtid}, "CTID Structure"`),
  uppercase_ctid: warning('A CTID is written in lower case.', `${aboutCtid}, "CTID Structure"`),
  ctid_not_version_4: warning('The UUID of a CTID is of version 4.', `${aboutCtid}, "CTID Structure"`),
  ctid_and_iri_disagree: error(
    "A resource's CTID is the last segment of its IRI.",
    `${aboutCtid}, "CTID-Based URI Structure"`,
  ),
  malformed_registry_iri: error(
    'An IRI of the registry ends in a CTID after /resources/ or /graph/.',
    `${aboutCtid}, "CTID-Based URI Structure"`,
  ),
  duplicate_ctid: error('A CTID identifies one resource.', aboutCtid),

  // Publishing
  required_property_missing: error('The class requires the property.', policy),
  recommended_properties_missing: note('The class has properties that are recommended.', policy),
  status_not_stated: note('A status is stated; without one the registry assumes Active.', policy),
  profile_property_missing: warning('The profile requires the property.', policy),
  class_too_general: warning('A credential is published as one of the concrete classes.', policy),
  description_too_short: warning('A description has at least 15 characters.', policy),

  // Classes and properties
  missing_type: warning('A resource states its class.', handbook),
  unknown_class: warning('A class in the namespaces of CTDL is declared by its schema, or newer than it.', schema),
  renamed_class: warning('A class is called by its name of today.', schema),
  unprefixed_class: warning('A class is written with its prefix.', context),
  unknown_term: warning('A property in the namespaces of CTDL is declared by its schema, or newer than it.', schema),
  renamed_term: warning('A property is called by its name of today.', schema),
  unknown_key_dropped: warning('A key is a term of the context; JSON-LD drops any other.', `${jsonLd} §4.1`),
  key_with_blanks: warning('A key is written without blanks.', `${jsonLd} §4.1`),
  domain_violation: error('A property is used on the classes of its domain.', `${schema}, schema:domainIncludes`),
  range_violation: error('The value of a property is of a class of its range.', `${schema}, schema:rangeIncludes`),
  several_values: warning('A property that can hold for once only has one value.', policy),
  empty_object: note('A value says something.', jsonLd),

  // References
  relative_reference: error('A reference is an absolute IRI, a blank node or a node.', `${context}, "@type": "@id"`),
  reference_as_text: warning('An IRI is written so that it is read as one.', `${context}, "@type": "@id"`),
  bare_identifier: error('A reference is an IRI, not a bare CTID or UUID.', `${context}, "@type": "@id"`),
  dangling_blank_node: error(
    'A blank node is described in the document that uses it.',
    `${handbook}, "Blank Node Identifier"`,
  ),
  reference_outside_document: {
    severity: 'undetermined',
    rule: 'What is referred to exists and is of a class of the range.',
    source: `${schema}, schema:rangeIncludes`,
  },
  reference_to_ended: note('What is referred to is still offered.', `${schema}, ceterms:lifeCycleStatusType`),
  framework_mismatch: error('The competencies of a document are part of its framework.', `${schema}, ceasn:isPartOf`),
  inverse_one_directional: note('A relation that has an inverse is stated both ways.', `${schema}, owl:inverseOf`),
  inverse_mismatch: warning('Two statements that are inverse agree.', `${schema}, owl:inverseOf`),

  // Concepts
  unknown_concept: warning('A concept is one of the scheme, or newer than the schema.', `${schema}, meta:targetScheme`),
  concept_of_another_scheme: warning(
    'A concept is taken from the scheme of the property.',
    `${schema}, meta:targetScheme`,
  ),
  concept_by_name_only: note('A concept is pointed at by ceterms:targetNode.', handbook),

  // Literals
  language_map_in_array: warning('A language map holds all languages; lists stand inside it.', `${jsonLd} §4.2.4`),
  language_map_unexpected: warning('A language map stands only where the context says so.', context),
  malformed_language_tag: warning('A language is tagged by BCP 47.', 'BCP 47 (RFC 5646)'),
  text_without_language: note('A text states its language.', `${context}, "@container": "@language"`),
  text_cut: warning('A text has at most 100,000 characters.', here),
  unreadable_literal: warning('A literal is text, a number, true or false.', jsonLd),
  malformed_language: error('A language is a tag of BCP 47.', 'BCP 47 (RFC 5646)'),
  malformed_date: error('A date is a day that exists, in ISO 8601.', 'ISO 8601; XML Schema, xsd:date'),
  imprecise_date: warning('A date is a whole day; an uncertain one has a property of its own.', `${schema}, xsd:date`),
  dates_out_of_order: error('A beginning is not after its end.', schema),
  malformed_duration: error('A duration is in ISO 8601.', 'ISO 8601-2:2019, durations'),
  minimum_above_maximum: error('A minimum is not above its maximum.', schema),
  malformed_number: error('A number is a number of its datatype.', `${context}, datatypes`),
  malformed_boolean: error('A yes or no is true or false.', `${context}, xsd:boolean`),
  number_out_of_range: error('A number can be what it measures.', schema),
  malformed_currency: error('A currency is a code of ISO 4217.', 'ISO 4217'),
  price_without_currency: warning('A price states its currency.', `${schema}, ceterms:currency`),
  costs_do_not_add_up: warning('A total is the sum of its parts.', `${schema}, costType:AggregateCost`),
  credit_without_unit: warning('An amount of credit states its unit.', `${schema}, ceterms:creditUnitType`),
  malformed_address: error('An address is an absolute URL.', 'RFC 3986'),
  address_not_http: warning('A page is reached by http or https.', policy),
} satisfies Record<string, Rule>;

export type RuleCode = keyof typeof rules;

export function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(rules, code);
}
