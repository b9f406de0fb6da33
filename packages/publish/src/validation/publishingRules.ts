import { className, publishingTier } from '@credatlas/ctdl';
import type { GraphNode } from '@credatlas/model';
import { type Examination, type Examined, someOf } from './Examination.ts';
import type { Completeness } from './Finding.ts';
import type { RuleCode } from './rules.ts';

/** What the registry assumes where nothing is stated. */
const assumed: ReadonlyMap<string, string> = new Map([
  ['ceterms:credentialStatusType', 'credentialStat:Active'],
  ['ceterms:lifeCycleStatusType', 'lifeCycle:Active'],
]);
/** Asked for by the publishing assistant, but not by the registry's own schemas (`ctdl-model` §3.1). */
const askedByAssistant = new Set(['ceterms:inLanguage', 'ceterms:ownedBy|ceterms:offeredBy', 'ceterms:credentialId']);
/** Credentials that say no more than that they are one. */
const generalClasses = new Set(['ceterms:Credential', 'ceterms:Degree']);
/** The publishing assistant refuses shorter ones. */
const minDescription = 15;

/** How much of what the registry asks for is stated; undefined where it asks nothing of the class. */
export function completenessOf({ types, properties }: GraphNode): Completeness | undefined {
  const tier = publishingTier(types);
  if (!tier) return undefined;
  const missing = (names: readonly string[]): string[] =>
    names.filter((name) => !name.split('|').some((each) => (properties[each]?.length ?? 0) > 0));
  const share = (names: readonly string[], absent: string[]): number | null =>
    names.length === 0 ? null : Math.round((1 - absent.length / names.length) * 1_000) / 1_000;
  const required = missing(tier.required);
  const recommended = missing(tier.recommended);
  const optional = missing(tier.optional);
  return {
    required: share(tier.required, required),
    recommended: share(tier.recommended, recommended),
    optional: share(tier.optional, optional),
    missing: { required, recommended, optional },
  };
}

/** Required and recommended properties, concrete classes, descriptions that say something (`ctdl-model` §3.1). */
export function examinePublishing(examined: Examined, examination: Examination): void {
  const { node, isPrimary, heldBy } = examined;
  if (!isPrimary && heldBy === undefined) return;
  const completeness = completenessOf(node);
  if (isPrimary) {
    examineClass(examined, examination);
    examineDescription(examined, examination);
    reportMissing(examined, examination, {
      names: completeness?.missing.required ?? [],
      code: 'required_property_missing',
    });
    reportRecommended(examined, examination, completeness?.missing.recommended ?? []);
  } else if (isProfile(node))
    reportMissing(examined, examination, {
      names: completeness?.missing.required ?? [],
      code: 'profile_property_missing',
    });
}

/** Nodes that only ever live inside others, so that what they lack is lacking. */
function isProfile({ types }: GraphNode): boolean {
  return types.some((type) =>
    ['ceterms:ConditionProfile', 'ceterms:CostProfile', 'ceterms:CredentialAlignmentObject'].includes(className(type)),
  );
}

function reportMissing(
  { node, resource }: Examined,
  { findings }: Examination,
  { names, code }: { names: readonly string[]; code: RuleCode },
): void {
  for (const name of names) {
    const place = { pointer: node.path, resource };
    const status = assumed.get(name);
    const shownName = name.replaceAll('|', ' or ');
    if (status !== undefined)
      findings.add('status_not_stated', place, () => ({
        message: `${typeOf(node)} states no ${name}.`,
        fix: `State it; the registry assumes ${status}.`,
        suggestion: status,
      }));
    // One place may lack several properties, and each is a finding of its own.
    else
      findings.add(code, { ...place, subject: name }, () => ({
        message: `${typeOf(node)} has no ${shownName}.`,
        fix: `Add ${shownName}.`,
        ...(askedByAssistant.has(name) ? { severity: 'warning' as const } : {}),
      }));
  }
}

function reportRecommended({ node, resource }: Examined, { findings }: Examination, names: readonly string[]): void {
  if (names.length === 0) return;
  findings.add('recommended_properties_missing', { pointer: node.path, resource }, () => ({
    message: `${typeOf(node)} states none of ${names.length} recommended properties: ${someOf(names, 20)}.`,
    fix: 'Add those that you know; people find and compare by them.',
  }));
}

function examineClass({ node, resource }: Examined, { findings }: Examination): void {
  const place = { pointer: node.path, resource };
  if (node.types.length === 0)
    findings.add('missing_type', place, () => ({
      message: `${node.uri} has no @type, so nothing can be asked of its properties.`,
      fix: 'Add "@type" with its class, such as ceterms:Certificate.',
    }));
  const general = node.types.length === 1 ? node.types.find((type) => generalClasses.has(type)) : undefined;
  if (general)
    findings.add('class_too_general', { ...place, pointer: `${node.path}/@type` }, () => ({
      message: `${general} stands for all its subclasses and is not published itself.`,
      fix: `Name the kind, such as ${general === 'ceterms:Degree' ? 'ceterms:BachelorDegree' : 'ceterms:Certificate'}.`,
    }));
}

function examineDescription({ node, resource }: Examined, { findings }: Examination): void {
  if (!publishingTier(node.types)?.required.includes('ceterms:description')) return;
  for (const value of node.properties['ceterms:description'] ?? []) {
    const text = 'literal' in value ? String(value.literal).trim() : undefined;
    if (text !== undefined && text.length < minDescription)
      findings.add('description_too_short', { pointer: value.path, resource }, () => ({
        message: `The description "${text}" has ${text.length} characters.`,
        fix: `Describe it in at least ${minDescription}.`,
      }));
  }
}

function typeOf({ types }: GraphNode): string {
  return types[0] ?? 'It';
}
