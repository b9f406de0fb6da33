import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@credatlas/model';
import type { Distribution } from './distribution.ts';
import { endServer, serverPid } from './serverProcess.ts';

/** `nobody`: Elasticsearch refuses to run as root. */
const nobody = 65_534;
/** Enough for tests: 0.8 GB resident (measured). */
const defaultHeapMb = 512;

export interface NodeOptions {
  distribution: Distribution;
  /** Its own folder, made when absent; holds configuration, data, logs and the pid. */
  folder: string;
  httpPort: number;
  /** Lines of `elasticsearch.yml`. */
  settings: Record<string, string | number | boolean>;
  heapMb?: number;
  /** Turns security on with this one user, who may do everything. */
  user?: { name: string; password: string };
}

/** One Elasticsearch process in a folder of its own; may be killed and started again on the same data. */
export class ElasticNode {
  readonly url: string;
  readonly folder: string;
  readonly #options: NodeOptions;

  constructor(options: NodeOptions) {
    this.#options = options;
    this.folder = options.folder;
    this.url = `http://127.0.0.1:${options.httpPort}`;
  }

  /** Process id of the server; undefined when it does not run. */
  get pid(): number | undefined {
    return serverPid(this.folder);
  }

  /** Starts the process; it answers some time later. */
  start(): void {
    const { folder, distribution } = this.#options;
    if (!existsSync(join(folder, 'config'))) this.#configure();
    const log = openSync(join(folder, 'output.log'), 'a');
    spawn(join(distribution.folder, 'bin', 'elasticsearch'), ['-p', join(folder, 'pid')], {
      ...asNobody(),
      cwd: folder,
      env: this.#environment(),
      detached: true,
      stdio: ['ignore', log, log],
    }).unref();
  }

  end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    return endServer(this.folder, signal);
  }

  /** The last lines it wrote, for a message. */
  lastWords(): string {
    const file = join(this.#options.folder, 'output.log');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-15).join('\n') : '';
  }

  #configure(): void {
    const { folder, distribution, httpPort, settings, user } = this.#options;
    for (const each of ['data', 'logs', 'tmp']) mkdirSync(join(folder, each), { recursive: true });
    cpSync(join(distribution.folder, 'config'), join(folder, 'config'), { recursive: true });
    const lines = {
      'network.host': '127.0.0.1',
      'http.port': httpPort,
      'path.data': join(folder, 'data'),
      'path.logs': join(folder, 'logs'),
      'xpack.security.enabled': user !== undefined,
      // A nearly full disk would make indices read-only in the middle of a test.
      'cluster.routing.allocation.disk.threshold_enabled': false,
      ...settings,
    };
    const text = Object.entries(lines).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
    writeFileSync(join(folder, 'config', 'elasticsearch.yml'), text.join(''));
    giveAway(folder);
    if (user) this.#addUser(user);
  }

  #addUser({ name, password }: { name: string; password: string }): void {
    const command = join(this.#options.distribution.folder, 'bin', 'elasticsearch-users');
    const { status, stdout, stderr } = spawnSync(command, ['useradd', name, '-p', password, '-r', 'superuser'], {
      ...asNobody(),
      env: this.#environment(),
      encoding: 'utf8',
    });
    if (status !== 0) throw new UnavailableError('elasticsearch_user', `No user could be made: ${stdout}${stderr}`);
  }

  #environment(): NodeJS.ProcessEnv {
    const { folder, distribution, heapMb = defaultHeapMb } = this.#options;
    return {
      PATH: process.env.PATH,
      ES_JAVA_HOME: distribution.javaHome,
      ES_JAVA_OPTS: `-Xms${heapMb}m -Xmx${heapMb}m`,
      ES_PATH_CONF: join(folder, 'config'),
      ES_TMPDIR: join(folder, 'tmp'),
    };
  }
}

function asNobody(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
}

function giveAway(folder: string): void {
  if (process.getuid?.() !== 0) return;
  chownSync(folder, nobody, nobody);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, entry), nobody, nobody);
}
