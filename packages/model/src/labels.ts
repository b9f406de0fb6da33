import type { Credential } from './credential.ts';
import type { KeywordField } from './search.ts';

/** A name that people use for a keyword value: what facets show, and what a filter may be written with. */
export interface Label {
  field: KeywordField;
  value: string;
  label: string;
  /** Other ways to name it: IRIs, codes, CTIDs. */
  aliases: string[];
}

/** The keyword values of a credential that have a name of their own. */
export function labelsOf(credential: Credential): Label[] {
  return [
    ...credential.skills.map((skill) => label('skill', skill.key, skill.label, skill.uri, skill.code)),
    ...[...credential.owners, ...credential.offerers].map((party) =>
      label('provider', partyKey(party), party.name ?? '', party.uri, party.ctid),
    ),
    ...credential.recognition.flatMap(({ agent }) =>
      agent ? [label('recognizedBy', partyKey(agent), agent.name ?? '', agent.uri, agent.ctid)] : [],
    ),
    ...credential.occupations.map((code) => label('occupation', codeKey(code), code.label ?? '', code.uri)),
    ...credential.programs.map((code) => label('program', codeKey(code), code.label ?? '', code.uri)),
    ...credential.industries.map((code) => label('industry', codeKey(code), code.label ?? '', code.uri)),
    ...credential.subjects.map((term) => label('subject', term.key, term.label, term.uri)),
    ...credential.keywords.map((term) => label('keyword', term.key, term.label)),
    ...credential.collections.map((collection) =>
      label('collection', collectionKey(collection), collection.name ?? '', collection.uri),
    ),
  ].filter(({ value, label }) => value !== '' && label !== '');
}

/** Keyword value of a party: our id when it was found, else its IRI, else its name. */
export function partyKey(party: { id?: string; uri?: string; name?: string }): string {
  return party.id ?? party.uri ?? party.name ?? '';
}

/** Keyword value of a code: the code, else the IRI, else the label. */
export function codeKey(code: { code?: string; uri?: string; label?: string }): string {
  return code.code ?? code.uri ?? code.label ?? '';
}

/** Keyword value of a collection: its name in lower case, so that people can write it; else its IRI. */
export function collectionKey(collection: { uri: string; name?: string }): string {
  return collection.name?.toLowerCase() ?? collection.uri;
}

function label(field: KeywordField, value: string, text: string, ...aliases: (string | undefined)[]): Label {
  return {
    field,
    value,
    label: text,
    aliases: aliases.filter((alias): alias is string => alias !== undefined && alias !== value),
  };
}
