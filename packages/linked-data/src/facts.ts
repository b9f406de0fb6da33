/** The term definitions of a published JSON-LD context, as far as CTDL's contexts use them. */
export type TermDefinition = string | { '@id'?: string; '@type'?: string; '@container'?: string };

export type ContextFacts = Readonly<Record<string, TermDefinition>>;
