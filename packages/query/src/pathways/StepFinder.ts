import type { TiedRecord } from '@credatlas/model';
import type { CredentialReader } from '@credatlas/ports';
import { edgeSayings, knownToOneEnd } from './edgeStatements.ts';
import { judged, verdicts } from './judged.ts';
import { type Node, namedNode, nodeOf } from './Node.ts';
import { type PathwayStatement, pathwayStatements } from './pathwayStatements.ts';
import { type Said, stepKinds } from './Statement.ts';
import { addPathway, type Sayings, sayingsOf } from './sayings.ts';
import { type Step, stepsBetween } from './steps.ts';

/** Records read for one answer, and edges that they have: what bounds its work (a record costs some 0.1 ms, a hub's 20 ms). */
const maxRecords = 220;
const maxEdges = 4_000;
/** Neighbours of one node that are looked at; a hub has hundreds of thousands. */
const maxNeighbours = 200;
/** Of whom it is asked what they may come to, which reads all that is said of each. */
const maxRanked = 400;
/** Nodes that are walked on from; each costs a question or two to the store. */
const maxWalked = 60;
/** Pathways of one node that are read, and of all together. */
const maxPathways = 8;
const maxPathwaysInAll = 50;

export type Direction = 'out' | 'in';

export type StepReader = Pick<CredentialReader, 'credential' | 'tiedRecord' | 'reverseEdges'>;

/** Steps around nodes, for one question: reads what it needs, keeps what it has read, and stops at its bounds. */
export class StepFinder {
  readonly #credentials: StepReader;
  readonly #on: number;
  readonly #nodes = new Map<string, Node>();
  /** Our id → node key; undefined for what has no record. */
  readonly #keys = new Map<string, string | undefined>();
  readonly #sayings = new Map<string, Sayings>();
  readonly #completed = new Set<string>();
  readonly #pathways = new Map<string, PathwayStatement[]>();
  readonly #around = new Map<string, Step[][]>();
  readonly #between = new Map<string, Step[]>();
  #records = 0;
  #edges = 0;
  #isCut = false;

  /** `on`: milliseconds. */
  constructor(given: { credentials: StepReader; on: number }) {
    this.#credentials = given.credentials;
    this.#on = given.on;
  }

  /** Whether something was left out. */
  get isCut(): boolean {
    return this.#isCut;
  }

  start(record: TiedRecord): Node {
    return this.#know(record);
  }

  /** Nodes of ids, as far as they can be afforded. */
  async startAll(ids: string[]): Promise<Node[]> {
    await this.#read(ids);
    return ids.flatMap((id) => this.#nodes.get(this.#keys.get(id) ?? '') ?? []);
  }

  /** Steps out of a node, or into it, by neighbour, the best of each first. */
  async around(node: Node, direction: Direction): Promise<Step[][]> {
    const place = `${direction} ${node.key}`;
    const known = this.#around.get(place);
    if (known) return known;
    if (this.#around.size >= maxWalked) {
      this.#isCut = true;
      return [];
    }
    const steps = await this.#lookAround(node, direction);
    this.#around.set(place, steps);
    return steps;
  }

  /** Steps out of one and into the other, what lies between both above all. */
  async towardEachOther(from: Node, to: Node): Promise<[Step[][], Step[][]]> {
    const [ofFrom, ofTo] = [await this.complete(from), await this.complete(to)];
    const shared = new Set(ofFrom.out.keys()).intersection(ofTo.in);
    return [await this.#lookAround(from, 'out', shared), await this.#lookAround(to, 'in', shared)];
  }

  async #lookAround(node: Node, direction: Direction, preferred?: ReadonlySet<string>): Promise<Step[][]> {
    const sayings = await this.complete(node);
    const said = sayings[direction];
    const byKind = (key: string): number => (preferred?.has(key) ? -1 : bestKind(said.get(key)!));
    const byWorth = (key: string): number =>
      preferred?.has(key) ? -1 : this.#worth(node, { key, sayings, direction });
    const all = [...said.keys()];
    const kept =
      all.length <= maxNeighbours
        ? mostPromising(all, maxNeighbours, byKind)
        : mostPromising(mostPromising(all, maxRanked, byKind), maxNeighbours, byWorth);
    const referring = await this.#referring(node, direction);
    if (kept.length < all.length || referring.length === maxNeighbours) this.#isCut = true;
    await this.#read([...kept.flatMap((key) => this.#unread(key, sayings)), ...referring]);
    const keys = new Set([...kept, ...referring.flatMap((id) => this.#keys.get(id) ?? [])]);
    return [...keys].flatMap((key) => {
      const other = this.#nodes.get(key) ?? this.#named(key, sayings);
      const steps = other ? (direction === 'out' ? this.between(node, other) : this.between(other, node)) : [];
      return steps.length > 0 ? [steps] : [];
    });
  }

  /** Steps from one node to another, by what has been read. */
  between(from: Node, to: Node): Step[] {
    const place = `${from.key} ${to.key}`;
    const known = this.#between.get(place);
    if (known) return known;
    const said = [...this.#said(to, 'in', from.key), ...this.#said(from, 'out', to.key)];
    const steps = stepsBetween({ from, to, statements: said.map((each) => each.read()), on: this.#on });
    this.#between.set(place, steps);
    return steps;
  }

  /** What a node's record says of it and one other; most are asked of one other only, and nothing else of theirs is read. */
  #said(node: Node, direction: Direction, other: string): readonly Said[] {
    const { key, record } = node;
    if (this.#sayings.has(key) || record?.kind === 'pathway') return this.#known(node)[direction].get(other) ?? [];
    return record ? edgeSayings(record, key, other).filter(({ leads }) => leads === direction) : [];
  }

  /** Keys of whatever its record names, and of what has been read of it besides. */
  namedBy(node: Node): readonly string[] {
    const sayings = this.#sayings.get(node.key);
    return sayings ? [...sayings.out.keys(), ...sayings.in.keys()] : (node.record?.ties.keys ?? []);
  }

  /**
   * What a neighbour may come to before its record is read, the less the better: by whether what is said still holds and who says it,
   * then by kind.
   */
  #worth(node: Node, given: { key: string; sayings: Sayings; direction: Direction }): number {
    const { key, sayings, direction } = given;
    const said = sayings[direction].get(key)!;
    const other = this.#nodes.get(key) ?? namedNode(key, sayings.others.get(key)!.named());
    const [from, to] = direction === 'out' ? [node, other] : [other, node];
    const worth = said.map((each) => verdicts.indexOf(judged(each.read(), { from, to, on: this.#on }).verdict));
    return Math.min(...worth) * stepKinds.length + bestKind(said);
  }

  /** With what pathways say, and whoever knows of it alone. */
  async complete(node: Node): Promise<Sayings> {
    const sayings = this.#known(node);
    if (this.#completed.has(node.key)) return sayings;
    this.#completed.add(node.key);
    const pathways = node.record?.pathways ?? [];
    if (node.record?.isCutShort || pathways.length > maxPathways) this.#isCut = true;
    for (const { uri } of pathways.slice(0, maxPathways)) addPathway(sayings, node.key, await this.#pathway(uri));
    // More is said now between this node and others.
    if (pathways.length > 0) this.#between.clear();
    return sayings;
  }

  async #pathway(uri: string): Promise<PathwayStatement[]> {
    const known = this.#pathways.get(uri);
    if (known) return known;
    if (this.#pathways.size >= maxPathwaysInAll) {
      this.#isCut = true;
      return [];
    }
    const record = await this.#credentials.credential(uri);
    const statements = record ? pathwayStatements(record) : [];
    this.#pathways.set(uri, statements);
    return statements;
  }

  /** Ids of those whose records alone say that the node counts toward them. */
  async #referring({ key }: Node, direction: Direction): Promise<string[]> {
    if (direction === 'in') return [];
    const edges = await this.#credentials.reverseEdges(key, maxNeighbours, knownToOneEnd);
    return [...new Set(edges.map(({ from }) => from))];
  }

  #unread(key: string, { others }: Sayings): string[] {
    const id = others.get(key)?.id;
    return id !== undefined && !this.#nodes.has(key) ? [id] : [];
  }

  /** One by one, since one may be as large as all others together. */
  async #read(ids: string[]): Promise<void> {
    for (const id of new Set(ids)) {
      if (this.#keys.has(id)) continue;
      if (this.#records >= maxRecords || this.#edges >= maxEdges) {
        this.#isCut = true;
        return;
      }
      const record = await this.#credentials.tiedRecord(id);
      this.#records++;
      this.#edges += record?.ties.keys.length ?? 0;
      this.#keys.set(id, record && this.#know(record).key);
    }
  }

  /** The record that was met first speaks for what several sources state. */
  #know(record: TiedRecord): Node {
    const node = nodeOf(record);
    const known = this.#nodes.get(node.key);
    if (known) return known;
    this.#nodes.set(node.key, node);
    this.#keys.set(record.id, node.key);
    return node;
  }

  /** What has no record; what has one that could not be afforded is left out. */
  #named(key: string, { others }: Sayings): Node | undefined {
    const other = others.get(key);
    if (!other || (other.id !== undefined && !this.#keys.has(other.id))) return undefined;
    const node = namedNode(key, other.named());
    this.#nodes.set(key, node);
    return node;
  }

  /** What has been read of a node. */
  #known({ key, record }: Node): Sayings {
    const before = this.#sayings.get(key);
    if (before) return before;
    const sayings = sayingsOf(record);
    this.#sayings.set(key, sayings);
    return sayings;
  }
}

/** The least the better. */
function bestKind(said: readonly Said[]): number {
  return said.reduce<number>((best, { kind }) => Math.min(best, stepKinds.indexOf(kind)), stepKinds.length);
}

/** So many of the neighbours: the lowest promise first, then by key. */
function mostPromising(keys: readonly string[], most: number, promise: (key: string) => number): string[] {
  const ranks = [...Map.groupBy(keys, promise)].sort(([a], [b]) => a - b);
  const kept: string[] = [];
  for (const [, alike] of ranks) if (kept.length < most) kept.push(...alike.sort());
  return kept.slice(0, most);
}
