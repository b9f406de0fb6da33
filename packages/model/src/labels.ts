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
    ...credential.skills.map((skill) =>
      label('skill', { value: skill.key, label: skill.label, aliases: [skill.uri, skill.code, skill.merged?.key] }),
    ),
    ...[...credential.owners, ...credential.offerers].map((party) =>
      label('provider', { value: partyKey(party), label: party.name ?? '', aliases: [party.uri, party.ctid] }),
    ),
    ...credential.recognition.flatMap(({ agent }) =>
      agent
        ? [label('recognizedBy', { value: partyKey(agent), label: agent.name ?? '', aliases: [agent.uri, agent.ctid] })]
        : [],
    ),
    ...credential.occupations.map((code) =>
      label('occupation', { value: codeKey(code), label: code.label ?? '', aliases: [code.uri] }),
    ),
    ...credential.programs.map((code) =>
      label('program', { value: codeKey(code), label: code.label ?? '', aliases: [code.uri] }),
    ),
    ...credential.industries.map((code) =>
      label('industry', { value: codeKey(code), label: code.label ?? '', aliases: [code.uri] }),
    ),
    ...credential.subjects.map((term) => label('subject', { value: term.key, label: term.label, aliases: [term.uri] })),
    ...credential.keywords.map((term) => label('keyword', { value: term.key, label: term.label, aliases: [] })),
    ...credential.collections.map((collection) =>
      label('collection', {
        value: collectionKey(collection),
        label: collection.name ?? '',
        aliases: [collection.uri],
      }),
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

function label(field: KeywordField, name: { value: string; label: string; aliases: (string | undefined)[] }): Label {
  const aliases = name.aliases.filter((alias): alias is string => alias !== undefined && alias !== name.value);
  return { field, value: name.value, label: name.label, aliases };
}
