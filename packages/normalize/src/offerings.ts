import type { Offering } from '@credatlas/model';
import { dayOf } from './days.ts';
import { stated } from './figures.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import type { Part } from './parts.ts';
import { placesAt } from './places.ts';
import { irisOf, nameOf, plainTextOf, termNames } from './reading.ts';
import type { RegionNames } from './regions.ts';
import type { Spot, Traced } from './Spot.ts';

/** By which a course or assessment says itself when it is held. */
const schedules = ['ceterms:scheduleTimingType', 'ceterms:scheduleFrequencyType', 'ceterms:offerFrequencyType'];

/**
 * When, where and how its required courses and assessments are held, and those that lead to it: by their scheduled offerings, and by
 * what they say themselves. CTDL states times of day and how often; a day on which one begins is kept where a document has it all the same.
 */
export function offeringsOf(view: JoinView, parts: readonly Part[], names: RegionNames): Traced<Offering>[] {
  const { kind } = view.resource;
  const own = kind === 'learning' || kind === 'assessment' ? [view.root] : [];
  const held = parts.filter(({ relation }) => relation !== 'recommends').map(({ spot }) => spot);
  return [...own, ...held].flatMap((spot) => {
    const isScheduled = schedules.some((property) => spot.node.properties[property]);
    const offered = view.follow(spot, 'ceterms:hasOffering');
    return [...(isScheduled ? [spot] : []), ...offered].map((each) =>
      view.traced(each, offeringAt(view, each, { of: spot, names })),
    );
  });
}

function offeringAt(view: JoinView, spot: Spot, { of, names }: { of: Spot; names: RegionNames }): Offering {
  const { node } = spot;
  const iris = (property: string): string[] => irisOf(node, property).map(({ iri }) => iri);
  return {
    of: partyOf(of.resource),
    ...stated({
      name: nameOf(node),
      start: dayOf(plainTextOf(node, 'ceterms:startDate')),
      end: dayOf(plainTextOf(node, 'ceterms:endDate')),
      webpage: iris('ceterms:subjectWebpage')[0],
    }),
    timing: termNames(node, 'ceterms:scheduleTimingType', 'ceterms:ScheduleTiming'),
    frequency: termNames(node, 'ceterms:scheduleFrequencyType', 'ceterms:ScheduleFrequency'),
    offered: termNames(node, 'ceterms:offerFrequencyType', 'ceterms:ScheduleFrequency'),
    delivery: termNames(node, 'ceterms:deliveryType', 'ceterms:Delivery'),
    places: placesAt(view, spot, { property: 'ceterms:availableAt', basis: 'offering', names }).map(
      ({ value }) => value,
    ),
    onlineAt: iris('ceterms:availableOnlineAt'),
    listings: iris('ceterms:availabilityListing'),
  };
}
