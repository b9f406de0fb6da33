import { counted } from '@credatlas/model';
import type { ProviderReport, ReferenceList } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import type { Terminal } from '../Terminal.ts';
import { ask, parametersIn } from './query.ts';

type Options = Record<string, unknown>;

/** `credatlas references ID` */
export function referencesCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/credentials/${encodeURIComponent(id)}/references`;
  return ask(context, { path, query: parametersIn(options) }, (body) => {
    const { terminal } = context;
    const { meta, results, next } = body as ReferenceList;
    const ending = meta.resolved ? '' : ', all of them broken: nothing here is it';
    const count = counted(meta.total, 'reference');
    terminal.print(terminal.strong(`${count} to ${meta.target}${ending}`));
    for (const { property, count } of meta.properties) terminal.print(`${String(count).padStart(7)}  ${property}`);
    for (const { property, from, document } of results) {
      terminal.print(`${from.name ?? from.uri} (${from.kind}${from.id ? `, ${from.id}` : ''})`);
      terminal.print(`    ${property}, in ${document.uri}`);
    }
    if (next) terminal.say(`More: --after ${next}`);
  });
}

/** `credatlas report ORGANIZATION [--peers a,b]` */
export function reportCommand(context: CommandContext, id: string, options: Options): Promise<number> {
  const path = `/v1/organizations/${encodeURIComponent(id)}/report`;
  return ask(context, { path, query: parametersIn(options) }, (body) => {
    const report = body as ProviderReport;
    const { terminal } = context;
    for (const warning of report.meta.warnings) terminal.say(`Note: ${warning}`);
    printRecords(terminal, report);
    printMissing(terminal, report);
    printPeers(terminal, report);
  });
}

/** Lines of a list that a person reads before asking for all of it with `--json`. */
const maxLines = 10;

function printRecords(
  terminal: Terminal,
  { organization, records, freshness, brokenReferences, duplicates }: ProviderReport,
): void {
  terminal.print(
    terminal.strong(`${organization.name ?? organization.id}: ${counted(records.credentials, 'credential')}`),
  );
  const families = records.byFamily.map(({ label, count }) => `${count} ${label.toLowerCase()}`);
  const others = records.byKind.filter(({ kind }) => kind !== 'credential');
  terminal.print([...families, ...others.map(({ kind, count }) => `${count} ${kind}`)].join(', '));
  const { stale, fresh, unknown, stalest } = freshness;
  terminal.print(`stale: ${stale} (${fresh} fresh, ${unknown} without any date)`);
  for (const { name, affirmed } of stalest) terminal.print(`    ${affirmed ?? ''}  ${name}`);
  terminal.print(`broken references: ${brokenReferences.total} in ${counted(brokenReferences.records, 'record')}`);
  for (const { from, property, target, state } of brokenReferences.list.slice(0, maxLines))
    terminal.print(`    ${from.uri}\n        ${property} → ${target} (${state})`);
  terminal.print(`published by others too: ${duplicates.total}`);
  for (const { name, others: copies, confidence } of duplicates.list.slice(0, maxLines))
    terminal.print(`    ${name}: ${copies.map(({ id: copy }) => copy).join(', ')} (confidence ${confidence})`);
}

function printMissing(terminal: Terminal, { missing, asked }: ProviderReport): void {
  terminal.print(
    terminal.strong(
      `empty fields: ${asked.lost} of ${counted(asked.total, 'question')} since ${asked.from} lost by them`,
    ),
  );
  for (const { field, records, share, asked: count, lost } of missing.filter((each) => each.records > 0))
    terminal.print(
      `    ${field.padEnd(15)} ${counted(records, 'record').padStart(13)} (${Math.round(share * 100)} %), asked for ${count}, lost ${lost}`,
    );
  for (const { text, fields, asked: count, records } of asked.list.slice(0, maxLines))
    terminal.print(
      `    ${count} × ${[text ? `"${text}"` : '', ...fields].filter(Boolean).join(' ')}: ${counted(records, 'record')} dropped out`,
    );
}

function printPeers(terminal: Terminal, { peers, measures, skills }: ProviderReport): void {
  if (peers.length === 0) return;
  const names = peers.map(({ name, id, credentials }) => `${name ?? id} (${credentials})`);
  terminal.print(terminal.strong(`against ${names.join(', ')}`));
  const told = (value: number | null): string => (value === null ? '-' : value.toLocaleString('en'));
  for (const { measure, unit, own, peers: theirs, rank } of measures)
    terminal.print(
      `    ${measure.padEnd(14)} median ${told(own.median)} ${unit} of ${own.n}; theirs ${told(theirs.p25)} to ${told(theirs.p75)}, median ${told(theirs.median)} of ${theirs.n}${rank === null ? '' : `; above ${Math.round(rank * 100)} % of theirs`}`,
    );
  if (skills.length > 0) terminal.print('skills of theirs that none of its credentials states:');
  for (const { label, credentials, peers: count } of skills.slice(0, maxLines))
    terminal.print(`    ${label}: ${counted(credentials, 'credential')} of ${counted(count, 'peer')}`);
}
