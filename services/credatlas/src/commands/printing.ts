import { type Credential, counted, type Summary } from '@credatlas/model';
import type { Cluster, ClusteredCredential, CredentialList, SkillDetail } from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';

/** Skills of one result in a list; the record has them all. */
const maxSkills = 6;

export function printCredentials(terminal: Terminal, list: CredentialList, { isRanked }: { isRanked: boolean }): void {
  const { meta, results, facets, next } = list;
  const expanded = meta.totals.expanded - meta.totals.strict;
  const more = meta.mode === 'expanded' && expanded > 0 ? ` (${expanded} of them only by expansion)` : '';
  terminal.print(terminal.strong(`${counted(meta.total, 'credential')}${more}${otherUnit(meta)}`));
  for (const warning of meta.warnings) terminal.say(`Note: ${warning}`);
  const { didYouMean } = meta;
  if (didYouMean) terminal.say(`Did you mean ${didYouMean.q}? It finds ${didYouMean.total.toLocaleString('en')}.`);
  for (const result of results) printResult(terminal, result);
  for (const [name, { buckets, unknown }] of Object.entries(facets)) {
    terminal.print(terminal.strong(name));
    for (const { label, value, count } of buckets) terminal.print(`  ${String(count).padStart(7)}  ${label || value}`);
    if (unknown > 0) terminal.print(`  ${String(unknown).padStart(7)}  (not stated)`);
  }
  // A ranking is kept by the process that made it, and this one ends.
  if (next) terminal.say(isRanked ? 'More: --size 200, or in pages with --sort name' : `More: --after ${next}`);
}

/** The total in the other unit, where that is another. */
function otherUnit({ unit, units }: CredentialList['meta']): string {
  if (units.credentials === units.clusters) return '';
  return unit === 'cluster'
    ? ` in ${counted(units.credentials, 'record')}`
    : `, ${units.clusters.toLocaleString('en')} when records about the same one count once`;
}

function printResult(terminal: Terminal, result: Partial<Summary>): void {
  terminal.print(
    `${terminal.strong(result.name ?? result.id ?? '')}${result.provider?.name ? `, ${result.provider.name}` : ''}`,
  );
  terminal.print(`    ${factsOf(result).join(' · ')}`);
  const labels = [...new Set(result.skills?.map(({ label }) => label))];
  const rest = labels.length > maxSkills ? ` and ${labels.length - maxSkills} more` : '';
  if (labels.length > 0) terminal.print(`    skills: ${labels.slice(0, maxSkills).join(', ')}${rest}`);
}

/** What a person compares by, in the order of the pages; what is not stated is left out. */
export function factsOf({
  id,
  family,
  tier,
  cost,
  durationDays,
  credit,
  places,
  delivery,
}: Partial<Summary>): string[] {
  const place = places?.[0];
  return [
    family,
    tier && tier.value !== 'unknown' ? `tier ${tier.value}` : undefined,
    cost ? `${cost.currency} ${Number(cost.amount).toLocaleString('en')}` : undefined,
    durationDays ? counted(Math.round(durationDays), 'day') : undefined,
    credit?.semesterHours ? counted(credit.semesterHours, 'semester hour') : undefined,
    place ? [place.city, place.region, place.country].filter(Boolean).join(', ') : undefined,
    delivery?.join(', '),
    id,
  ].filter((fact): fact is string => fact !== undefined && fact !== '');
}

/** A value of any shape on one line. */
export function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return '(not stated)';
  if (Array.isArray(value)) return value.map(wordsOf).join('; ') || '(none)';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined && !(Array.isArray(inner) && inner.length === 0))
    .map(([name, inner]) => `${name} ${wordsOf(inner)}`)
    .join(', ');
}

export function printCredential(terminal: Terminal, body: unknown): void {
  const credential = body as ClusteredCredential;
  terminal.print(terminal.strong(credential.nameText));
  const { sourcePaths: _paths, issues, tier, cluster, apart, ...rest } = credential;
  printTier(terminal, tier);
  printFields(terminal, rest);
  if (!credential.offerings) terminal.print('offerings: (not stated: when its courses are held)');
  if (cluster) printCluster(terminal, cluster);
  for (const { field, values } of cluster?.differences ?? [])
    terminal.print(`    ${field}: ${values.map(wordsOf).join(' | ')}`);
  for (const { id, why } of apart) terminal.print(`not the same: ${id}${why ? `, ${why}` : ''}`);
  for (const { severity, path, message } of issues) terminal.print(`${severity} ${path}: ${message}`);
}

/** What is stated, a line each. */
export function printFields(terminal: Terminal, record: unknown): void {
  for (const [name, value] of Object.entries(record as object)) {
    const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) terminal.print(`${name}: ${wordsOf(value)}`);
  }
}

/** What each verdict rests on, period by period. */
function printTier(terminal: Terminal, { periods, evidence, listings, policy }: Credential['tier']): void {
  for (const { from, to, listed } of periods) {
    const days = [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
    terminal.print(`tier${days && ` ${days}`}: ${listed.value} by rule ${listed.rule} of policy ${policy}`);
    for (const { name, detail, paths } of evidence)
      if (listed.because.includes(name)) terminal.print(`    ${name}: ${detail} (${paths.join(', ')})`);
  }
  for (const { issuer, why, source } of listings) terminal.print(`    listed: ${issuer}: ${why} ${source}`);
}

/** Its members, the lead first, and what joins them. */
export function printCluster(terminal: Terminal, { members, evidence, confidence, size }: Cluster): void {
  const [lead] = members;
  terminal.print(`${terminal.strong(lead?.name ?? '')}: ${counted(size, 'record')}, confidence ${confidence}`);
  for (const { id, provider, updatedAt, isOwn } of members)
    terminal.print(`    ${id}${provider ? `, ${provider}` : ''}, ${updatedAt.slice(0, 10)}${isOwn ? ', its own' : ''}`);
  for (const detail of new Set(evidence.map((each) => each.detail))) terminal.print(`    because: ${detail}`);
}

export function printSuggestions(terminal: Terminal, body: unknown): void {
  const { results } = body as {
    results: { kind: string; label: string; credentials: number; filter: string | null }[];
  };
  for (const { kind, label, credentials, filter } of results)
    terminal.print(`${kind.padEnd(10)} ${String(credentials).padStart(6)}  ${label}${filter ? `    ${filter}` : ''}`);
}

/** Who names a skill and how, how it is supplied, and what was put together under it. */
export function printSkill(terminal: Terminal, skill: SkillDetail): void {
  const { key, label, stated, inferred, narrower, providers, related, merged } = skill;
  terminal.print(terminal.strong(`${label} (${key})`));
  const more = [
    ...(inferred > 0 ? [`${inferred} only by inference`] : []),
    ...(narrower > 0 ? [`${narrower} ${narrower === 1 ? 'states' : 'state'} a narrower one`] : []),
  ];
  terminal.print([`${counted(stated, 'credential')} ${stated === 1 ? 'states' : 'state'} it`, ...more].join('; '));
  for (const [relation, { buckets }] of Object.entries(providers))
    if (buckets.length > 0)
      terminal.print(`${relation}: ${buckets.map((each) => `${each.label} ${each.count}`).join(', ')}`);
  for (const name of ['families', 'tiers', 'regions'] as const) {
    const { buckets, unknown } = skill[name];
    const shown = [
      ...buckets.map((each) => `${each.label} ${each.count}`),
      ...(unknown > 0 ? [`not stated ${unknown}`] : []),
    ];
    if (shown.length > 0) terminal.print(`${name}: ${shown.join(', ')}`);
  }
  if (related.length > 0)
    terminal.print(`beside it: ${related.map((each) => `${each.label} ${each.credentials}`).join(', ')}`);
  for (const { key: own, because, statements } of merged)
    terminal.print(`the same: ${own}, for ${because} (${counted(statements, 'statement')})`);
}

export function printList(terminal: Terminal, body: unknown): void {
  const { meta, results, next } = body as {
    meta: { total: number };
    results: { id?: string; key?: string; nameText?: string; label?: string; credentials: number }[];
    next: string | null;
  };
  terminal.print(terminal.strong(`${meta.total.toLocaleString('en')} in all`));
  for (const { id, key, nameText, label, credentials } of results)
    terminal.print(`${String(credentials).padStart(6)}  ${nameText ?? label} (${id ?? key})`);
  if (next) terminal.say(`More: --after ${next}`);
}
