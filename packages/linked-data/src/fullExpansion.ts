import { UnacceptableDocumentError } from '@credatlas/model';
import jsonld from 'jsonld';
import type { RemoteDocument } from 'jsonld/jsonld-spec.js';
import { bundledContext } from './contexts.ts';
import type { Expanded } from './expandByTable.ts';
import { foreignContexts, spelled } from './foreignContexts.ts';
import { shown } from './pointer.ts';

/** Deepest nesting taken from strangers: jsonld.js recurses, and real documents stay below 20. */
const maxDepth = 100;
/** Values in a document; jsonld.js takes some 10 µs for each. */
const maxValues = 500_000;
/** jsonld.js may process every definition of an inline context at every node, so their product is the time it can take. */
const maxWork = 50_000_000;

export interface FullExpansion {
  nodes: Expanded[];
  /** Keys that were dropped. */
  dropped: string[];
}

/**
 * The full algorithm of jsonld.js with bundled contexts only; none is fetched. Throws UnacceptableDocumentError `not_expandable` for
 * what is no JSON-LD, names another context, or is deeper or larger than the caps.
 */
export async function fullExpansion(document: Record<string, unknown>): Promise<FullExpansion> {
  const fault = capFault(document);
  if (fault) throw refusal(fault);
  const dropped: string[] = [];
  const eventHandler = ({ event }: { event: { code: string; details: { property?: string } } }): void => {
    if (event.code === 'invalid property') dropped.push(event.details.property ?? '');
  };
  try {
    const options = { documentLoader: loadBundled, base: '', eventHandler };
    return { nodes: (await jsonld.expand(document, options)) as Expanded[], dropped };
  } catch (error) {
    throw refusal(shown(messageOf(error)), error);
  }
}

function refusal(reason: string, cause?: unknown): UnacceptableDocumentError {
  return new UnacceptableDocumentError(
    'not_expandable',
    `The document cannot be expanded as JSON-LD: ${reason} Only bundled contexts are used; none is fetched.`,
    { cause },
  );
}

/** Walks with a list of its own instead of recursion, so that no document can exhaust the stack. */
function capFault(document: Record<string, unknown>): string | undefined {
  const waiting: { value: object; depth: number; isContext: boolean }[] = [];
  waiting.push({ value: document, depth: 0, isContext: false });
  let values = 0;
  let definitions = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > maxDepth) return `It is nested deeper than ${maxDepth} levels. Flatten it.`;
    for (const [key, value] of Object.entries(next.value)) {
      values += 1;
      const isContext = next.isContext || key === '@context';
      if (isContext) definitions += 1;
      if (typeof value === 'object' && value !== null) waiting.push({ value, depth: next.depth + 1, isContext });
    }
  }
  if (values > maxValues || values * definitions > maxWork)
    return `It holds ${values} values and ${definitions} definitions of terms, and its context is not a known one. Split it, or use the CTDL context.`;
  return undefined;
}

async function loadBundled(url: string): Promise<RemoteDocument & { tag: 'static' }> {
  const foreign = foreignContexts().get(spelled(url));
  if (foreign) return { documentUrl: url, document: foreign as RemoteDocument['document'], tag: 'static' };
  const context = bundledContext(url);
  if (!context)
    throw new UnacceptableDocumentError('unknown_context', `The context ${shown(url)} is not one of the bundled ones.`);
  // The tag lets jsonld.js keep its processed form of the context.
  return { documentUrl: url, document: { '@context': context as Record<string, string> }, tag: 'static' };
}

function messageOf(error: unknown): string {
  const details = (error as { details?: { cause?: Error } }).details;
  return details?.cause?.message ?? (error instanceof Error ? error.message : String(error));
}
