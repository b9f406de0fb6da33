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

/** A record while it is written: its fields are stated one after another, in the order of the model. */
type Written = Partial<Credential>;

/** What it is: identity, class and family. */
export function stateIdentity(record: Written, view: JoinView, trace: SourcePaths): void {
  const { resource } = view;
  const { node } = resource;
  const stated = literalOf(node, 'ceterms:ctid');
  trace.field('ctid', stated?.path);
  trace.field('types', node.types.length > 0 ? `${node.path}/@type` : undefined);
  const types = specificFirst(node.types);
  const family = familyOf(node.types);
  record.id = idOf(resource);
  record.uri = resource.uri;
  if (resource.ctid) record.ctid = resource.ctid;
  record.ctidForm = stated ? readCtid(stated.text).form : resource.ctid ? 'valid' : 'absent';
  record.identifiers = trace.list('identifiers', identifiersOf(view));
  record.sameAs = trace.texts('sameAs', addresses(view, 'ceterms:sameAs', 'owl:sameAs'));
  record.kind = resource.kind;
  record.types = types;
  record.ancestors = ancestorsOfAll(types);
  const isApprenticeship = family === 'other' && booleanOf(node, 'ceterms:isRegisteredApprenticeship');
  record.family = isApprenticeship ? 'apprenticeship' : family;
}

function ancestorsOfAll(types: string[]): string[] {
  if (types.length === 1) return ancestorsOf(types[0]!);
  return [...new Set(types.flatMap(ancestorsOf))].filter((type) => !types.includes(type));
}

/** What it is called and said to be, and its status. */
export function stateNaming(record: Written, view: JoinView, trace: SourcePaths): void {
  const { node } = view.resource;
  const [name, description] = [textOf(node, 'ceterms:name'), textOf(node, 'ceterms:description')];
  trace.field('nameText', name?.path);
  trace.field('descriptionText', description?.path);
  const status =
    conceptTerms(node, 'ceterms:credentialStatusType', '')[0] ??
    conceptTerms(node, 'ceterms:lifeCycleStatusType', '')[0];
  trace.field('status', status?.path);
  record.name = languageMapOf(node, 'ceterms:name');
  record.nameText = name?.text ?? nameOf(node) ?? '';
  record.alternateNames = trace.texts(
    'alternateNames',
    literals(node, 'ceterms:alternateName').map(({ text, path }) => view.traced(view.root, text, path)),
  );
  if (description) {
    record.description = languageMapOf(node, 'ceterms:description');
    record.descriptionText = description.text;
  }
  record.languages = trace.texts(
    'languages',
    literals(node, 'ceterms:inLanguage').map(({ text, path }) => view.traced(view.root, languageTag(text), path)),
  );
  record.status = status ? statusOf(status.term) : 'unknown';
  if (status) record.rawStatus = status.term;
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
export function stateParties(record: Written, view: JoinView, trace: SourcePaths): void {
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
  record.owners = owners;
  record.offerers = offerers;
  if (publisher) record.publisher = { ctid: publisher.toLowerCase(), resolved: false };
  if (first) record.provider = provider(view, first);
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
export function stateLinks(record: Written, view: JoinView, trace: SourcePaths): void {
  const page = (field: string, property: string): string | undefined =>
    trace.value(field, addresses(view, property)[0]);
  // By name, not by variable: a field that is stated by variable makes a hash table of the whole record.
  const webpage = page('webpage', 'ceterms:subjectWebpage');
  const image = page('image', 'ceterms:image');
  const catalog = page('catalog', 'ceterms:inCatalog');
  if (webpage !== undefined) record.webpage = webpage;
  if (image !== undefined) record.image = image;
  if (catalog !== undefined) record.catalog = catalog;
  record.listings = trace.texts('listings', addresses(view, 'ceterms:availabilityListing'));
  record.onlineAt = trace.texts('onlineAt', addresses(view, 'ceterms:availableOnlineAt'));
}

function addresses(view: JoinView, ...properties: string[]): Traced<string>[] {
  const found: Traced<string>[] = [];
  for (const property of properties)
    for (const { iri, path } of irisOf(view.resource.node, property)) found.push(view.traced(view.root, iri, path));
  return found;
}

/** How, where and for whom it is available. */
export function stateAvailability(record: Written, view: JoinView, trace: SourcePaths): void {
  const { root } = view;
  const nonCredit = booleanOf(root.node, 'ceterms:isNonCredit');
  if (nonCredit !== undefined) {
    record.nonCredit = nonCredit;
    trace.field('nonCredit', root.node.properties['ceterms:isNonCredit']?.[0]?.path);
  }
  const jurisdictions: Traced<string>[] = [];
  for (const profile of view.follow(root, 'ceterms:jurisdiction')) {
    const name = jurisdictionName(view, profile);
    if (name !== undefined) jurisdictions.push(view.traced(profile, name));
  }
  record.jurisdictions = trace.texts('jurisdictions', jurisdictions);
  const terms = (field: string, properties: readonly string[], scheme: string): string[] =>
    trace.texts(field, tracedTerms(view, [root], properties, scheme));
  record.delivery = terms('delivery', deliveryProperties, 'ceterms:Delivery');
  record.learningMethods = terms('learningMethods', ['ceterms:learningMethodType'], 'ceterms:LearningMethod');
  record.audiences = terms('audiences', ['ceterms:audienceType'], 'ceterms:Audience');
  const aid = view.follow(root, 'ceterms:financialAssistance');
  record.financialAid = trace.texts(
    'financialAid',
    tracedTerms(view, aid, ['ceterms:financialAssistanceType'], 'ceterms:FinancialAssistance'),
  );
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
