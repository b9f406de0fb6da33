import type { Credential } from '@credatlas/model';
import { some, stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, irisOf, literalOf, literals, textOf } from './reading.ts';
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
  const value = textOf(spot.node, 'ceterms:identifierValueCode')?.text;
  if (!value) return [];
  const scheme = iriOf(spot.node, 'ceterms:identifierType');
  const schemeName = textOf(spot.node, 'ceterms:identifierTypeName')?.text;
  return [view.traced(spot, { ...stated({ scheme, schemeName }), value })];
}

export function versionsOf(view: JoinView, trace: SourcePaths): Credential['versions'] {
  const { node } = view.resource;
  const iri = (field: string, property = `${field}Version`): string | undefined => {
    const found = irisOf(node, `ceterms:${property}`)[0];
    return trace.value(`versions/${field}`, found && view.traced(view.root, found.iri, found.path));
  };
  const code = literalOf(node, 'ceterms:versionCode');
  const identifiers = profiles(view, 'ceterms:versionIdentifier').map(({ value, at }) => ({ value: value.value, at }));
  const versions = stated({
    code: trace.value('versions/code', code && view.traced(view.root, code.text, code.path)),
    identifiers: some(trace.list('versions/identifiers', identifiers)),
    latest: iri('latest'),
    previous: iri('previous'),
    next: iri('next'),
    supersedes: iri('supersedes', 'supersedes'),
    supersededBy: iri('supersededBy', 'supersededBy'),
  });
  return Object.keys(versions).length > 0 ? versions : undefined;
}
