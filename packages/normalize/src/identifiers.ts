import type { Credential } from '@credatlas/model';
import { some, stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, irisOf, literalOf, literals, plainTextOf } from './reading.ts';
import type { SourcePaths } from './SourcePaths.ts';
import type { Spot, Traced } from './Spot.ts';

type Identifier = Credential['identifiers'][number];

/** Properties that are an identifier each, in a scheme of their own. */
const ownSchemes = [
  'credentialId',
  'codedNotation',
  'ipedsID',
  'opeID',
  'leiCode',
  'ncesID',
  'duns',
  'fein',
  'isicV4',
  'sced',
].map((scheme) => [scheme, `ceterms:${scheme}`] as const);

export function identifiersOf(view: JoinView): Traced<Identifier>[] {
  const found: Traced<Identifier>[] = [];
  for (const [scheme, property] of ownSchemes) {
    for (const { text, path } of literals(view.resource.node, property))
      found.push(view.traced(view.root, { scheme, value: text }, path));
  }
  found.push(...profiles(view, 'ceterms:identifier'), ...profiles(view, 'ceterms:versionIdentifier'));
  return found;
}

/** Identifier profiles; old documents write the code alone. */
function profiles(view: JoinView, property: string): Traced<Identifier>[] {
  const values = view.resource.node.properties[property];
  if (!values) return [];
  const codes = literals(view.resource.node, property).map(({ text, path }) =>
    view.traced(view.root, { value: text }, path),
  );
  return [...codes, ...view.follow(view.root, property).flatMap((spot) => profile(view, spot))];
}

function profile(view: JoinView, spot: Spot): Traced<Identifier>[] {
  const value = plainTextOf(spot.node, 'ceterms:identifierValueCode');
  if (!value) return [];
  const scheme = iriOf(spot.node, 'ceterms:identifierType');
  const schemeName = plainTextOf(spot.node, 'ceterms:identifierTypeName');
  return [view.traced(spot, { ...stated({ scheme, schemeName }), value })];
}

export function versionsOf(view: JoinView, trace: SourcePaths): Credential['versions'] {
  const { node } = view.resource;
  const iri = (field: string, property: string): string | undefined => {
    const found = irisOf(node, property)[0];
    return found && trace.value(`versions/${field}`, view.traced(view.root, found.iri, found.path));
  };
  const code = literalOf(node, 'ceterms:versionCode');
  const identifiers = profiles(view, 'ceterms:versionIdentifier').map(({ value, at }) => ({ value: value.value, at }));
  const versions = stated({
    code: trace.value('versions/code', code && view.traced(view.root, code.text, code.path)),
    identifiers: some(trace.list('versions/identifiers', identifiers)),
    latest: iri('latest', 'ceterms:latestVersion'),
    previous: iri('previous', 'ceterms:previousVersion'),
    next: iri('next', 'ceterms:nextVersion'),
    supersedes: iri('supersedes', 'ceterms:supersedes'),
    supersededBy: iri('supersededBy', 'ceterms:supersededBy'),
  });
  return Object.keys(versions).length > 0 ? versions : undefined;
}
