import type { DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An item of a page, as JSON-LD of the vocabulary it names. */
export interface MarkupItem {
  item: Record<string, unknown>;
  line: number;
}

/** Items within items that are followed; markup nests three or four deep. */
const maxDepth = 20;
/** Items of one page. */
const maxItems = 2_000;
/** References (`itemref`) followed on one page: items that refer to items that refer must not multiply. */
const maxReferences = 1_000;

/** What reading an item needs to know. */
interface Given {
  syntax: Syntax;
  base: string | undefined;
  depth: number;
  /** References that may still be followed. */
  references: { left: number };
}

/** Names that one way of marking up uses for the same things. */
interface Syntax {
  scope: string;
  property: string;
  id: string;
}

const microdata: Syntax = { scope: 'itemscope', property: 'itemprop', id: 'itemid' };
const rdfa: Syntax = { scope: 'typeof', property: 'property', id: 'resource' };

/** Top-level items of microdata (HTML standard) and of RDFa Lite 1.1 (`vocab`, `typeof`, `property`, `resource`). */
export function markupItems(page: Node, base: string | undefined): MarkupItem[] {
  const references = { left: maxReferences };
  return [microdata, rdfa].flatMap((syntax) =>
    topItems(page, syntax)
      .slice(0, maxItems)
      .map(({ element, vocabulary }) => ({
        item: {
          ...itemOf(element, { syntax, base, depth: 0, references }),
          ...contextOf(element, { syntax, vocabulary }),
        },
        line: element.sourceCodeLocation?.startLine ?? 1,
      })),
  );
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

function topItems(page: Node, syntax: Syntax): { element: Element; vocabulary: string }[] {
  const found: { element: Element; vocabulary: string }[] = [];
  const waiting: { node: Node; vocabulary: string }[] = [{ node: page, vocabulary: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node } = next;
    const vocabulary = ('attrs' in node ? attribute(node, 'vocab') : undefined) ?? next.vocabulary;
    const isItem = 'attrs' in node && attribute(node, syntax.scope) !== undefined;
    if (isItem) {
      found.push({ element: node, vocabulary });
      continue;
    }
    if ('childNodes' in node)
      for (const child of [...node.childNodes].reverse()) waiting.push({ node: child, vocabulary });
  }
  return found;
}

function contextOf(
  element: Element,
  { syntax, vocabulary }: { syntax: Syntax; vocabulary: string },
): Record<string, unknown> {
  const type = (syntax === microdata ? attribute(element, 'itemtype') : attribute(element, 'typeof')) ?? '';
  const address = vocabulary || type;
  if (/schema\.org/.test(address) || /^schema:/.test(type)) return { '@context': 'https://schema.org' };
  // Names of microdata are of the vocabulary that the type is of (HTML standard, 5.2.3).
  const own = vocabulary || (/^(https?:\/\/\S+[/#])[^/#\s]+$/.exec(type.trim())?.[1] ?? '');
  return own ? { '@context': { '@vocab': own } } : {};
}

function itemOf(element: Element, given: Given): Record<string, unknown> {
  const { syntax, base } = given;
  const type = (syntax === microdata ? attribute(element, 'itemtype') : attribute(element, 'typeof')) ?? '';
  const id = attribute(element, syntax.id) ?? (syntax === rdfa ? attribute(element, 'about') : undefined);
  const item: Record<string, unknown> = {
    ...(type.trim() === '' ? {} : { '@type': type.trim().split(/\s+/).map(localName) }),
    ...(id ? { '@id': resolved(id, base) } : {}),
  };
  for (const { name, value } of propertiesOf(element, given)) {
    const known = item[name];
    item[name] = known === undefined ? value : Array.isArray(known) ? [...(known as unknown[]), value] : [known, value];
  }
  return item;
}

function propertiesOf(element: Element, given: Given): { name: string; value: unknown }[] {
  const { syntax, base, depth } = given;
  const found: { name: string; value: unknown }[] = [];
  const waiting: Node[] = [...referred(element, given), ...[...element.childNodes].reverse()];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (!('attrs' in next)) continue;
    const names = (attribute(next, syntax.property) ?? '')
      .trim()
      .split(/\s+/)
      .filter((name) => name !== '');
    const isItem = attribute(next, syntax.scope) !== undefined;
    if (names.length > 0) {
      const value = isItem && depth < maxDepth ? itemOf(next, { ...given, depth: depth + 1 }) : markedValue(next, base);
      for (const name of names) found.push({ name: localName(name), value });
    }
    // What stands within an item belongs to that item.
    if (!isItem) for (const child of [...next.childNodes].reverse()) waiting.push(child);
  }
  return found;
}

/** Elements elsewhere on the page that an item of microdata counts as its own (`itemref`). */
function referred(element: Element, { syntax, references }: Given): Element[] {
  const stated = syntax === microdata ? (attribute(element, 'itemref') ?? '').split(/\s+/).filter(Boolean) : [];
  const names = new Set(stated.slice(0, references.left));
  references.left -= names.size;
  if (names.size === 0) return [];
  let page: Node = element;
  while ('parentNode' in page && page.parentNode) page = page.parentNode;
  const found: Element[] = [];
  const waiting: Node[] = [page];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('attrs' in next && names.has(attribute(next, 'id') ?? '') && !holds(next, element)) found.push(next);
    if ('childNodes' in next) waiting.push(...next.childNodes);
  }
  return found;
}

/** An item that counts what is around it as its own would hold itself. */
function holds(outer: Node, element: Element): boolean {
  for (let each: Node | null = element; each; each = 'parentNode' in each ? each.parentNode : null)
    if (each === outer) return true;
  return false;
}

function markedValue(element: Element, base: string | undefined): string {
  const stated = attribute(element, 'content') ?? attribute(element, 'datetime') ?? attribute(element, 'value');
  if (stated !== undefined) return stated.trim();
  const link = attribute(element, 'resource') ?? attribute(element, 'href') ?? attribute(element, 'src');
  if (link !== undefined) return resolved(link, base);
  return textIn(element).replace(/\s+/g, ' ').trim();
}

function textIn(element: Element): string {
  let text = '';
  const waiting: Node[] = [...element.childNodes].reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('value' in next) text += next.value;
    if ('childNodes' in next) for (const child of [...next.childNodes].reverse()) waiting.push(child);
  }
  return text;
}

function resolved(address: string, base: string | undefined): string {
  const trimmed = address.trim();
  return base && URL.canParse(trimmed, base) ? new URL(trimmed, base).href : trimmed;
}

function localName(name: string): string {
  return name.replace(/^https?:\/\/schema\.org\//, '').replace(/^schema:/, '');
}

/** The page's own address, as it states it. */
export function canonicalAddress(page: Node): string | undefined {
  const waiting: Node[] = [page];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('tagName' in next) {
      const isCanonical = next.tagName === 'link' && /\bcanonical\b/i.test(attribute(next, 'rel') ?? '');
      const address = isCanonical || next.tagName === 'base' ? attribute(next, 'href') : undefined;
      if (address && /^https?:/i.test(address)) return address;
    }
    if ('childNodes' in next) for (const child of [...next.childNodes].reverse()) waiting.push(child);
  }
  return undefined;
}
