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
  literals,
  nameOf,
  termNames,
  textOf,
} from './reading.ts';
import { jurisdictionName } from './recognition.ts';
import type { SourcePaths } from './SourcePaths.ts';
import type { Traced } from './Spot.ts';

/** What it is: identity, class and family. */
export function identityOf(view: JoinView, trace: SourcePaths) {
  const { resource } = view;
  const { node } = resource;
  const stated = literals(node, 'ceterms:ctid')[0];
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
    ancestors: [...new Set(types.flatMap(ancestorsOf))].filter((type) => !types.includes(type)),
    family:
      family === 'other' && booleanOf(node, 'ceterms:isRegisteredApprenticeship')
        ? ('apprenticeship' as const)
        : family,
  };
}

/** What it is called and said to be, and its status. */
export function namingOf(view: JoinView, trace: SourcePaths) {
  const { node } = view.resource;
  const [name, description] = [textOf(node, 'ceterms:name'), textOf(node, 'ceterms:description')];
  trace.field('nameText', name?.path);
  trace.field('descriptionText', description?.path);
  const status = [
    ...conceptTerms(node, 'ceterms:credentialStatusType', ''),
    ...conceptTerms(node, 'ceterms:lifeCycleStatusType', ''),
  ][0];
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

/** BCP 47 tag; old records write the English name of a language. */
function languageTag(text: string): string {
  const names: Record<string, string> = {
    english: 'en',
    spanish: 'es',
    french: 'fr',
    german: 'de',
    chinese: 'zh',
    arabic: 'ar',
    portuguese: 'pt',
  };
  return names[text.toLowerCase()] ?? text.replace(':', '-');
}

/** Who owns, offers and publishes it. */
export function partiesOf(view: JoinView, trace: SourcePaths) {
  const stated = (own: string, others: string): Traced<Party>[] => {
    const all = view.parties(view.root, own).concat(statedBackwards(view, others));
    return [...new Map(all.map((party) => [partyKey(party.value), party])).values()];
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

function statedBackwards(view: JoinView, property: string): Traced<Party>[] {
  return view.backwards(view.root, property).map((spot) => view.traced(spot, partyOf(spot.resource), spot.node.path));
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
  const all = (property: string): Traced<string>[] => addresses(view, `ceterms:${property}`);
  return {
    ...optionalField('webpage', trace.value('webpage', all('subjectWebpage')[0])),
    ...optionalField('image', trace.value('image', all('image')[0])),
    ...optionalField('catalog', trace.value('catalog', all('inCatalog')[0])),
    listings: trace.texts('listings', all('availabilityListing')),
    onlineAt: trace.texts('onlineAt', all('availableOnlineAt')),
  };
}

function addresses(view: JoinView, ...properties: string[]): Traced<string>[] {
  return properties.flatMap((property) =>
    irisOf(view.resource.node, property).map(({ iri, path }) => view.traced(view.root, iri, path)),
  );
}

/** How, where and for whom it is available. */
export function availabilityOf(view: JoinView, trace: SourcePaths) {
  const { root } = view;
  const read = (field: string, properties: string[], scheme: string): string[] =>
    trace.texts(
      field,
      properties.flatMap((property) =>
        conceptTerms(root.node, `ceterms:${property}`, `ceterms:${scheme}`).map(({ term, path }) =>
          view.traced(root, term, path),
        ),
      ),
    );
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
    delivery: read('delivery', ['learningDeliveryType', 'deliveryType', 'assessmentDeliveryType'], 'Delivery'),
    learningMethods: read('learningMethods', ['learningMethodType'], 'LearningMethod'),
    audiences: read('audiences', ['audienceType'], 'Audience'),
    financialAid: trace.texts(
      'financialAid',
      view
        .follow(root, 'ceterms:financialAssistance')
        .flatMap((spot) =>
          conceptTerms(spot.node, 'ceterms:financialAssistanceType', 'ceterms:FinancialAssistance').map(
            ({ term, path }) => view.traced(spot, term, path),
          ),
        ),
    ),
  };
}

export function optionalField<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: T };
}
