import { referenceKey } from '@credatlas/ctdl';
import type { Code, Term } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import { distinctBy } from './distinctBy.ts';
import type { JoinView } from './JoinView.ts';
import { type Alignment, alignments, literals, nameOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

type Reader = (alignment: Alignment) => Pick<Code, 'code' | 'scheme'>;

/** Occupations: SOC `15-1252`, O*NET-SOC `15-1252.00`, ISCO and ESCO by their IRIs. */
export function occupationsOf(view: JoinView): readonly Traced<Code>[] {
  return codesOf(view, 'ceterms:occupationType', ({ code, uri, frameworkName, framework }) => {
    const text = code ?? /onetonline\.org\/.*?(\d\d-\d{4}(?:\.\d\d)?)/.exec(uri ?? '')?.[1] ?? '';
    const soc = /^(\d\d)-?(\d{4})(?:\.(\d\d))?$/.exec(text);
    if (soc)
      return soc[3]
        ? { code: `${soc[1]}-${soc[2]}.${soc[3]}`, scheme: 'onet' }
        : { code: `${soc[1]}-${soc[2]}`, scheme: 'soc' };
    const esco = /data\.europa\.eu\/esco\/(occupation|isco)\/([\w.-]+)$/i.exec(uri ?? '');
    if (esco) return { code: esco[2] ?? '', scheme: esco[1]?.toLowerCase() === 'isco' ? 'isco' : 'esco' };
    return other(text, frameworkName ?? framework);
  });
}

/** Instructional programmes: CIP `11.0701`, also where the dot was lost. */
export function programsOf(view: JoinView): Traced<Code>[] {
  return [...statedPrograms(view), ...namedPrograms(view)];
}

/** Old records name the code of a programme as if it were a subject: "CIP Code: 52.0201". */
function namedPrograms(view: JoinView): Traced<Code>[] {
  return alignments(view.resource.node, 'ceterms:subject').flatMap(({ label, path }) => {
    const code = /^CIP(?: code)?:?\s*(\d\d\.\d{2}(?:\d{2})?)$/i.exec(label ?? '')?.[1];
    return code ? [{ value: { code, scheme: 'cip' }, at: view.at(view.root, path) }] : [];
  });
}

function statedPrograms(view: JoinView): readonly Traced<Code>[] {
  return codesOf(view, 'ceterms:instructionalProgramType', ({ code, frameworkName, framework }) => {
    const cip = /^(\d\d)\.?(\d{2}|\d{4})?$/.exec((code ?? '').trim());
    return cip
      ? { code: cip[2] ? `${cip[1]}.${cip[2]}` : (cip[1] ?? ''), scheme: 'cip' }
      : other(code, frameworkName ?? framework);
  });
}

/** Industries: NAICS from alignments and from the credential's own `naics`. */
export function industriesOf(view: JoinView): readonly Traced<Code>[] {
  const own = literals(view.resource.node, 'ceterms:naics').map(({ text, path }) => ({
    value: { code: text, scheme: 'naics' },
    at: view.at(view.root, path),
  }));
  const aligned = codesOf(view, 'ceterms:industryType', ({ code, frameworkName, framework }) =>
    /^\d{2,6}$/.test(code ?? '') ? { code: code ?? '', scheme: 'naics' } : other(code, frameworkName ?? framework),
  );
  return distinct([...aligned, ...own]);
}

function other(code: string | undefined, framework: string | undefined): Pick<Code, 'code' | 'scheme'> {
  return { ...(code ? { code } : {}), ...(framework ? { scheme: framework } : {}) };
}

function codesOf(view: JoinView, property: string, read: Reader): readonly Traced<Code>[] {
  const found: Traced<Code>[] = [];
  for (const alignment of alignments(view.resource.node, property)) {
    const { code, scheme } = read(alignment);
    const { uri } = alignment;
    // An occupation published as a resource of its own is known by that resource's name.
    const resource = uri ? view.find(view.root, referenceKey(uri)) : undefined;
    const label = alignment.label ?? (resource && nameOf(resource.node));
    if (!code && !label && !uri) continue;
    const value: Code = {};
    if (code !== undefined) value.code = code;
    if (scheme !== undefined) value.scheme = scheme;
    if (uri) value.uri = uri;
    if (label) value.label = label;
    found.push({ value, at: view.at(view.root, alignment.path) });
  }
  return distinct(found);
}

function distinct(codes: Traced<Code>[]): readonly Traced<Code>[] {
  return distinctBy(codes, ({ value }) => JSON.stringify([value.code, value.uri, value.label]));
}

/** Subjects from their several properties, and keywords; one entry per folded label. */
export function termsOf(view: JoinView, spot: Spot, properties: readonly string[]): Traced<Term>[] {
  const found = new Map<string, Traced<Term>>();
  for (const property of properties) {
    for (const { label, uri, path } of alignments(spot.node, property)) {
      const key = fold(label ?? '');
      if (!key) continue;
      const value: Term = { key, label: label ?? '' };
      if (uri) value.uri = uri;
      found.set(key, { value, at: view.at(spot, path) });
    }
  }
  return [...found.values()];
}
