import { readCtid } from '@credatlas/ctdl';
import type { GraphNode } from '@credatlas/model';
import type { ClassName, Term } from './ContextTable.ts';
import { NeedsFullAlgorithm } from './expandByTable.ts';
import type { IssueList } from './IssueList.ts';
import { isBlank, type LiteralFrame, LiteralReader } from './LiteralReader.ts';
import { LocalNodes } from './LocalNodes.ts';
import { isEvidentLanguageMap, isMapOfTexts } from './languageMaps.ts';
import { mergeNode } from './mergeNode.ts';
import { absoluteIri, hasContent, type Place, referredIri, resolved, resourceIri } from './Place.ts';
import { escapedStep, isObject, pointerTo, pointerToItem, shown } from './pointer.ts';

/** Inlining stops here; real conditions nest four deep. */
const maxInlineDepth = 16;
/** Values read again because several nodes share a blank node: they must not multiply without end. */
const maxRepeatedValues = 200_000;

export interface FoundNode {
  node: GraphNode;
  primary: boolean;
}

/** Where in the tree of blank nodes the reader is. */
interface Nesting {
  depth: number;
  trail: readonly object[];
  isRepeat: boolean;
}

/** One property of one node, while its values are read. */
interface Frame extends LiteralFrame {
  nesting: Nesting;
}

/** What JSON-LD gives a meaning to in a node; other keys with an @ are dropped like any unknown one. */
const structural = new Set(['@context', '@graph', '@included', '@nest', '@reverse', '@language', '@direction']);
/** For nodes that stand under a keyword. */
const noTerm: Term = {
  iri: '',
  coercion: 'none',
  stated: '',
  name: '',
  step: '',
  isLiteral: true,
  hasSynonym: false,
  faults: [],
};
const outermost: Nesting = { depth: 0, trail: [], isRepeat: false };

/** Reads nodes as they are written into nodes with an identity, each with its blank nodes inlined. Linear in what is written out. */
export class GraphReader {
  readonly #issues: IssueList;
  readonly #literals: LiteralReader;
  readonly #found = new Map<string, FoundNode>();
  readonly #embedded: { iri: string; place: Place }[] = [];
  readonly #lifted = new Set<object>();
  readonly #inlined = new Set<object>();
  #local = new LocalNodes([]);
  #repeatedValues = 0;
  #scope = '';

  constructor(issues: IssueList) {
    this.#issues = issues;
    this.#literals = new LiteralReader(issues);
  }

  /** Throws NeedsFullAlgorithm for keywords that only the full algorithm reads. */
  read(tops: readonly Place[]): FoundNode[] {
    this.#local = new LocalNodes(tops);
    const anonymous: Place[] = [];
    for (const place of tops) {
      const iri = resourceIri(place);
      this.#scope ||= iri ?? '';
      if (iri === undefined) anonymous.push(place);
      else this.#resource(iri, place, true);
    }
    // The list grows while it is read: embedded nodes embed nodes.
    for (const { iri, place } of this.#embedded) this.#resource(iri, place, false);
    for (const place of anonymous) {
      if (this.#inlined.has(place.raw)) continue;
      this.#issues.add({
        code: 'node_without_identity',
        path: place.pointer,
        message: 'This node has neither an IRI nor a CTID and nothing points at it, so it is left out. Give it a CTID.',
      });
    }
    return [...this.#found.values()];
  }

  #resource(iri: string, place: Place, primary: boolean): void {
    const node = this.#node(place, outermost, iri);
    const id = place.raw['@id'];
    if (typeof id === 'string' && !id.startsWith('_:') && absoluteIri(place.part.table.idOf(id)) === undefined)
      this.#relative(id, { path: pointerTo(place.pointer, '@id'), iri });
    const known = this.#found.get(iri);
    if (!known) {
      this.#found.set(iri, { node, primary });
      return;
    }
    known.primary ||= primary;
    if (mergeNode(known.node, node)) return;
    this.#issues.add(
      {
        code: 'resource_stated_twice',
        path: place.pointer,
        message: `${iri} is described more than once in this document, and differently; the first value of each property counts. Merge the descriptions.`,
      },
      `twice ${iri}`,
    );
  }

  #node(place: Place, nesting: Nesting, uri?: string): GraphNode {
    const { raw, part, pointer } = place;
    const types = this.#types(place);
    const node: GraphNode =
      uri === undefined ? { types, properties: {}, path: pointer } : { uri, types, properties: {}, path: pointer };
    for (const key in raw) {
      const content = raw[key];
      if (content === null || content === undefined) continue;
      if (key.startsWith('@')) {
        this.#keyword(key, place, nesting);
        continue;
      }
      const term = this.#term(key, place);
      if (!term) continue;
      const frame: Frame = { term, part, nesting, isList: Array.isArray(content), out: [] };
      this.#value(content, pointer + term.step, frame);
      if (nesting.isRepeat) this.#repeatedValues += frame.out.length;
      const known = node.properties[term.name];
      if (known) for (const value of frame.out) known.push(value);
      else if (frame.out.length > 0) node.properties[term.name] = frame.out;
    }
    return node;
  }

  #types({ raw, part, pointer }: Place): string[] {
    const stated = raw['@type'];
    if (stated === undefined) return [];
    const names: string[] = [];
    for (const type of Array.isArray(stated) ? stated : [stated]) {
      if (typeof type !== 'string' || type === '') continue;
      const known = part.table.typeOf(type);
      if (known.name !== known.stated || !known.name.includes(':')) this.#classIssue(known, `${pointer}/@type`);
      names.push(known.name);
    }
    return names.length > 1 ? [...new Set(names)] : names;
  }

  #classIssue({ stated, name }: ClassName, path: string): void {
    const isBare = !stated.includes(':');
    const message = isBare
      ? `The class "${stated}" has no prefix, so JSON-LD reads it as a relative address; read as ${name}. Write the prefix.`
      : `The class ${stated} is now ${name}; read as that. Rename it.`;
    this.#issues.add({ code: isBare ? 'unprefixed_class' : 'renamed_class', path, message }, `class ${stated}`);
  }

  #keyword(key: string, place: Place, nesting: Nesting): void {
    const { raw, part, pointer, isRoot } = place;
    if (key === '@id' || key === '@type' || key === '@index') return;
    if (isRoot && (key === '@context' || key === '@graph')) return;
    if (key === '@context' && raw[key] === part.context) return;
    if (!structural.has(key)) this.#dropped(key, place);
    else if (!part.pointers) throw new NeedsFullAlgorithm();
    else {
      // The nodes in it are read; what links them to this one has no place in a tree.
      const content = raw[key];
      const values = key === '@reverse' && isObject(content) ? Object.values(content) : [content];
      for (const value of values) this.#value(value, pointer, { term: noTerm, part, nesting, isList: true, out: [] });
      const message = `${key} links nodes in a way that is not kept; the nodes are. State the property on the node that has it.`;
      this.#issues.add({ code: 'keyword_left_out', path: pointer, message });
    }
  }

  /** Undefined for a key that no context knows. */
  #term(key: string, place: Place): Term | undefined {
    const { part, pointer } = place;
    const term = part.table.term(key);
    if (term) {
      for (const { subject, issue } of term.faults)
        this.#issues.add({ ...issue, path: pointerTo(pointer, key) }, subject);
      return term;
    }
    const name = key.replace(/\s+/g, '');
    const meant = name === key ? undefined : part.table.term(name);
    if (!meant) return this.#dropped(key, place);
    const message = `The key "${shown(key)}" holds blanks; read as "${name}". Remove them.`;
    this.#issues.add({ code: 'key_with_blanks', path: pointerTo(pointer, key), message });
    return { ...meant, step: `/${escapedStep(key)}` };
  }

  #dropped(key: string, { raw, pointer }: Place): undefined {
    const message = `The key "${shown(key)}" is in no context, so JSON-LD drops it. Use a term of CTDL.`;
    this.#issues.add({ code: 'unknown_key_dropped', path: pointerTo(pointer, key), message, raw: raw[key] });
  }

  #value(value: unknown, pointer: string, frame: Frame): void {
    if (typeof value === 'string') this.#text(value, pointer, frame);
    else if (typeof value === 'number' || typeof value === 'boolean') this.#literals.plain(value, pointer, frame);
    else if (Array.isArray(value)) this.#list(value, pointer, frame);
    else if (isObject(value)) this.#object(value, frame.part.pointers?.get(value) ?? pointer, frame);
  }

  #list(values: unknown[], pointer: string, frame: Frame): void {
    const inner = frame.isList ? frame : { ...frame, isList: true };
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      if (Array.isArray(value)) this.#nestedList(value, pointerToItem(pointer, index), inner);
      else this.#value(value, pointerToItem(pointer, index), inner);
    }
  }

  #nestedList(values: unknown[], pointer: string, frame: Frame): void {
    const { nesting } = frame;
    if (nesting.depth >= maxInlineDepth) this.#cut(pointer);
    else this.#list(values, pointer, { ...frame, nesting: { ...nesting, depth: nesting.depth + 1 } });
  }

  #text(text: string, path: string, frame: Frame): void {
    const { term } = frame;
    if (term.coercion === 'id' && !term.isLiteral) this.#reference(text, path, frame);
    else this.#literals.text(text, path, frame);
  }

  #object(value: Record<string, unknown>, pointer: string, frame: Frame): void {
    if ('@value' in value) {
      this.#literals.valueObject(value, pointer, frame);
      return;
    }
    const list = value['@list'] ?? value['@set'];
    if (list !== undefined) {
      const values = Array.isArray(list) ? list : [list];
      this.#nestedList(values, pointerTo(pointer, '@list' in value ? '@list' : '@set'), frame);
      return;
    }
    if (frame.term.coercion === 'language' ? isMapOfTexts(value) : isEvidentLanguageMap(value)) {
      this.#literals.languageMap(value, pointer, frame);
      return;
    }
    this.#embedding({ raw: value, pointer, part: frame.part }, frame);
  }

  #embedding(place: Place, frame: Frame): void {
    const { raw, pointer } = place;
    const id = raw['@id'];
    if (typeof id === 'string' && !hasContent(raw)) {
      this.#reference(id, pointer, frame);
      return;
    }
    const iri = referredIri(place);
    if (iri !== undefined) {
      // A shared blank node comes by here again and again, perhaps from within the very resource that it embeds.
      if (!this.#lifted.has(raw)) this.#embedded.push({ iri, place });
      this.#lifted.add(raw);
      frame.out.push({ reference: iri, path: pointer });
      return;
    }
    if (!isEmpty(raw)) {
      this.#inline(place, pointer, frame);
      return;
    }
    const message = 'An empty object says nothing; it is left out. Remove it.';
    this.#issues.add({ code: 'empty_object', path: pointer, severity: 'note', message });
  }

  #reference(id: string, path: string, frame: Frame): void {
    const { part, out } = frame;
    if (isBlank(id)) return;
    const local = this.#local.get(id);
    if (local) {
      const iri = referredIri(local);
      if (iri === undefined) this.#inline(local, path, frame);
      else out.push({ reference: iri, path });
      return;
    }
    if (id.startsWith('_:')) {
      const message = `${shown(id)} is described nowhere in this document. Include the node, or point at its IRI.`;
      this.#issues.add({ code: 'dangling_blank_node', path, message, raw: id });
      out.push({ reference: this.#scoped(id), path });
      return;
    }
    const absolute = absoluteIri(part.table.idOf(id));
    const iri = absolute ?? (/[/#?]/.test(id) ? resolved(id, part) : undefined);
    if (absolute === undefined && iri !== undefined) this.#relative(id, { path, iri });
    if (iri === undefined) {
      const message = `"${shown(id)}" is no IRI where one belongs; kept as text. Write an absolute IRI.`;
      this.#issues.add({ code: 'relative_reference', path, message, raw: id });
      out.push({ literal: id, path });
      return;
    }
    if (!id.includes('/') && readCtid(id).ctid) {
      const message = `"${shown(id)}" is a bare CTID or UUID; read as ${iri}. Write the IRI.`;
      this.#issues.add({ code: 'bare_identifier', path, message, raw: id });
    }
    out.push({ reference: iri, path });
  }

  #relative(id: string, { path, iri }: { path: string; iri: string }): void {
    const message = `"${shown(id)}" is relative; read as ${iri}, against the address of the document. Write an absolute IRI.`;
    this.#issues.add({ code: 'relative_reference', path, message, raw: id });
  }

  #inline(place: Place, path: string, { nesting, out }: Frame): void {
    const { raw } = place;
    if (nesting.trail.includes(raw)) {
      out.push({ reference: this.#scoped(String(raw['@id'])), path });
      return;
    }
    if (nesting.depth >= maxInlineDepth || this.#repeatedValues > maxRepeatedValues) {
      this.#cut(path);
      return;
    }
    const isRepeat = nesting.isRepeat || this.#inlined.has(raw);
    this.#inlined.add(raw);
    const inner = { depth: nesting.depth + 1, trail: [...nesting.trail, raw], isRepeat };
    out.push({ node: this.#node(place, inner), path });
  }

  /** Labels mean something within their document only, so what is left of one carries the document's name. */
  #scoped(label: string): string {
    return `_:${this.#scope.replace(/^.*\/(?=.)/, '').replace(/[^\w-]/g, '-')}.${label.slice(2)}`;
  }

  #cut(path: string): void {
    this.#issues.add({
      code: 'nesting_cut',
      path,
      message: `Nesting beyond ${maxInlineDepth} levels, or beyond ${maxRepeatedValues} values of shared nodes, is cut here. Give the parts IRIs of their own.`,
    });
  }
}

function isEmpty(raw: Record<string, unknown>): boolean {
  for (const _ in raw) return false;
  return true;
}
