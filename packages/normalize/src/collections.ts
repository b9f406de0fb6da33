import { distinctBy } from './distinctBy.ts';
import type { JoinView } from './JoinView.ts';
import { conceptTerms, plainTextOf } from './reading.ts';
import type { Traced } from './Spot.ts';

/** Collections that list this credential, by either side. */
export function collectionsOf(view: JoinView): Traced<{ uri: string; name?: string; types: string[] }>[] {
  const spots = [
    ...view.backwards(view.root, 'ceterms:hasMember'),
    ...view.follow(view.root, 'ceterms:isMemberOf'),
  ].filter(({ resource }) => resource.kind === 'collection');
  const members = view
    .backwards(view.root, 'ceterms:proxyFor', 'ceterms:hasMember/ceterms:proxyFor')
    .flatMap((spot) => view.follow(spot, 'ceterms:isMemberOf'));
  return distinctBy([...spots, ...members], ({ resource }) => resource.key).map((spot) => {
    const name = plainTextOf(spot.node, 'ceterms:name');
    const types = conceptTerms(spot.node, 'ceterms:collectionType', 'ceterms:CollectionCategory');
    const value = { uri: spot.resource.uri, ...(name ? { name } : {}), types: types.map(({ term }) => term) };
    return view.traced(spot, value);
  });
}
