import { createHash } from 'node:crypto';
import { UnacceptableDocumentError } from '@credatlas/model';
import jsonld from 'jsonld';
import { Parser, Writer } from 'n3';
import type { Expanded } from './expandByTable.ts';

export type RdfFormat = 'text/turtle' | 'application/n-quads' | 'application/n-triples';

/** Characters of one RDF document; a published vocabulary has two million. */
const maxLength = 32 * 1024 * 1024;
/** Quads of one document. */
const maxQuads = 500_000;
/** Blank nodes of one document whose names are made canonical: the worst graphs cost factorially in them. */
const maxBlankNodes = 10_000;
/** Time for canonical names. */
const canonicalMs = 5_000;

/** Whether a text begins as Turtle or N-Quads do. Turtle's grammar takes N-Triples, too. */
export function looksLikeRdf(text: string): boolean {
  return /^\uFEFF?(?:\s|#[^\n]*\n)*(?:@prefix|@base|prefix\s|base\s|<[^>\s]+>\s|_:)/i.test(text.slice(0, 4_000));
}

/**
 * Turtle, N-Triples or N-Quads as expanded JSON-LD nodes; which of them, the text shows. Throws UnacceptableDocumentError `malformed_rdf`
 * with the line, or `too_large`.
 */
export async function readRdf(text: string, baseIri?: string): Promise<Expanded[]> {
  if (text.length > maxLength) throw tooLarge(`${text.length} characters, more than ${maxLength}`);
  try {
    // Without a format, n3 reads the union of their grammars.
    const quads = new Parser(baseIri ? { baseIRI: baseIri } : {}).parse(text);
    if (quads.length > maxQuads) throw tooLarge(`${quads.length} statements, more than ${maxQuads}`);
    const written = new Writer({ format: 'application/n-quads' }).quadsToString(quads);
    return (await jsonld.fromRDF(written as unknown as object, { format: 'application/n-quads' })) as Expanded[];
  } catch (error) {
    if (error instanceof UnacceptableDocumentError) throw error;
    throw new UnacceptableDocumentError(
      'malformed_rdf',
      `The document is neither Turtle nor N-Quads: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** Expanded nodes as N-Quads, or as Turtle with the prefixes given; graphs of their own are told in N-Quads only. */
export async function writeRdf(
  nodes: readonly object[],
  format: RdfFormat,
  prefixes: Record<string, string> = {},
): Promise<string> {
  const quads = (await jsonld.toRDF(nodes as object, { format: 'application/n-quads' })) as unknown as string;
  if (format !== 'text/turtle') return quads;
  const parsed = new Parser({ format: 'application/n-quads' }).parse(quads);
  return new Promise((resolve, reject) => {
    const writer = new Writer({ prefixes });
    writer.addQuads(parsed);
    writer.end((error: Error | null, result: string) => (error ? reject(error) : resolve(result)));
  });
}

/**
 * The canonical N-Quads of expanded nodes (RDFC-1.0) and their SHA-256: equal for documents that say the same, however blank nodes are
 * named. Throws UnacceptableDocumentError `too_large` for graphs made to take for ever.
 */
export async function canonicalForm(nodes: readonly object[]): Promise<{ quads: string; sha256: string }> {
  const blanks = new Set(JSON.stringify(nodes).match(/"_:[^"]+"/g) ?? []);
  if (blanks.size > maxBlankNodes) throw tooLarge(`${blanks.size} blank nodes, more than ${maxBlankNodes}`);
  const options = {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    maxWorkFactor: 1,
    signal: AbortSignal.timeout(canonicalMs),
  };
  let quads: string;
  try {
    quads = (await jsonld.canonize(nodes as object, options as object)) as unknown as string;
  } catch (error) {
    throw tooLarge(`blank nodes that cannot be told apart in time (${(error as Error).message})`);
  }
  return { quads, sha256: createHash('sha256').update(quads).digest('hex') };
}

function tooLarge(what: string): UnacceptableDocumentError {
  return new UnacceptableDocumentError('too_large', `The document has ${what}. Split it.`);
}
