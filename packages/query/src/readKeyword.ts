import { canonicalIri, conceptsOf, readConcept, readCtid, registryIri } from '@credatlas/ctdl';
import { codePath, type KeywordField, nearestName, unreachable } from '@credatlas/model';
import { compareUtf8, fold } from '@credatlas/skills';
import type { QueryContext } from './dependencies.ts';
import type { FilterField } from './fields.ts';
import { filterFault } from './filterSyntax.ts';
import { identityForms } from './identityForms.ts';
import { spellings, valueName } from './valueNames.ts';
import type { Warnings } from './Warnings.ts';

export type KeywordFilterField = Extract<FilterField, { kind: 'keyword' }>;

export interface WrittenValue {
  text: string;
  position: number;
}

interface KeywordContext extends Pick<QueryContext, 'labels' | 'credentials' | 'known' | 'skillsIn'> {
  warnings: Warnings;
}

/** A column of the engine, and its values. */
export interface FoundValues {
  engine: KeywordField;
  values: string[];
}

/**
 * The engine's values behind what a person wrote. Throws InvalidInputError `unknown_filter_value` where the values are a closed list;
 * elsewhere a value that nothing has is looked for all the same, and warned of.
 */
export async function readKeyword(
  field: KeywordFilterField,
  written: WrittenValue,
  context: KeywordContext,
): Promise<FoundValues> {
  const { reading, engine } = field;
  switch (reading.by) {
    case 'closed':
      return { engine, values: [closedValue(field.name, written, reading.values)] };
    case 'concept':
      return { engine, values: await conceptValues(field, { written, scheme: reading.scheme }, context) };
    case 'label':
      return { engine, values: await namedValues(reading.labels, written.text, context) };
    case 'code':
      return codeValues(engine, written.text, context);
    case 'language':
      return { engine, values: await languageValues(engine, written.text, context) };
    case 'credential':
      return { engine, values: await credentialValues(written.text, context) };
    case 'spelling':
      return { engine, values: await spelledValues(engine, written.text, context) };
    default:
      return unreachable(reading);
  }
}

function closedValue(field: string, { text, position }: WrittenValue, values: readonly string[]): string {
  const wanted = bare(text);
  const found = values.find((value) => bare(value) === wanted);
  return found ?? refuseValue(field, { text, position }, values);
}

/** `micro-credential` and `microCredential` are one. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function refuseValue(field: string, { text, position }: WrittenValue, values: readonly string[]): never {
  throw filterFault('unknown_filter_value', {
    detail: `"${field}" has no value "${shortened(text)}". Values: ${values.join(', ')}.`,
    position,
    suggestion: nearestName(text, values),
  });
}

/** People do not say "PrivateNonProfit". */
const spokenSectors: Readonly<Record<string, string>> = {
  nonprofit: 'PrivateNonProfit',
  forprofit: 'PrivateForProfit',
};

async function conceptValues(
  { name, engine }: KeywordFilterField,
  { written, scheme }: { written: WrittenValue; scheme: string },
  context: KeywordContext,
): Promise<string[]> {
  const text = scheme === 'ceterms:AgentSector' ? (spokenSectors[bare(written.text)] ?? written.text) : written.text;
  const inUse = await context.known.written(engine, text);
  if (inUse.length > 0) return inUse;
  const concept = readConcept(text, scheme);
  const terms = conceptsOf(scheme).map(({ term }) => term);
  if (concept?.scheme !== scheme) return refuseValue(name, written, terms);
  const known = await context.known.written(engine, concept.term);
  if (known.length === 0) context.warnings.add(`Nothing has ${name} "${concept.label}".`);
  return [concept.term];
}

/** By value, name or alias; an identifier also in its canonical form, and a skill by what public schemes call it. */
async function namedValues(labels: KeywordField, text: string, context: KeywordContext): Promise<string[]> {
  const concept = labels === 'skill' ? context.skillsIn.named(text) : undefined;
  const forms = [...identityForms(text), ...(concept ? [concept.key] : [])];
  for (const form of forms) {
    const values = await context.labels.values(labels, form);
    if (values.length > 0) return values;
  }
  // What documents only point at has no name, but is in use.
  for (const form of forms) {
    const values = await context.known.written(labels, form);
    if (values.length > 0) return values;
  }
  const organization = agents.has(labels) ? await context.credentials.organization(text) : undefined;
  if (organization) return [organization.id, organization.uri];
  // Nothing states it, but narrower ones may be stated.
  if (concept && (await context.known.all('skill.broader')).includes(concept.key)) return [concept.key];
  const nearest = context.warnings.isFull ? undefined : await nearestLabel(labels, text, context);
  context.warnings.add(unusedWarning(labels, text, nearest));
  return [text];
}

/** Fields whose values are organizations, which go by codes, too. */
const agents = new Set<KeywordField>(['provider', 'recognizedBy']);

/** Names that are compared with a mistyped one: two milliseconds' worth. */
const maxCompared = 200;

async function nearestLabel(
  field: KeywordField,
  text: string,
  { labels }: KeywordContext,
): Promise<string | undefined> {
  // Those that share its first letters, else the most used ones: the fault may sit at the beginning.
  for (const prefix of [fold(text).slice(0, 2), '']) {
    const { entries } = await labels.list({ field, prefix, limit: maxCompared, offset: 0 });
    const nearest = nearestName(
      text,
      entries.map(({ label }) => label),
    );
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}

async function codeValues(engine: KeywordField, text: string, context: KeywordContext): Promise<FoundValues> {
  const path = codePath(text);
  if (path === undefined) return { engine, values: await namedValues(engine, text, context) };
  const paths = `${engine}.path` as KeywordField;
  const inUse = await context.known.all(paths);
  if (!inUse.includes(path)) {
    // Digits of another classification have no paths.
    if ((await context.known.all(engine)).includes(text)) return { engine, values: [text] };
    const above = inUse
      .filter((other) => path.startsWith(other))
      .sort((a, b) => b.length - a.length || compareUtf8(a, b))[0];
    context.warnings.add(unusedWarning(engine, text, above && valueName(paths, above)));
  }
  return { engine: paths, values: [path] };
}

async function languageValues(engine: KeywordField, text: string, context: KeywordContext): Promise<string[]> {
  const range = text.trim().toLowerCase();
  const inUse = await context.known.all(engine);
  const inRange = inUse.filter((tag) => tag === range || tag.startsWith(`${range}-`));
  return inRange.length > 0 ? inRange : spelledValues(engine, text, context);
}

async function credentialValues(text: string, { credentials }: KeywordContext): Promise<string[]> {
  const credential = await credentials.credential(text);
  const { ctid } = readCtid(text);
  const forms = [text, canonicalIri(text), ...(ctid ? [registryIri(ctid)] : [])];
  return [...new Set(credential ? [credential.id, credential.uri, ...forms] : forms)];
}

async function spelledValues(engine: KeywordField, text: string, context: KeywordContext): Promise<string[]> {
  const inUse = await context.known.written(engine, text);
  if (inUse.length > 0) return inUse;
  context.warnings.add(unusedWarning(engine, text, await nearestSpelling(engine, text, context)));
  return [text];
}

async function nearestSpelling(
  engine: KeywordField,
  text: string,
  { known, warnings }: KeywordContext,
): Promise<string | undefined> {
  if (warnings.isFull) return undefined;
  const mostUsed = (await known.all(engine)).slice(0, maxCompared);
  return nearestName(
    text,
    mostUsed.flatMap((value) => spellings(engine, value)),
  );
}

function unusedWarning(field: string, text: string, nearest: string | undefined): string {
  return `Nothing has ${field} "${shortened(text)}".${nearest === undefined ? '' : ` Nearest: "${nearest}".`}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
