import { readCtid } from '@credatlas/ctdl';
import { type Organization, type Party, partyKey } from '@credatlas/model';
import { identifiersOf } from './identifiers.ts';
import { idOf } from './idOf.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import { placesAt } from './places.ts';
import { conceptTerms, irisOf, languageMapOf, literals, nameOf, termNames, textOf } from './reading.ts';
import { recognitionAt } from './recognition.ts';
import type { RegionNames } from './regions.ts';
import { parentsOf } from './sight.ts';

/** The record of a provider, accreditor or other agent. Pure. */
export function joinOrganization(view: JoinView, regions: RegionNames): Organization {
  const { resource } = view;
  const { node } = resource;
  const [name, description, ctid] = [
    textOf(node, 'ceterms:name'),
    textOf(node, 'ceterms:description'),
    literals(node, 'ceterms:ctid')[0],
  ];
  const webpage = irisOf(node, 'ceterms:subjectWebpage')[0];
  const sector = conceptTerms(node, 'ceterms:agentSectorType', 'ceterms:AgentSector')[0];
  const status = conceptTerms(node, 'ceterms:lifeCycleStatusType', 'ceterms:LifeCycleStatus')[0];
  const places = placesAt(view, view.root, { property: 'ceterms:address', basis: 'stated', names: regions });
  const paths = { ctid, nameText: name, descriptionText: description, webpage, sector, status };
  return {
    id: idOf(resource),
    uri: resource.uri,
    ...(resource.ctid ? { ctid: resource.ctid } : {}),
    ctidForm: ctid ? readCtid(ctid.text).form : resource.ctid ? 'valid' : 'absent',
    types: node.types,
    name: languageMapOf(node, 'ceterms:name'),
    nameText: name?.text ?? nameOf(node) ?? resource.uri,
    alternateNames: literals(node, 'ceterms:alternateName').map(({ text }) => text),
    ...(description ? { descriptionText: description.text } : {}),
    ...(webpage ? { webpage: webpage.iri } : {}),
    agentTypes: termNames(node, 'ceterms:agentType', 'ceterms:OrganizationType'),
    ...(sector ? { sector: sector.term } : {}),
    ...(status ? { status: status.term } : {}),
    identifiers: identifiersOf(view).map(({ value }) => value),
    places: places.map(({ value }) => value),
    parents: parentsAt(view),
    recognition: recognitionAt(view, view.root, 'provider').map(({ value }) => value),
    issues: [...resource.issues, ...view.issues],
    sourcePaths: Object.fromEntries(
      Object.entries(paths).flatMap(([field, stated]) => (stated ? [[`/${field}`, `#${stated.path}`]] : [])),
    ),
    source: resource.source,
    updatedAt: resource.record.modifiedAt ?? resource.record.fetchedAt,
  };
}

/** As it says itself, then as those say that it is a part of. */
function parentsAt(view: JoinView): Party[] {
  const stated = view.parties(view.root, 'ceterms:parentOrganization').map(({ value }) => value);
  const above = view.backwards(view.root, ...parentsOf).map(({ resource }) => partyOf(resource));
  return [...new Map([...stated, ...above].map((party) => [partyKey(party), party])).values()];
}
