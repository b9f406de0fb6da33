import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** The last official distribution that Maven Central carries; the oldest version the adapter promises to work with. */
export const version = '8.19.21';
const artifact = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${version}:zip`;

export interface Distribution {
  folder: string;
  javaHome: string;
}

/** The distribution on this machine, fetched when absent; else what is missing and every way to get it. */
export function findDistribution(): Distribution | { missing: string } {
  const javaHome = process.env.ES_JAVA_HOME ?? javaHomeFound();
  if (javaHome === undefined) return { missing: explained('no Java (17 or newer) was found') };
  const folder = join(cacheFolder(), `elasticsearch-${version}`);
  if (existsSync(folder)) return { folder, javaHome };
  if (!find('mvn')) return { missing: explained('Maven (mvn), which fetches the distribution, was not found') };
  const failure = fetchInto(folder);
  return failure === undefined ? { folder, javaHome } : { missing: explained(failure) };
}

/** Where downloads and running nodes are noted. Another user runs the nodes when we are root, who may not look into root's home. */
export function cacheFolder(): string {
  const top = process.getuid?.() === 0 ? '/var/cache' : (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
  return join(top, 'credatlas');
}

function explained(reason: string): string {
  return [
    `No Elasticsearch can be started: ${reason}. Any one of these helps:`,
    '  - Java 17 or newer and Maven on the PATH (on Debian: apt install openjdk-17-jre-headless maven; ES_JAVA_HOME names another Java);',
    '  - a running Elasticsearch 8.19 or 9.x that may be written to, named by ELASTICSEARCH_URL;',
    '  - Docker: docker compose up elasticsearch, then ELASTICSEARCH_URL=http://127.0.0.1:9200.',
  ].join('\n');
}

function find(command: string): string | undefined {
  const folder = (process.env.PATH ?? '').split(delimiter).find((each) => existsSync(join(each, command)));
  return folder === undefined ? undefined : join(folder, command);
}

/** `…/bin/java` behind all links, two folders up. */
function javaHomeFound(): string | undefined {
  const java = find('java');
  return java === undefined ? undefined : dirname(dirname(realpathSync(java)));
}

/** Fetches beside the folder and renames, so that an interrupted fetch leaves nothing that looks whole. Answers why it failed. */
function fetchInto(folder: string): string | undefined {
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  try {
    const goal = ['-B', '-ntp', '-q', 'dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${beside}`];
    // Outside any project, so that no pom.xml is looked for.
    const { status, stdout, stderr, error } = spawnSync('mvn', goal, { cwd: beside, encoding: 'utf8' });
    if (status !== 0) return `Maven could not fetch ${artifact} (${error?.message ?? `${stdout}${stderr}`.trim()})`;
    if (!existsSync(folder)) renameSync(join(beside, `elasticsearch-${version}`), folder);
    return undefined;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
