import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { decodeText } from './decodeText.ts';
import type { FoundDocument } from './FoundDocument.ts';
import { canonicalAddress, markupItems } from './markupItems.ts';
import type { RefusedDocument } from './readLimits.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/**
 * What a web page describes: its JSON-LD blocks word for word, then the items of its microdata and RDFa Lite as JSON-LD. Scripts are
 * never run and nothing is fetched.
 */
export function* pageDocuments(bytes: Uint8Array, entry: string): Iterable<FoundDocument | RefusedDocument> {
  const { text, warning } = decodeText(bytes);
  const page = parse(text, { sourceCodeLocationInfo: true });
  const part = (name: string): string => (entry === '' ? name : `${entry}#${name}`);
  const address = canonicalAddress(page);
  const found = { ...(address ? { address } : {}), ...(warning ? { warning } : {}) };
  let count = 0;
  for (const [index, script] of scriptsIn(page).entries()) {
    count += 1;
    const content = script.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
    const line = script.sourceCodeLocation?.startLine ?? 1;
    try {
      yield { part: part(`script-${index}`), text: content, value: JSON.parse(content) as unknown, line, ...found };
    } catch (error) {
      const reason = `Line ${line}: the JSON-LD block is not JSON: ${(error as Error).message}. Correct it.`;
      yield { part: part(`script-${index}`), refused: { code: 'malformed_json', reason, line, column: 1 } };
    }
  }
  for (const [index, { item, line }] of markupItems(page, address).entries()) {
    count += 1;
    yield { part: part(`item-${index}`), text: JSON.stringify(item), value: item, line, ...found };
  }
  if (count > 0) return;
  const reason =
    'The page describes nothing: it has no JSON-LD block, no microdata and no RDFa. Add one of them, or leave the page out.';
  yield { part: entry, refused: { code: 'no_structured_data', reason } };
}

function scriptsIn(page: Node): Element[] {
  const scripts: Element[] = [];
  const waiting: Node[] = [page];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('tagName' in next && next.tagName === 'script') {
      const type = next.attrs.find(({ name }) => name === 'type')?.value ?? '';
      if (/^application\/ld\+json\s*(;|$)/i.test(type.trim())) scripts.push(next);
    }
    if ('childNodes' in next) for (const child of [...next.childNodes].reverse()) waiting.push(child);
  }
  return scripts;
}
