import type { ContextFacts } from './facts.ts';
import { ctdlAsnContext } from './generated/ctdlAsnContext.ts';
import { ctdlContext } from './generated/ctdlContext.ts';

/** The union of the published contexts, which never contradict one another; used where a document names none. */
export const mergedContext: ContextFacts = { ...ctdlAsnContext, ...ctdlContext };

const byName: Readonly<Record<string, ContextFacts>> = {
  'credreg.net/ctdl/schema/context/json': ctdlContext,
  'credreg.net/ctdlasn/schema/context/json': ctdlAsnContext,
  'credreg.net/qdata/schema/context/json': ctdlContext,
  'credreg.net/ctdl/schema/context': ctdlContext,
};

/** The bundled context behind an IRI, in either spelling of the scheme; contexts are never fetched. */
export function bundledContext(iri: string): ContextFacts | undefined {
  return byName[
    iri
      .trim()
      .replace(/^https?:\/\/(www\.)?/i, '')
      .replace(/\/$/, '')
  ];
}
