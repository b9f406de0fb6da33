import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { notStated } from '../table/finishTable.ts';

/** The values of one row as they are shown, and in words. */
export async function shownRow(
  dimensions: readonly MarketDimension[],
  by: readonly (string | null)[],
): Promise<{ by: (string | null)[]; labels: string[] }> {
  const words = await Promise.all(
    by.map(async (value, at) => (value === null ? undefined : (await dimensions[at]!.shown([value])).get(value))),
  );
  return { by: words.map((word) => word?.value ?? null), labels: words.map((word) => word?.label ?? notStated) };
}
