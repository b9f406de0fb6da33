import { referenceKey } from '@credatlas/ctdl';
import type { Confidence, GraphValue, Skill, StoredResource } from '@credatlas/model';
import { type IdentifiedSkill, identifySkill, type SkillTable } from '@credatlas/skills';
import { alignmentOf, irisOf, keyOf, languageMapOf, literalOf, nameOf } from './reading.ts';

/** A skill as it is named, before anyone claims it: with the keys of what the public schemes say it is a kind of. */
export interface NamedSkill {
  skill: Omit<Skill, 'broader' | 'relation' | 'confidence' | 'via'>;
  confidence: Confidence;
  broader: string[];
}

/** What a value of a property says of a skill: the key of the resource that it points at, and what it names by itself. */
export interface StatedSkill {
  key?: string;
  named?: NamedSkill;
}

/**
 * What competencies and statements of skills are known by: a course is a part of many credentials, so each is read once and kept as
 * long as it lives itself.
 */
export class SkillReader {
  readonly table: SkillTable;
  readonly #competencies = new WeakMap<StoredResource, NamedSkill | 'none'>();
  readonly #statements = new WeakMap<GraphValue, StatedSkill>();

  constructor(table: SkillTable) {
    this.table = table;
  }

  /** Undefined for a competency without a name. */
  competency(resource: StoredResource): NamedSkill | undefined {
    const known = this.#competencies.get(resource);
    if (known) return known === 'none' ? undefined : known;
    const read = this.#readCompetency(resource);
    this.#competencies.set(resource, read ?? 'none');
    return read;
  }

  stated(value: GraphValue): StatedSkill {
    const known = this.#statements.get(value);
    if (known) return known;
    const stated: StatedSkill = {};
    const named = this.#readStatement(value);
    if (named) stated.named = named;
    const key =
      keyOf(value) ??
      (named?.skill.uri !== undefined && !('literal' in value) ? referenceKey(named.skill.uri) : undefined);
    if (key !== undefined) stated.key = key;
    this.#statements.set(value, stated);
    return stated;
  }

  /** The key of a skill that a resource or an IRI is known by. */
  identify(uri: string, label?: string): IdentifiedSkill | undefined {
    return identifySkill(label ? { uri, label } : { uri }, this.table);
  }

  #readStatement(value: GraphValue): NamedSkill | undefined {
    const { uri, code, label, labels, framework, frameworkName, weight } = alignmentOf(value);
    const reference: Parameters<typeof identifySkill>[0] = {};
    if (uri) reference.uri = uri;
    if (code) reference.code = code;
    if (label) reference.label = label;
    const within = frameworkName ?? framework;
    if (within) reference.framework = within;
    const identity = identifySkill(reference, this.table);
    if (!identity) return undefined;
    const skill = { key: identity.key } as NamedSkill['skill'];
    if (identity.merged) skill.merged = identity.merged;
    skill.label = label || code || uri || identity.key;
    if (labels && Object.keys(labels).length > 0) skill.labels = labels;
    if (uri) skill.uri = uri;
    const stated = code ?? identity.code;
    if (stated) skill.code = stated;
    if (identity.scheme) skill.scheme = identity.scheme;
    if (frameworkName) skill.frameworkName = frameworkName;
    if (framework) skill.frameworkUri = framework;
    if (weight !== undefined) skill.weight = weight;
    return { skill, confidence: identity.confidence, broader: this.table.broaderThan(identity.key) };
  }

  #readCompetency(resource: StoredResource): NamedSkill | undefined {
    const { node, uri } = resource;
    const code = (literalOf(node, 'ceasn:codedNotation') ?? literalOf(node, 'skos:notation'))?.text;
    const label = nameOf(node) ?? code;
    const own = this.identify(addressOf(resource), label);
    const identity = own && this.#alignedExactly(resource, own);
    if (!identity || !label) return undefined;
    const labelProperty = node.properties['ceasn:competencyLabel'] ? 'ceasn:competencyLabel' : 'ceasn:competencyText';
    const skill = { key: identity.key } as NamedSkill['skill'];
    if (identity.merged) skill.merged = identity.merged;
    skill.label = label;
    skill.labels = languageMapOf(node, labelProperty);
    skill.uri = uri;
    if (code) skill.code = code;
    if (identity.scheme) skill.scheme = identity.scheme;
    return { skill, confidence: 'linked', broader: this.table.broaderThan(identity.key) };
  }

  /** What a competency says is exactly the same in a public scheme is its identity, unless its name already gave it one. */
  #alignedExactly(resource: StoredResource, own: IdentifiedSkill): IdentifiedSkill {
    if (this.table.concept(own.key)) return own;
    for (const { iri } of irisOf(resource.node, 'ceasn:exactAlignment')) {
      const aligned = this.identify(iri);
      if (!aligned || !publicSchemes.has(aligned.scheme)) continue;
      const key = own.merged?.key ?? own.key;
      return { ...aligned, merged: { key, because: `it is exactly aligned with ${iri}` } };
    }
    return own;
  }
}

/** Schemes that many know a skill by. */
const publicSchemes: ReadonlySet<string | undefined> = new Set(['esco', 'onet', 'lightcast', 'case']);

/** What identifies a competency: its CTID, wherever it is published. */
export function addressOf({ ctid, uri }: StoredResource): string {
  return ctid ? `/resources/${ctid}` : uri;
}
