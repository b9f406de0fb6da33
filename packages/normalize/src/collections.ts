import type { JoinView } from './JoinView.ts';
import { embedded, textOf } from './reading.ts';

/** Collections that list this credential, by either side. */
export function collectionsOf(view: JoinView): { uri: string; name?: string; types: string[] }[] {
  const spots = [
    ...view.backwards(view.root, 'ceterms:hasMember'),
    ...view.follow(view.root, 'ceterms:isMemberOf'),
  ].filter(({ resource }) => resource.kind === 'collection');
  const members = view
    .backwards(view.root, 'ceterms:proxyFor', 'ceterms:hasMember/ceterms:proxyFor')
    .flatMap((spot) => view.follow(spot, 'ceterms:isMemberOf'));
  return [...new Map([...spots, ...members].map((spot) => [spot.resource.key, spot])).values()].map(
    ({ node, resource }) => {
      const name = textOf(node, 'ceterms:name')?.text;
      const types = embedded(node, 'ceterms:collectionType').flatMap(
        (each) => textOf(each, 'ceterms:targetNodeName')?.text ?? [],
      );
      return { uri: resource.uri, ...(name ? { name } : {}), types };
    },
  );
}
