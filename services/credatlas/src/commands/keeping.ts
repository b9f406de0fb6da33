import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConflictError, counted } from '@credatlas/model';
import { restoreStore } from '@credatlas/store-sqlite';
import type { CommandContext } from '../commandContext.ts';
import { openData, openEngine, placesOf, rebuild } from '../compose.ts';
import { exitCodes } from '../exitCodes.ts';
import { withLock } from '../withLock.ts';

/** `credatlas backup FILE`: a copy of the store as of now, while others go on writing. */
export async function backupCommand(context: CommandContext, file: string): Promise<number> {
  const path = resolve(context.cwd, file);
  if (existsSync(path))
    throw new ConflictError('file_exists', `${path} exists already and is not overwritten. Name another file.`);
  const store = openData(context);
  try {
    await store.backup(path);
  } finally {
    store.close();
  }
  context.terminal.print(context.json ? JSON.stringify({ file: path }) : `written to ${path}`);
  return exitCodes.done;
}

/** `credatlas restore FILE`: the store as it was; what stood there is kept beside it. The index is built anew from it. */
export async function restoreCommand(context: CommandContext, file: string): Promise<number> {
  const { config, clock, log, terminal, json } = context;
  const { store: to, index } = placesOf(config);
  const kept = await restoreStore({ from: resolve(context.cwd, file), to, clock, log });
  rmSync(index, { recursive: true, force: true });
  if (json) terminal.print(JSON.stringify({ store: to, ...(kept ? { kept } : {}) }));
  else terminal.print(`restored to ${to}${kept ? `; what was there is kept as ${kept}` : ''}`);
  return exitCodes.done;
}

/** `credatlas index rebuild`: the index anew from the store. Refused while a server runs. */
export async function rebuildCommand(context: CommandContext): Promise<number> {
  const { terminal, json, signal } = context;
  const store = openData(context);
  try {
    const purpose = 'rebuilding the index';
    const answer = await withLock({ lock: store.lock, name: 'index', purpose }, async () => {
      const engine = openEngine(context, { writable: true });
      const built = await rebuild(context, store, { engine, signal });
      await engine.close();
      return built;
    });
    terminal.endProgress();
    terminal.print(json ? JSON.stringify(answer) : `indexed ${counted(answer.documents, 'credential')}`);
    return exitCodes.done;
  } finally {
    store.close();
  }
}
