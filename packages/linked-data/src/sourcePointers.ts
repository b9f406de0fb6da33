import type { Expanded } from './expandByTable.ts';
import { hasContent } from './Place.ts';
import { isObject, pointerTo } from './pointer.ts';

interface Source {
  value: unknown;
  pointer: string;
}

/**
 * Where each object that jsonld.js expanded stands in its source. jsonld.js keeps no positions, so they are found again: properties by
 * their local names, values by their order; what cannot be told apart gets the place around it.
 */
export function sourcePointers(nodes: Expanded[], source: Source): WeakMap<object, string> {
  const pointers = new WeakMap<object, string>();
  point(nodes, nodes.some((node) => '@graph' in node) ? source : graphOf(source), pointers);
  return pointers;
}

/** A document with nothing but a graph expands to the members that say something. */
function graphOf({ value, pointer }: Source): Source {
  const graph = isObject(value) ? value['@graph'] : undefined;
  if (graph === undefined) return { value, pointer };
  const members = Array.isArray(graph)
    ? graph.map((each) => (isObject(each) && hasContent(each) ? each : null))
    : graph;
  return { value: members, pointer: pointerTo(pointer, '@graph') };
}

function point(items: unknown[], source: Source, pointers: WeakMap<object, string>): void {
  const places = placesOf(source, items.every(isValueObject));
  items.forEach((item, index) => {
    const place =
      places.length === items.length ? (places[index] ?? source) : { value: undefined, pointer: source.pointer };
    if (isObject(item)) pointObject(item, place, pointers);
  });
}

function pointObject(item: Expanded, place: Source, pointers: WeakMap<object, string>): void {
  pointers.set(item, place.pointer);
  const stated = isObject(place.value) ? place.value : {};
  const keys = new Map(Object.keys(stated).map((key) => [localName(key), key]));
  for (const [iri, content] of Object.entries(item)) {
    if (typeof content !== 'object' || content === null) continue;
    const key = keys.get(localName(iri));
    const inner =
      key === undefined
        ? { ...place, value: undefined }
        : { value: stated[key], pointer: pointerTo(place.pointer, key) };
    if (Array.isArray(content)) point(content, inner, pointers);
    else pointObject(content as Expanded, inner, pointers);
  }
}

/** The single values of a property as written: a list flattened, a language map by its sorted keys, as jsonld.js does it. */
function placesOf({ value, pointer }: Source, areLiterals: boolean): Source[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((each, index) => placesOf({ value: each, pointer: pointerTo(pointer, index) }, areLiterals));
  if (!areLiterals || !isObject(value) || isValueObject(value)) return [{ value, pointer }];
  return Object.keys(value)
    .sort()
    .flatMap((key) => placesOf({ value: value[key], pointer: pointerTo(pointer, key) }, areLiterals));
}

function isValueObject(value: unknown): boolean {
  return isObject(value) && '@value' in value;
}

function localName(name: string): string {
  return name.replace(/^.*[:/#]/, '');
}
