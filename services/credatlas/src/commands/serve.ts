import { availableParallelism } from 'node:os';
import { createApp, type HttpServer, listen } from '@credatlas/http-express';
import { ExportDesk, type QueryDependencies } from '@credatlas/query';
import type { Store } from '@credatlas/store-sqlite';
import { openAdminToken } from '../adminToken.ts';
import { announcement } from '../announcement.ts';
import { apiDependencies, apiRoutes } from '../apiRoutes.ts';
import type { CommandContext } from '../commandContext.ts';
import { openData, openEngine, placesOf, renew, version } from '../compose.ts';
import { exitCodes } from '../exitCodes.ts';
import { about, instructions, pitfalls } from '../guidance.ts';
import { IndexFollower } from '../IndexFollower.ts';
import { loadSample, wantsSample } from '../loadSample.ts';
import { mcpRoute } from '../mcp/mcpRoute.ts';
import { toolsOf } from '../mcp/toolsOf.ts';
import { searchPages } from '../pages/searchPages.ts';
import { QuestionCounts } from '../QuestionCounts.ts';
import { storeMetrics } from '../storeMetrics.ts';
import { withLock } from '../withLock.ts';

/** A server that is being replaced needs a moment to seal and let go. */
const patienceMs = 15_000;

/**
 * `credatlas serve`: one process that answers, follows the store and, when asked to, loads the sample market first. Listens before
 * it loads, so that a taken port is noticed at once and progress can be seen; ends in order at SIGTERM or Ctrl-C.
 */
export async function serveCommand(context: CommandContext): Promise<number> {
  const { config, terminal, signal } = context;
  const http = await listen(config);
  try {
    const store = openData(context);
    try {
      const patience = { waitMs: patienceMs, tell: (message: string) => terminal.say(message) };
      const purpose = `serving on ${http.origin}`;
      return await withLock({ lock: store.lock, name: 'index', purpose, signal, patience }, () =>
        serveStore(context, { http, store }),
      );
    } finally {
      store.close();
    }
  } finally {
    await http.close();
  }
}

async function serveStore(
  context: CommandContext,
  { http, store }: { http: HttpServer; store: Store },
): Promise<number> {
  const { config, terminal, signal, log, clock } = context;
  const publicUrl = config.publicUrl ?? http.origin;
  const engine = openEngine(context, { writable: true, searchThreads: Math.max(1, availableParallelism() - 1) });
  const token = openAdminToken({ path: placesOf(config).adminToken, configured: config.adminToken });
  const quiet = { ...context, progress: { report: () => {} } };
  const questions = new QuestionCounts({ questions: store.questions, clock, log });
  const follower = new IndexFollower({ given: quiet, store, engine });
  const dependencies = dependenciesOf(context, { store, engine, follower, questions, publicUrl });
  const exports = await ExportDesk.open(dependencies, {
    folder: placesOf(config).exports,
    keepDays: config.exportDays,
    maxBytes: config.exportMaxBytes,
    log,
  });
  const routes = apiRoutes(dependencies, exports);
  const state = { ready: false };
  const readiness = async () => ({ ready: state.ready, detail: { ...terminal.current, ...(await engine.info()) } });
  const app = createApp({
    routes,
    pages: [
      ...searchPages({ routes, readiness, log, clock, publicUrl }),
      mcpRoute({ tools: toolsOf(routes, { log, clock, publicUrl }), version, instructions, log, publicUrl }),
    ],
    readiness,
    metrics: storeMetrics(store, engine, clock),
    tokens: token.verify,
    title: 'Credatlas',
    version,
    about,
    guidance: [...pitfalls, `Agents have the same questions as tools at ${publicUrl}/mcp (Model Context Protocol).`],
    rateLimits: {
      anonymous: config.rateLimit,
      token: config.rateLimitToken,
      loopback: config.rateLimitLoopback,
    },
    trustedProxies: config.trustedProxies,
    publicUrl,
    log,
    clock,
  });
  await renew(quiet, store, signal);
  http.serve(app.handler);
  terminal.say(`Listening on ${http.origin}`);
  if (token.generated) terminal.say(`Token for writing, shown this once: ${token.generated}`);
  const following = Promise.all([follower.run(signal, () => state.ready), questions.run(signal)]);
  const startedAt = clock.now();
  await firstLoad(context, { store, follower });
  if (!signal.aborted) {
    state.ready = true;
    terminal.endProgress();
    terminal.print(
      await announcement({ ...context, store, routes, publicUrl, seconds: (clock.now() - startedAt) / 1000 }),
    );
    // What the announcement asked to be sure that it can be answered is nobody's question.
    questions.forget();
    exports.start();
    log.info('ready', { origin: http.origin });
    await fired(signal);
  }
  terminal.say('Stopping.');
  await http.close();
  await following;
  await exports.close();
  await engine.close();
  return state.ready ? exitCodes.done : exitCodes.interrupted;
}

function dependenciesOf(
  { config, clock, log, knowledge }: CommandContext,
  given: {
    store: Store;
    engine: ReturnType<typeof openEngine>;
    follower: IndexFollower;
    questions: QuestionCounts;
    publicUrl: string;
  },
): QueryDependencies {
  const { store, engine, follower, questions, publicUrl } = given;
  return apiDependencies(store, {
    settle: () => follower.settle(),
    ...(config.countQuestions ? { questionNotes: questions } : {}),
    ...{ engine, clock, log, publicUrl },
    staleAfterMonths: knowledge.rules.policy.staleness.months,
    classifications: config.classifications,
    rules: config.rules,
  });
}

/** A sample that cannot be loaded does not keep the rest from being served. */
async function firstLoad(
  context: CommandContext,
  { store, follower }: { store: Store; follower: IndexFollower },
): Promise<void> {
  const { signal, terminal, log } = context;
  try {
    if (await wantsSample(context, store)) {
      terminal.say('Loading the sample market.');
      await loadSample(context, store, {
        signal,
        patience: { waitMs: patienceMs, tell: (message) => terminal.say(message) },
      });
    }
    await follower.verify(signal);
  } catch (error) {
    if (signal.aborted) return;
    log.error('first load failed', { error });
    terminal.say(`Not everything could be loaded: ${error instanceof Error ? error.message : error}`);
  }
}

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
