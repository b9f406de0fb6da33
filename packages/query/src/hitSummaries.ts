import {
  type Coordinates,
  type Credential,
  nearestOf,
  type SearchableCurrency,
  type SearchHit,
  type Summary,
  type TextQuery,
} from '@credatlas/model';
import type { QueryContext } from './dependencies.ts';
import { type Identified, identifiedFields } from './identified.ts';
import type { Judgement } from './judgement.ts';
import { matchOf } from './matchOf.ts';
import { summaryOf } from './summaryOf.ts';
import type { Warnings } from './Warnings.ts';

interface HitContext {
  currency: SearchableCurrency;
  judgement: Judgement;
  text: TextQuery | undefined;
  identified: Identified | undefined;
  /** What distances are measured from. */
  centre: Coordinates | undefined;
  warnings: Warnings;
}

/** The hits of a page as summaries, each with why it matched. */
export async function hitSummaries(context: QueryContext, hits: SearchHit[], given: HitContext): Promise<Summary[]> {
  const { currency, judgement, text, identified, centre, warnings } = given;
  const ids = hits.map(({ id }) => id);
  const credentials = await context.credentials.credentials(ids);
  const found = identified && (await identifiedFields(context, ids, identified));
  const clusters = await sizesOfClusters(context, ids);
  return hits.flatMap(({ id, strict }) => {
    const credential = credentials.get(id);
    if (!credential) {
      warnings.add('Some hits were withdrawn a moment ago and are left out of the page; the totals still count them.');
      return [];
    }
    return [
      {
        ...summaryOf(credential, { currency, judgement }),
        ...(text ? { match: matchOf(credential, text, strict) } : {}),
        ...(found ? { match: identityMatch(found.get(id) ?? [], identified!.text) } : {}),
        ...(centre ? { distanceKm: distanceKm(credential, centre) } : {}),
        ...(clusters.has(id) ? { cluster: clusters.get(id)! } : {}),
      },
    ];
  });
}

/** Of those that are not alone: who stands for their cluster, and how large it is. */
export async function sizesOfClusters(
  { identities }: QueryContext,
  ids: string[],
): Promise<Map<string, NonNullable<Summary['cluster']>>> {
  const leads = await identities.leads(ids);
  const members = await identities.members([...new Set(leads.values())]);
  return new Map([...leads].map(([id, lead]) => [id, { lead, size: members.get(lead)?.length ?? 1 }]));
}

function identityMatch(fields: string[], text: string): NonNullable<Summary['match']> {
  return { fields, terms: [text], skills: [], highlights: [], strict: true };
}

/** To its nearest place, to the metre; null without coordinates. */
function distanceKm({ places }: Credential, centre: Coordinates): number | null {
  const points = places.flatMap(({ latitude, longitude }) =>
    latitude === undefined || longitude === undefined ? [] : [{ latitude, longitude }],
  );
  return points.length === 0 ? null : Math.round(nearestOf(points, centre)) / 1_000;
}
