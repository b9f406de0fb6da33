import { distinctBy } from './distinctBy.ts';
import type { JoinView } from './JoinView.ts';
import type { Spot } from './Spot.ts';

/** Owners, then offerers, as either side states it; each once. Only those that are found. */
export function providersOf(view: JoinView): readonly Spot[] {
  const found = [
    ...view.follow(view.root, 'ceterms:ownedBy'),
    ...view.backwards(view.root, 'ceterms:owns'),
    ...view.follow(view.root, 'ceterms:offeredBy'),
    ...view.backwards(view.root, 'ceterms:offers'),
  ];
  return distinctBy(found, ({ node }) => node);
}
