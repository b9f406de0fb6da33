import { readCtid } from '@credatlas/ctdl';
import { type Clause, codePath, type KeywordField, type TextUnit } from '@credatlas/model';
import type { QueryContext } from './dependencies.ts';
import { identityForms } from './identityForms.ts';
import { textUnits } from './textQuery.ts';
import type { Warnings } from './Warnings.ts';

/** What identifiers are looked up in. */
type WordContext = Pick<QueryContext, 'credentials' | 'known' | 'labels'>;

/** What a text that is one identifier stands for: each field by which credentials are found, and the condition. */
export interface Identified {
  text: string;
  parts: { field: string; clause: Clause }[];
  clause: Clause;
}

/**
 * Reads `q` as an identifier: of a credential, an organization or a skill (CTID, IRI, our id, key), of an organization (UNITID, OPEID,
 * page), or a code of SOC or CIP. Undefined for words, and for codes that nothing here has.
 */
async function identifiedBy(
  context: WordContext,
  q: string | undefined,
  warnings: Warnings,
): Promise<Identified | undefined> {
  const text = q?.trim() ?? '';
  // Nothing that identifies is without a digit or an address, and none has blanks in it.
  if (!/^\S*[\d:/]\S*$/.test(text)) return undefined;
  const parts = [
    ...(await credentialPart(context, text)),
    ...(await organizationParts(context, text)),
    ...(await skillPart(context, text)),
    ...(await codeParts(context, text)),
  ];
  const isSurely = readCtid(text).ctid !== undefined || /^https?:\/\/\S+$/i.test(text);
  if (parts.length === 0 && !isSurely) return undefined;
  warnings.add(
    parts.length === 0
      ? `Nothing here is identified by "${text.slice(0, 100)}".`
      : `"${text.slice(0, 100)}" is read as an identifier: ${parts.map(({ field }) => field).join(', ')}.`,
  );
  return { text, parts, clause: { op: 'or', clauses: parts.map(({ clause }) => clause) } };
}

/** What `q` says: words and phrases, or one identifier. Throws InvalidInputError as `textUnits` does. */
export async function wordsIn(
  context: WordContext,
  q: string | undefined,
  warnings: Warnings,
): Promise<{ units: TextUnit[] | undefined; identified: Identified | undefined }> {
  const identified = await identifiedBy(context, q, warnings);
  return { identified, units: identified ? undefined : textUnits(q, warnings) };
}

/** In which of its ways each of the documents is found. */
export async function identifiedFields(
  { engine }: QueryContext,
  ids: string[],
  { parts }: Identified,
): Promise<Map<string, string[]>> {
  const fields = new Map(ids.map((id): [string, string[]] => [id, []]));
  for (const { field, clause } of parts)
    for (const id of await engine.matching(ids, clause)) fields.get(id)?.push(field);
  return fields;
}

async function credentialPart({ credentials }: WordContext, text: string): Promise<Identified['parts']> {
  const ids = [...(await credentials.idsOf(identityForms(text))).values()].flat();
  return ids.length > 0 ? [{ field: 'id', clause: { op: 'ids', ids: [...new Set(ids)] } }] : [];
}

async function organizationParts({ credentials, known }: WordContext, text: string): Promise<Identified['parts']> {
  const organization = await credentials.organization(text);
  if (!organization) return [];
  const values = [organization.id, organization.uri];
  const parts: Identified['parts'] = [];
  for (const field of ['provider', 'recognizedBy'] as const) {
    const inUse = await known.all(field);
    if (values.some((value) => inUse.includes(value))) parts.push({ field, clause: { op: 'any', field, values } });
  }
  return parts;
}

async function skillPart({ labels }: WordContext, text: string): Promise<Identified['parts']> {
  const found: string[] = [];
  for (const form of identityForms(text)) found.push(...(await labels.values('skill', form)));
  return found.length > 0
    ? [{ field: 'skill', clause: { op: 'any', field: 'skill', values: [...new Set(found)] } }]
    : [];
}

/** As their classifications write them: digits alone may be anything. */
const codePatterns: readonly [field: 'occupation' | 'program', pattern: RegExp][] = [
  ['occupation', /^\d{2}-\d{4}(\.\d{2})?$/],
  ['program', /^\d{2}\.\d{4}$/],
];

async function codeParts({ known }: WordContext, text: string): Promise<Identified['parts']> {
  for (const [field, pattern] of codePatterns) {
    const path = pattern.test(text) ? codePath(text) : undefined;
    const paths = `${field}.path` as KeywordField;
    if (path !== undefined && (await known.all(paths)).includes(path))
      return [{ field, clause: { op: 'any', field: paths, values: [path] } }];
  }
  return [];
}
