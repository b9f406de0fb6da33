import { type NumberField, numberFields } from '@credatlas/model';
import { SegmentFiles } from './segmentFiles.ts';

export type HeldGroup = 'text' | 'ids and names' | 'suggestions' | 'numbers' | 'keywords';

const numbers = new Set<string>(numberFields satisfies readonly NumberField[]);

/** Bytes that an index in a folder holds in memory once opened, by group of fields; nothing where there is no index. */
export function heldBytes(folder: string): Partial<Record<HeldGroup, number>> {
  const files = new SegmentFiles(folder);
  const manifest = files.readManifest();
  const held: Partial<Record<HeldGroup, number>> = {};
  for (const { file } of 'segments' in manifest ? manifest.segments : [])
    for (const { name, bytes } of files.arraysIn(file)) held[groupOf(name)] = (held[groupOf(name)] ?? 0) + bytes;
  return held;
}

/** By the names that `segmentOf` reads arrays under. */
function groupOf(name: string): HeldGroup {
  if (/^(text|terms|stems)\./.test(name)) return 'text';
  if (/^(ids|names)\./.test(name)) return 'ids and names';
  if (name.startsWith('suggest.')) return 'suggestions';
  return numbers.has(name.replace(/\.(numbers|ranks)$/, '')) ? 'numbers' : 'keywords';
}
