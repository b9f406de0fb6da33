import type { Credential } from '@credatlas/model';
import { stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, irisOf, literals, textOf } from './reading.ts';
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
] as const;

export function identifiersOf(view: JoinView): Traced<Identifier>[] {
  const own = ownSchemes.flatMap((scheme) =>
    literals(view.resource.node, `ceterms:${scheme}`).map(({ text, path }) =>
      view.traced(view.root, { scheme, value: text }, path),
    ),
  );
  return [...own, ...profiles(view, 'ceterms:identifier'), ...profiles(view, 'ceterms:versionIdentifier')];
}

/** Identifier profiles; old documents write the code alone. */
function profiles(view: JoinView, property: string): Traced<Identifier>[] {
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
  const code = literals(node, 'ceterms:versionCode')[0];
  const identifiers = profiles(view, 'ceterms:versionIdentifier').map(({ value, at }) => ({ value: value.value, at }));
  const fields = {
    code: trace.value('versions/code', code && view.traced(view.root, code.text, code.path)),
    identifiers: identifiers.length > 0 ? trace.list('versions/identifiers', identifiers) : undefined,
    latest: iri('latest'),
    previous: iri('previous'),
    next: iri('next'),
    supersedes: iri('supersedes', 'supersedes'),
    supersededBy: iri('supersededBy', 'supersededBy'),
  };
  const versions = stated(fields);
  return Object.keys(versions).length > 0 ? versions : undefined;
}
