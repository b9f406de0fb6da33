import { fold } from '@credatlas/skills';
import { type FilterNode, parseFilter } from './filterSyntax.ts';

/** Longer words are somebody's own, and nobody asks them again. */
const maxText = 80;

/** A question as it is counted: its words, and the filter fields that a record without a value does not get through. */
export function notedQuestion({ q, filter }: { q?: string | undefined; filter?: string | undefined }): {
  text: string;
  fields: string[];
} {
  const text = fold(q ?? '');
  const fields = filter?.trim() ? fieldsOf(parseFilter(filter)) : [];
  return { text: isKept(text) ? text : '', fields: [...new Set(fields)].sort() };
}

/** An alternative may let a record through another way, so that fields in parentheses keep nobody out by themselves. */
function fieldsOf(nodes: FilterNode[]): string[] {
  return nodes.flatMap((node) =>
    node.kind === 'field' && !node.values.some(({ kind }) => kind === 'none') ? [node.field] : [],
  );
}

/** Addresses and numbers may be somebody's own. */
function isKept(text: string): boolean {
  return text.length <= maxText && !/@|\d{6}/.test(text);
}
