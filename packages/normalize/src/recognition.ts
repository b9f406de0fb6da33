import type { GraphNode, Recognition, RecognitionRole } from '@credatlas/model';
import { type JoinView, partyOf } from './JoinView.ts';
import { providersOf } from './providers.ts';
import { firstTerm, iriOf, plainTextOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

const byProperty = (['accredited', 'approved', 'recognized', 'regulated', 'registered'] as const).map((role) => ({
  role,
  by: `ceterms:${role}By`,
  in: `ceterms:${role}In`,
}));
/** What an organization says of others, and the role it thereby gives them. */
const outgoing: readonly (readonly [property: string, role: RecognitionRole])[] = [
  ['ceterms:accredits', 'accredited'],
  ['ceterms:approves', 'approved'],
  ['ceterms:recognizes', 'recognized'],
  ['ceterms:regulates', 'regulated'],
];
const actions: Readonly<Record<string, RecognitionRole>> = {
  'ceterms:AccreditAction': 'accredited',
  'ceterms:ApproveAction': 'approved',
  'ceterms:RecognizeAction': 'recognized',
  'ceterms:RegulateAction': 'regulated',
  'ceterms:RegistrationAction': 'registered',
};

/** Recognition of the credential itself, then that of its providers: by statement, by jurisdiction, by dated action, by the recognizing side. */
export function recognitionOf(view: JoinView): Traced<Recognition>[] {
  return [
    ...recognitionAt(view, view.root, 'credential'),
    ...actionsAbout(view),
    ...statedByOthers(view),
    ...providersOf(view).flatMap((spot) => recognitionAt(view, spot, 'provider')),
  ];
}

export function recognitionAt(view: JoinView, spot: Spot, subject: Recognition['subject']): Traced<Recognition>[] {
  const found: Traced<Recognition>[] = [];
  for (const { role, by, in: within } of byProperty) {
    for (const { value, at } of view.parties(spot, by))
      found.push({ at, value: { role, agent: value, property: `${role}By`, subject } });
    for (const profile of view.follow(spot, within))
      found.push(...inJurisdiction(view, profile, { role, property: `${role}In`, subject }));
  }
  return found;
}

function inJurisdiction(
  view: JoinView,
  profile: Spot,
  given: { role: RecognitionRole; property: string; subject: Recognition['subject'] },
): Traced<Recognition>[] {
  const jurisdiction = jurisdictionName(view, profile);
  const agents = view.parties(profile, 'ceterms:assertedBy');
  const common = { ...given, ...(jurisdiction ? { jurisdiction } : {}) };
  const at = view.at(profile, profile.node.path);
  return agents.length > 0
    ? agents.map(({ value }) => ({ at, value: { ...common, agent: value } }))
    : [{ at, value: common }];
}

/** The only form with dates: actions whose object is this credential. */
function actionsAbout(view: JoinView): Traced<Recognition>[] {
  const found = [
    ...view.backwards(view.root, 'ceterms:object'),
    ...view.follow(view.root, 'ceterms:relatedAction'),
    ...view.follow(view.root, 'ceterms:objectOfAction'),
  ];
  return found.flatMap((spot) => {
    const role = spot.node.types.map((type) => actions[type]).find((each) => each !== undefined);
    if (!role) return [];
    const { node } = spot;
    const text = (property: string): string | undefined => plainTextOf(node, property);
    const agent = view.parties(spot, 'ceterms:actingAgent')[0]?.value;
    const [start, end] = [
      text('ceterms:startDate') ?? text('ceterms:approximateStartDate'),
      text('ceterms:endDate') ?? text('ceterms:approximateEndDate'),
    ];
    const status = firstTerm(node, 'ceterms:actionStatusType', 'ceterms:ActionStatus');
    const evidence = iriOf(node, 'ceterms:evidenceOfAction');
    const value: Recognition = {
      role,
      ...(agent ? { agent } : {}),
      ...(start ? { start } : {}),
      ...(end ? { end } : {}),
      ...(status ? { status } : {}),
      ...(evidence ? { evidence } : {}),
      property: spot.node.types[0]?.replace('ceterms:', '') ?? 'action',
      subject: 'credential',
    };
    return [{ value, at: view.at(spot, node.path) }];
  });
}

function statedByOthers(view: JoinView): Traced<Recognition>[] {
  const found: Traced<Recognition>[] = [];
  for (const [property, role] of outgoing) {
    for (const spot of view.backwards(view.root, property)) {
      const value = {
        role,
        agent: partyOf(spot.resource),
        property: property.replace('ceterms:', ''),
        subject: 'credential' as const,
      };
      found.push({ value, at: view.at(spot, spot.node.path) });
    }
  }
  return found;
}

/** A readable name of a jurisdiction profile: its place, or that it is global. */
export function jurisdictionName(view: JoinView, profile: Spot): string | undefined {
  const place = view.follow(profile, 'ceterms:mainJurisdiction')[0];
  const named = place && placeName(place.node);
  if (named) return named;
  if (plainTextOf(profile.node, 'ceterms:globalJurisdiction') === 'true') return 'global';
  return plainTextOf(profile.node, 'ceterms:description');
}

function placeName(node: GraphNode): string | undefined {
  const parts = ['ceterms:name', 'ceterms:addressLocality', 'ceterms:addressRegion', 'ceterms:addressCountry'];
  const found = parts.flatMap((property) => plainTextOf(node, property) ?? []);
  return found.length > 0 ? [...new Set(found)].join(', ') : undefined;
}
