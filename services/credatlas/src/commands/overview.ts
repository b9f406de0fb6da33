import { counted } from '@credatlas/model';
import type { CommandContext } from '../commandContext.ts';
import { openData, placesOf } from '../compose.ts';
import { exitCodes } from '../exitCodes.ts';

/** `credatlas sources`: every source with its last finished run. */
export async function sourcesCommand(context: CommandContext): Promise<number> {
  const { terminal, json } = context;
  const store = openData(context);
  try {
    const sources = await store.records.sources();
    if (json) terminal.print(JSON.stringify({ sources }));
    else if (sources.length === 0) terminal.say('No source yet. Crawl one: credatlas crawl SOURCE');
    else
      for (const { id, uri, records, lastRun } of sources) {
        const when = lastRun?.finishedAt ? `last crawled ${lastRun.finishedAt}` : 'never crawled to its end';
        terminal.print(`${id}  ${counted(records, 'record')}, ${when}\n    ${uri}`);
      }
    return exitCodes.done;
  } finally {
    store.close();
  }
}

/** `credatlas stats`: what the store holds. */
export async function statsCommand(context: CommandContext): Promise<number> {
  const { terminal, json, config } = context;
  const store = openData(context);
  try {
    const [counts, edges] = [await store.credentials.counts(), await store.credentials.edgeCounts()];
    const seq = await store.credentials.lastSeq();
    const statistics = { store: placesOf(config).store, schemaVersion: store.schemaVersion, seq, ...counts };
    if (json) {
      terminal.print(JSON.stringify({ ...statistics, edges }));
      return exitCodes.done;
    }
    const { issuesByCode, ...plain } = statistics;
    for (const [name, value] of Object.entries(plain)) terminal.print(`${name.padEnd(14)} ${value}`);
    terminal.print(`${'edges'.padEnd(14)} ${edges.total}, ${edges.resolved} of them to a record here`);
    for (const { code, severity, count } of issuesByCode) terminal.print(`  ${severity} ${code}: ${count}`);
    return exitCodes.done;
  } finally {
    store.close();
  }
}

/** `credatlas config`: each setting, its value and where it came from. */
export async function configCommand({ settings, terminal, json }: CommandContext): Promise<number> {
  if (json) {
    terminal.print(JSON.stringify({ settings }));
    return exitCodes.done;
  }
  const width = Math.max(...settings.map(({ name }) => name.length));
  for (const { name, value, origin } of settings)
    terminal.print(`${name.padEnd(width)}  ${value ?? '(none)'}  [${origin}]`);
  return exitCodes.done;
}
