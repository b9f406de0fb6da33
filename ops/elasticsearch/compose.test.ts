import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from './distribution.ts';

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  mem_limit?: string;
  ulimits?: Record<string, number>;
  healthcheck?: { test: string; interval: string; timeout: string; retries: number };
  depends_on?: Record<string, { condition: string }>;
}
interface Compose {
  name: string;
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

const root = join(import.meta.dirname, '..', '..');
const compose = parse(readFileSync(join(root, 'compose.yaml'), 'utf8')) as Compose;
const services = Object.entries(compose.services);
test('it has the three services', () => {
  expect(Object.keys(compose.services)).toEqual(['credatlas', 'elasticsearch', 'kibana']);
});

test('Elasticsearch and Kibana are of the version that the tests run against', () => {
  for (const name of ['elasticsearch', 'kibana'])
    expect(compose.services[name]?.image?.split(':').at(-1)).toBe(version);
});

test.each(services)('%s listens on this machine only', (_name, { ports = [] }) => {
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\d+$/);
});

test.each(services)('%s says every value as text, so that YAML makes no boolean or number of it', (_name, service) => {
  for (const value of Object.values(service.environment ?? {})) expect(value).toBeTypeOf('string');
});

test('whoever waits for another waits for one that tells its health', () => {
  for (const [, { depends_on = {} }] of services)
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(condition).toBe('service_healthy');
      expect(compose.services[other]?.healthcheck).toBeDefined();
    }
});

test('every named volume is declared, and every declared one is used', () => {
  const named = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]));
  expect(Object.keys(compose.volumes).sort()).toEqual(named.sort());
});

test('our own image is built from a file that is there, with settings that the configuration knows', () => {
  const { build, environment } = compose.services.credatlas!;
  expect(existsSync(join(root, build!.context, build!.dockerfile))).toBe(true);
  const config = readFileSync(join(root, 'services', 'credatlas', 'src', 'config.ts'), 'utf8');
  for (const name of Object.keys(environment!)) {
    const field = name.toLowerCase().replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
    expect(config).toContain(`  ${field}:`);
  }
});

test('the image is made with the package manager that the checkout uses', () => {
  const pinned = /pnpm@[\d.]+/;
  const [image, checkout] = ['ops/Dockerfile', 'ops/run.mjs'].map((file) => readFileSync(join(root, file), 'utf8'));
  expect(image!.match(pinned)?.[0]).toBe(checkout!.match(pinned)?.[0]);
});
