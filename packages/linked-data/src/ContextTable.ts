import { currentTerm } from '@credatlas/ctdl';
import { compactName, compactType, ctdlNamespaces } from './compactName.ts';
import type { ContextFacts, TermDefinition } from './facts.ts';
import { readLanguageTag } from './languageMaps.ts';
import { escapedStep } from './pointer.ts';
import { type SpellingFault, spellingFaults } from './spellingFaults.ts';

export type Coercion = 'none' | 'id' | 'language' | { datatype: string };

/** What a table knows of one key. */
export interface Term {
  /** As standard expansion has it. */
  iri: string;
  coercion: Coercion;
  /** Compact name in the document's own spelling of the namespace (`ceterms:url`). */
  stated: string;
  /** Compact name of today (`ceterms:subjectWebpage`). */
  name: string;
  /** Datatype of its values, compact. */
  datatype?: string;
  /** The key as a step of a JSON pointer, with its slash. */
  step: string;
  /** True where the context says IRI though values are literals. */
  isLiteral: boolean;
  /** True once another key of the same IRI was seen. */
  hasSynonym: boolean;
  faults: readonly SpellingFault[];
}

/** Compact names of a class: as the document has it, and as it is called today. */
export interface ClassName {
  stated: string;
  name: string;
}

/** A language tag as documents write it: the language in lower case, unless it is none, and the tag as a step of a pointer. */
export interface LanguageTag {
  language: string | undefined;
  step: string;
  isMalformed: boolean;
}

interface Mapping {
  iri: string;
  coercion: Coercion;
  isPrefix: boolean;
}

/** Keys that a table remembers: real documents use some hundreds, a flood of invented ones must not fill memory. */
const maxRemembered = 20_000;
/** Terms that the published contexts coerce to IRIs though their ranges are dates and amounts. */
const literalTerms = new Set([
  'ceterms:approximateClosingDate',
  'ceterms:approximateDateEffective',
  'ceterms:approximateEndDate',
  'ceterms:approximateExpirationDate',
  'ceterms:approximateStartDate',
  'ceasn:approximateDateCreated',
  'ceasn:approximateDateModified',
  'ceterms:highEarnings',
  'ceterms:lowEarnings',
  'ceterms:medianEarnings',
]);
/** As JSON-LD processors test it: a scheme and no blanks. */
const absoluteIri = /^(?:[A-Za-z][A-Za-z0-9+.-]*|_):\S*$/;

/** Term → IRI and coercion, for one known context: what the JSON-LD algorithm would look up, looked up once. */
export class ContextTable {
  readonly #mappings = new Map<string, Mapping>();
  readonly #terms = new Map<string, Term | null>();
  readonly #byIri = new Map<string, Term>();
  readonly #types = new Map<string, ClassName>();
  readonly #tags = new Map<string, LanguageTag>();
  #language: string | undefined;
  #ctidKeys: string[] = [];

  /** Undefined when a context uses more than prefixes, a language, and `@id`, language and datatype coercion: the full algorithm then does it. */
  static of(...contexts: ContextFacts[]): ContextTable | undefined {
    const table = new ContextTable();
    if (!contexts.every((context) => table.#add(context))) return undefined;
    table.#ctidKeys = table.#keysOf('ctid');
    return table;
  }

  /** Language of plain text, in lower case. */
  get language(): string | undefined {
    return this.#language;
  }

  /** Every key that means `ceterms:ctid` here. */
  get ctidKeys(): readonly string[] {
    return this.#ctidKeys;
  }

  /** Undefined for what standard expansion drops. */
  term(key: string): Term | undefined {
    const known = this.#terms.get(key);
    if (known !== undefined) return known ?? undefined;
    if (this.#terms.size >= maxRemembered) {
      this.#terms.clear();
      this.#byIri.clear();
    }
    const term = this.#compile(key);
    this.#terms.set(key, term ?? null);
    if (term) this.#compareSpellings(term);
    return term;
  }

  /** What a class is called here and today. */
  typeOf(type: string): ClassName {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    if (this.#types.size >= maxRemembered) this.#types.clear();
    const stated = compactName(this.term(type)?.iri ?? type);
    const name = compactType(stated);
    const found = { name, stated };
    this.#types.set(type, found);
    return found;
  }

  tagOf(tag: string): LanguageTag {
    const known = this.#tags.get(tag);
    if (known !== undefined) return known;
    if (this.#tags.size >= maxRemembered) this.#tags.clear();
    const language = readLanguageTag(tag);
    const found = { language, step: `/${escapedStep(tag)}`, isMalformed: language !== tag.toLowerCase() };
    this.#tags.set(tag, found);
    return found;
  }

  /** Absolute IRI of an `@id`; relative ones and blank node labels come back as they are. */
  idOf(value: string): string {
    return this.#expandedName(value) ?? value;
  }

  #compareSpellings(term: Term): void {
    const other = this.#byIri.get(term.iri);
    if (!other) this.#byIri.set(term.iri, term);
    else {
      other.hasSynonym = true;
      term.hasSynonym = true;
    }
  }

  #expandedName(name: string): string | undefined {
    const colon = name.indexOf(':');
    if (colon < 1) return undefined;
    if (name.startsWith('//', colon + 1) || name.startsWith('_:')) return name;
    const prefix = this.#mappings.get(name.slice(0, colon));
    if (prefix?.isPrefix) return prefix.iri + name.slice(colon + 1);
    return absoluteIri.test(name) ? name : undefined;
  }

  #compile(key: string): Term | undefined {
    const mapping = this.#mappings.get(key);
    const iri = mapping?.iri ?? this.#expandedName(key);
    if (iri === undefined || !absoluteIri.test(iri)) return undefined;
    const coercion = mapping?.coercion ?? 'none';
    const stated = compactName(iri);
    const name = currentTerm(stated);
    return {
      iri,
      coercion,
      stated,
      name,
      step: `/${escapedStep(key)}`,
      isLiteral: literalTerms.has(name),
      hasSynonym: false,
      faults: spellingFaults({ iri, stated, name }),
      ...(typeof coercion === 'object' ? { datatype: compactName(coercion.datatype) } : {}),
    };
  }

  #keysOf(local: string): string[] {
    const prefixes = [...this.#mappings].filter(([, { isPrefix }]) => isPrefix).map(([name]) => `${name}:${local}`);
    const spelt = ctdlNamespaces.map((namespace) => namespace + local);
    const candidates = [...prefixes, ...this.#mappings.keys(), ...spelt];
    return [...new Set(candidates)].filter((key) => this.#compile(key)?.name === `ceterms:${local}`);
  }

  /** Prefixes first, then what is written with them, then terms with coercions. */
  #add(context: ContextFacts): boolean {
    const { '@language': language, '@version': _version, ...definitions } = context;
    if (language !== undefined) this.#language = String(language).toLowerCase();
    const all = Object.entries(definitions);
    const texts = all.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    const absolute = texts.filter(([, value]) => value.includes('://'));
    const relative = texts.filter(([, value]) => !value.includes('://'));
    // A prefix that is itself written with a prefix of the same rank would need JSON-LD's order of dependencies.
    const pending = new Set(relative.map(([name]) => name));
    return (
      all.every(([name]) => isPlainName(name)) &&
      relative.every(([, value]) => !pending.has(value.slice(0, value.indexOf(':')))) &&
      [...absolute, ...relative].every(([name, value]) => this.#define(name, value)) &&
      all.every(([name, definition]) => typeof definition === 'string' || this.#defineTerm(name, definition))
    );
  }

  #define(name: string, value: string): boolean {
    const iri = this.#expandedName(value);
    if (name.includes(':') || iri === undefined || iri.startsWith('_:') || !absoluteIri.test(iri)) return false;
    // JSON-LD 1.1 §9.3: a plain mapping is a prefix when it ends in a delimiter.
    this.#mappings.set(name, { iri, coercion: 'none', isPrefix: /[:/?#[\]@]$/.test(iri) });
    return true;
  }

  #defineTerm(name: string, definition: Exclude<TermDefinition, string>): boolean {
    const { '@id': id, '@type': type, '@container': container, ...rest } = definition;
    const isKnownForm =
      Object.keys(rest).length === 0 &&
      (container === undefined || container === '@set' || (container === '@language' && type === undefined)) &&
      [id, type].every((each) => each === undefined || typeof each === 'string') &&
      !(id !== undefined && name.includes(':'));
    const iri = this.#expandedName(id ?? name);
    const coercion = this.#coercion(type, container);
    if (!isKnownForm || !iri || iri.startsWith('_:') || !absoluteIri.test(iri) || !coercion) return false;
    this.#mappings.set(name, { iri, coercion, isPrefix: false });
    return true;
  }

  #coercion(type: string | undefined, container: string | undefined): Coercion | undefined {
    if (container === '@language') return 'language';
    if (type === undefined) return 'none';
    if (type === '@id') return 'id';
    const datatype = this.#expandedName(type);
    return datatype && absoluteIri.test(datatype) && !datatype.startsWith('_:') ? { datatype } : undefined;
  }
}

/** Neither empty nor shaped like a keyword nor a path, which JSON-LD treats by rules of their own. */
function isPlainName(name: string): boolean {
  return name !== '' && !name.startsWith('@') && !name.includes('/');
}
