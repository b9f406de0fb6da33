import { ancestorsOf, familyOf, readCtid, specificFirst, statusOf } from '@credatlas/ctdl';
import { type Credential, type Party, partyKey } from '@credatlas/model';
import { identifiersOf } from './identifiers.ts';
import { idOf } from './idOf.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import {
  booleanOf,
  conceptTerms,
  firstTerm,
  irisOf,
  languageMapOf,
  literalOf,
  literals,
  nameOf,
  termNames,
  textOf,
} from './reading.ts';
import { jurisdictionName } from './recognition.ts';
import type { SourcePaths } from './SourcePaths.ts';
import type { Spot, Traced } from './Spot.ts';

/** What it is: identity, class and family. */
export function identityOf(view: JoinView, trace: SourcePaths) {
  const { resource } = view;
  const { node } = resource;
  const stated = literalOf(node, 'ceterms:ctid');
  trace.field('ctid', stated?.path);
  trace.field('types', node.types.length > 0 ? `${node.path}/@type` : undefined);
  const types = specificFirst(node.types);
  const family = familyOf(node.types);
  return {
    id: idOf(resource),
    uri: resource.uri,
    ...(resource.ctid ? { ctid: resource.ctid } : {}),
    ctidForm: stated ? readCtid(stated.text).form : resource.ctid ? ('valid' as const) : ('absent' as const),
    identifiers: trace.list('identifiers', identifiersOf(view)),
    sameAs: trace.texts('sameAs', addresses(view, 'ceterms:sameAs', 'owl:sameAs')),
    kind: resource.kind,
    types,
    ancestors: ancestorsOfAll(types),
    family:
      family === 'other' && booleanOf(node, 'ceterms:isRegisteredApprenticeship')
        ? ('apprenticeship' as const)
        : family,
  };
}

function ancestorsOfAll(types: string[]): string[] {
  if (types.length === 1) return ancestorsOf(types[0]!);
  return [...new Set(types.flatMap(ancestorsOf))].filter((type) => !types.includes(type));
}

/** What it is called and said to be, and its status. */
export function namingOf(view: JoinView, trace: SourcePaths) {
  const { node } = view.resource;
  const [name, description] = [textOf(node, 'ceterms:name'), textOf(node, 'ceterms:description')];
  trace.field('nameText', name?.path);
  trace.field('descriptionText', description?.path);
  const status =
    conceptTerms(node, 'ceterms:credentialStatusType', '')[0] ??
    conceptTerms(node, 'ceterms:lifeCycleStatusType', '')[0];
  trace.field('status', status?.path);
  return {
    name: languageMapOf(node, 'ceterms:name'),
    nameText: name?.text ?? nameOf(node) ?? '',
    alternateNames: trace.texts(
      'alternateNames',
      literals(node, 'ceterms:alternateName').map(({ text, path }) => view.traced(view.root, text, path)),
    ),
    ...(description
      ? { description: languageMapOf(node, 'ceterms:description'), descriptionText: description.text }
      : {}),
    languages: trace.texts(
      'languages',
      literals(node, 'ceterms:inLanguage').map(({ text, path }) => view.traced(view.root, languageTag(text), path)),
    ),
    status: status ? statusOf(status.term) : ('unknown' as const),
    ...(status ? { rawStatus: status.term } : {}),
  };
}

const languageTags: Readonly<Record<string, string>> = {
  english: 'en',
  spanish: 'es',
  french: 'fr',
  german: 'de',
  chinese: 'zh',
  arabic: 'ar',
  portuguese: 'pt',
};

/** BCP 47 tag; old records write the English name of a language. */
function languageTag(text: string): string {
  return languageTags[text.toLowerCase()] ?? text.replace(':', '-');
}

/** Who owns, offers and publishes it. */
export function partiesOf(view: JoinView, trace: SourcePaths) {
  const stated = (own: string, others: string): Traced<Party>[] => {
    const found = new Map<string, Traced<Party>>();
    for (const party of view.parties(view.root, own)) found.set(partyKey(party.value), party);
    for (const spot of view.backwards(view.root, others)) {
      const party = partyOf(spot.resource);
      found.set(partyKey(party), view.traced(spot, party));
    }
    return [...found.values()];
  };
  const owners = trace.list('owners', stated('ceterms:ownedBy', 'ceterms:owns'));
  const offerers = trace.list('offerers', stated('ceterms:offeredBy', 'ceterms:offers'));
  const publisher = view.resource.record.envelope?.publishedBy;
  const first = owners[0] ?? offerers[0];
  return {
    owners,
    offerers,
    ...(publisher ? { publisher: { ctid: publisher.toLowerCase(), resolved: false } } : {}),
    ...(first ? { provider: provider(view, first) } : {}),
  };
}

function provider(view: JoinView, party: Party): NonNullable<Credential['provider']> {
  const resource = party.ctid
    ? view.find(view.root, `ctid:${party.ctid}`)
    : party.uri
      ? view.find(view.root, party.uri)
      : undefined;
  if (!resource) return party;
  const types = termNames(resource.node, 'ceterms:agentType', 'ceterms:OrganizationType');
  const sector = firstTerm(resource.node, 'ceterms:agentSectorType', 'ceterms:AgentSector');
  return { ...party, types, ...(sector ? { sector } : {}) };
}

/** Pages about it. */
export function linksOf(view: JoinView, trace: SourcePaths) {
  const first = (field: string, property: string): string | undefined =>
    trace.value(field, addresses(view, property)[0]);
  return {
    ...optionalField('webpage', first('webpage', 'ceterms:subjectWebpage')),
    ...optionalField('image', first('image', 'ceterms:image')),
    ...optionalField('catalog', first('catalog', 'ceterms:inCatalog')),
    listings: trace.texts('listings', addresses(view, 'ceterms:availabilityListing')),
    onlineAt: trace.texts('onlineAt', addresses(view, 'ceterms:availableOnlineAt')),
  };
}

function addresses(view: JoinView, ...properties: string[]): Traced<string>[] {
  const found: Traced<string>[] = [];
  for (const property of properties)
    for (const { iri, path } of irisOf(view.resource.node, property)) found.push(view.traced(view.root, iri, path));
  return found;
}

/** How, where and for whom it is available. */
export function availabilityOf(view: JoinView, trace: SourcePaths) {
  const { root } = view;
  const nonCredit = booleanOf(root.node, 'ceterms:isNonCredit');
  trace.field(
    'nonCredit',
    nonCredit === undefined ? undefined : root.node.properties['ceterms:isNonCredit']?.[0]?.path,
  );
  return {
    ...optionalField('nonCredit', nonCredit),
    jurisdictions: trace.texts(
      'jurisdictions',
      view.follow(root, 'ceterms:jurisdiction').flatMap((profile) => {
        const name = jurisdictionName(view, profile);
        return name === undefined ? [] : [view.traced(profile, name)];
      }),
    ),
    delivery: trace.texts('delivery', tracedTerms(view, [root], deliveryProperties, 'ceterms:Delivery')),
    learningMethods: trace.texts(
      'learningMethods',
      tracedTerms(view, [root], ['ceterms:learningMethodType'], 'ceterms:LearningMethod'),
    ),
    audiences: trace.texts('audiences', tracedTerms(view, [root], ['ceterms:audienceType'], 'ceterms:Audience')),
    financialAid: trace.texts(
      'financialAid',
      tracedTerms(
        view,
        view.follow(root, 'ceterms:financialAssistance'),
        ['ceterms:financialAssistanceType'],
        'ceterms:FinancialAssistance',
      ),
    ),
  };
}

const deliveryProperties = ['ceterms:learningDeliveryType', 'ceterms:deliveryType', 'ceterms:assessmentDeliveryType'];

function tracedTerms(
  view: JoinView,
  spots: readonly Spot[],
  ...[properties, scheme]: [properties: readonly string[], scheme: string]
): Traced<string>[] {
  const found: Traced<string>[] = [];
  for (const spot of spots)
    for (const property of properties)
      for (const { term, path } of conceptTerms(spot.node, property, scheme)) found.push(view.traced(spot, term, path));
  return found;
}

export function optionalField<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: T };
}
