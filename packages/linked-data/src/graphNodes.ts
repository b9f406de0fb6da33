import { canonicalIri, ctidOf, currentTerm, isReference, propertyOf, readCtid, registryIri } from '@credatlas/ctdl';
import type { GraphLiteral, GraphNode, GraphValue, Issue } from '@credatlas/model';
import { compactName, compactType, isCtdlName } from './compactName.ts';
import type { Expanded } from './expandByTable.ts';
import { asArray, isObject, shown } from './pointer.ts';

/** Inlining stops here; real conditions nest four deep. */
const maxInlineDepth = 16;
/** Inlined nodes of one document: shared blank nodes must not multiply without end. */
const maxInlinedNodes = 200_000;

export interface FoundNode {
  node: GraphNode;
  primary: boolean;
}

/** Expanded nodes → nodes with an identity, each with its blank nodes inlined. Linear in what is written out. */
export function graphNodes(
  roots: Expanded[],
  pointers: WeakMap<object, string>,
): { nodes: FoundNode[]; issues: Issue[] } {
  return new GraphBuilder(pointers).build(roots);
}

class GraphBuilder {
  readonly #pointers: WeakMap<object, string>;
  readonly #blank = new Map<string, Expanded>();
  readonly #used = new Set<string>();
  readonly #found = new Map<string, FoundNode>();
  readonly #issues: Issue[] = [];
  readonly #noted = new Set<string>();
  #inlined = 0;

  constructor(pointers: WeakMap<object, string>) {
    this.#pointers = pointers;
  }

  build(roots: Expanded[]): { nodes: FoundNode[]; issues: Issue[] } {
    const top = roots.flatMap((root) => [
      ...(hasContent(root) ? [root] : []),
      ...(asArray(root['@graph']) as Expanded[]),
    ]);
    for (const node of top) {
      const id = node['@id'];
      if (typeof id === 'string' && id.startsWith('_:') && !this.#blank.has(id)) this.#blank.set(id, node);
    }
    const anonymous = top.filter((node) => this.#identityOf(node) === undefined);
    for (const node of top) if (this.#identityOf(node) !== undefined) this.#lift(node, true);
    for (const node of anonymous) this.#reportUnused(node);
    return { nodes: [...this.#found.values()], issues: this.#issues };
  }

  /** Canonical IRI of a node that has one, or the registry's for its CTID. */
  #identityOf(node: Expanded): string | undefined {
    const id = node['@id'];
    if (typeof id === 'string' && !id.startsWith('_:')) {
      const ctid = readCtid(id).ctid;
      if (ctid) return registryIri(ctid);
      if (isReference(id)) return canonicalIri(id);
    }
    const ctid = ctidIn(node);
    return ctid && registryIri(ctid);
  }

  #lift(node: Expanded, primary: boolean): string {
    const uri = this.#identityOf(node) ?? '';
    const path = this.#pathOf(node);
    const known = this.#found.get(uri);
    const target: GraphNode = known?.node ?? { uri, types: [], properties: {}, path };
    if (!known) this.#found.set(uri, { node: target, primary });
    else {
      known.primary ||= primary;
      if (known.node.types.length > 0 && Object.keys(node).length > 2) {
        this.#note({
          code: 'resource_stated_twice',
          path,
          message: `${uri} is described more than once in this document; the first value of each property counts. Merge the descriptions.`,
        });
      }
    }
    const already = new Set(Object.keys(target.properties));
    target.types = [...new Set([...target.types, ...this.#typesOf(node)])];
    this.#fill(target, node, { depth: 0, trail: [], skip: already });
    return uri;
  }

  #fill(target: GraphNode, node: Expanded, at: { depth: number; trail: Expanded[]; skip?: Set<string> }): void {
    for (const [iri, values] of Object.entries(node)) {
      if (iri.startsWith('@') || !Array.isArray(values) || values.length === 0) continue;
      const name = this.#propertyName(iri, values);
      if (at.skip?.has(name)) continue;
      const read = values.flatMap((value) => this.#value(value as Expanded, at));
      if (read.length === 0) continue;
      target.properties[name] = [...(target.properties[name] ?? []), ...read];
    }
  }

  #value(value: Expanded, at: { depth: number; trail: Expanded[] }): GraphValue[] {
    if (!isObject(value)) return [];
    const path = this.#pathOf(value);
    if ('@value' in value) return literal(value, path);
    const list = asArray(value['@list'] ?? value['@set']);
    if (list.length > 0) return list.flatMap((item) => this.#value(item as Expanded, at));
    const id = value['@id'];
    if (typeof id === 'string' && !hasContent(value)) return this.#reference(id, path, at);
    if (this.#identityOf(value) !== undefined) return [{ reference: this.#lift(value, false), path }];
    if (Object.keys(value).length === 0) {
      this.#note({
        code: 'empty_object',
        path,
        severity: 'note',
        message: 'An empty object says nothing; it is left out. Remove it.',
      });
      return [];
    }
    return this.#inline(value, path, at);
  }

  #reference(id: string, path: string, at: { depth: number; trail: Expanded[] }): GraphValue[] {
    if (id.startsWith('_:')) {
      const node = this.#blank.get(id);
      if (node) {
        this.#used.add(id);
        return this.#identityOf(node) === undefined
          ? this.#inline(node, path, at)
          : [{ reference: this.#identityOf(node) ?? id, path }];
      }
      this.#note({
        code: 'dangling_blank_node',
        path,
        message: `${id} is described nowhere in this document. Include the node, or point at its IRI.`,
        raw: id,
      });
      return [{ reference: id, path }];
    }
    if (id.trim() === '') return [];
    const ctid = readCtid(id).ctid;
    if (ctid && !id.includes('/')) {
      this.#note({
        code: 'bare_identifier',
        path,
        message: `"${shown(id)}" is a bare CTID or UUID; read as ${registryIri(ctid)}. Write the IRI.`,
        raw: id,
      });
      return [{ reference: registryIri(ctid), path }];
    }
    if (isReference(id)) return [{ reference: canonicalIri(id), path }];
    this.#note({
      code: 'relative_reference',
      path,
      message: `"${shown(id)}" is no IRI where one belongs; kept as text. Write an absolute IRI.`,
      raw: id,
    });
    return [{ literal: id, path }];
  }

  #inline(node: Expanded, path: string, at: { depth: number; trail: Expanded[] }): GraphValue[] {
    if (at.trail.includes(node)) return [{ reference: String(node['@id']), path }];
    this.#inlined += 1;
    if (at.depth >= maxInlineDepth || this.#inlined > maxInlinedNodes) {
      this.#note({
        code: 'nesting_cut',
        path,
        message: `Nesting beyond ${maxInlineDepth} levels or ${maxInlinedNodes} nodes is cut here. Give the parts IRIs of their own.`,
      });
      return [];
    }
    const inlined: GraphNode = { types: this.#typesOf(node), properties: {}, path: this.#pathOf(node) };
    this.#fill(inlined, node, { depth: at.depth + 1, trail: [...at.trail, node] });
    return [{ node: inlined, path }];
  }

  #typesOf(node: Expanded): string[] {
    return asArray(node['@type']).map((type) => compactType(String(type)));
  }

  #propertyName(iri: string, values: unknown[]): string {
    const stated = compactName(iri);
    const name = currentTerm(stated);
    const path = this.#pathOf(values[0] as object);
    if (name !== stated)
      this.#note({ code: 'renamed_term', path, message: `${stated} is now ${name}; read as that. Rename it.` }, stated);
    else if (isCtdlName(name) && !propertyOf(name)) {
      this.#note(
        {
          code: 'unknown_term',
          path,
          severity: 'note',
          message: `${name} is not in the CTDL of this program; it is kept. Check its spelling, or update the schema.`,
        },
        name,
      );
    }
    if (iri.startsWith('http://purl.org/')) {
      this.#note(
        {
          code: 'http_namespace',
          path,
          message: 'The document writes CTDL terms with http:; the vocabulary is https:. Read as https.',
        },
        'http_namespace',
      );
    }
    return name;
  }

  #reportUnused(node: Expanded): void {
    const id = String(node['@id'] ?? '');
    if (this.#used.has(id)) return;
    this.#note({
      code: 'node_without_identity',
      path: this.#pathOf(node),
      message: 'This node has neither an IRI nor a CTID and nothing points at it, so it is left out. Give it a CTID.',
    });
  }

  /** Once per place, or once per subject where a document repeats the same fault everywhere. */
  #note(
    issue: { code: string; path: string; message: string; severity?: Issue['severity']; raw?: string },
    subject?: string,
  ): void {
    const key = subject ?? `${issue.code} ${issue.path}`;
    if (this.#noted.has(key)) return;
    this.#noted.add(key);
    this.#issues.push({ severity: 'warning', ...issue });
  }

  #pathOf(value: object): string {
    return this.#pointers.get(value) ?? '';
  }
}

function hasContent(node: Expanded): boolean {
  return Object.keys(node).some((key) => key !== '@id' && key !== '@graph' && key !== '@index');
}

function literal(value: Expanded, path: string): GraphLiteral[] {
  const content = value['@value'];
  if (typeof content !== 'string' && typeof content !== 'number' && typeof content !== 'boolean') return [];
  if (typeof content === 'string' && content.trim() === '') return [];
  const [language, datatype] = [value['@language'], value['@type']];
  return [
    {
      literal: content,
      ...(typeof language === 'string' ? { language } : {}),
      ...(typeof datatype === 'string' ? { datatype: compactName(datatype) } : {}),
      path,
    },
  ];
}

/** The CTID a node states, whatever the namespace's spelling. */
function ctidIn(node: Expanded): string | undefined {
  for (const [iri, values] of Object.entries(node)) {
    if (compactName(iri) !== 'ceterms:ctid' && iri !== 'ctid') continue;
    const value = (asArray(values)[0] as Expanded | undefined)?.['@value'];
    return typeof value === 'string' ? readCtid(value).ctid : undefined;
  }
  const id = node['@id'];
  return typeof id === 'string' ? ctidOf(id) : undefined;
}
