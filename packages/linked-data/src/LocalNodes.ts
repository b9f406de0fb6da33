import { hasContent, isAlignment, type Place } from './Place.ts';
import { isObject, pointerTo } from './pointer.ts';

/** The nodes of a document that are read where they are named: blank nodes, relative identifiers, and alignments by their IRIs. */
export class LocalNodes {
  readonly #tops: readonly Place[];
  readonly #byLabel = new Map<string, Place>();
  #isSearched = false;

  constructor(tops: readonly Place[]) {
    this.#tops = tops;
    for (const top of tops) this.#keep(top);
  }

  get(label: string): Place | undefined {
    const known = this.#byLabel.get(label);
    if (known || this.#isSearched || !label.startsWith('_:')) return known;
    // Labelled nodes that are embedded somewhere are rare, so they are looked for only when one is missing.
    this.#isSearched = true;
    for (const top of this.#tops) this.#search(top);
    return this.#byLabel.get(label);
  }

  #keep(place: Place): void {
    const label = place.raw['@id'];
    if (typeof label !== 'string') return;
    if (label.includes(':') && !label.startsWith('_:') && !isAlignment(place)) return;
    if (hasContent(place.raw) && !this.#byLabel.has(label)) this.#byLabel.set(label, place);
  }

  #search(top: Place): void {
    const waiting: { value: unknown; pointer: string }[] = [{ value: top.raw, pointer: top.pointer }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { value, pointer } = next;
      if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) waiting.push({ value: item, pointer: pointerTo(pointer, index) });
      } else if (isObject(value)) {
        const at = top.part.pointers?.get(value) ?? pointer;
        const label = value['@id'];
        if (typeof label === 'string' && label.startsWith('_:'))
          this.#keep({ raw: value, pointer: at, part: top.part });
        for (const key of Object.keys(value)) waiting.push({ value: value[key], pointer: pointerTo(at, key) });
      }
    }
  }
}
