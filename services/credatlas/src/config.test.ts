import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (env: Record<string, string>, flags: Record<string, unknown> = {}) =>
  readConfig({ env, flags, cwd: '/home/me' });

test('a flag wins over the environment, the environment over the default', () => {
  expect(read({}).config.port).toBe(8080);
  expect(read({ PORT: '90' }).config.port).toBe(90);
  const { config, settings } = read({ PORT: '90' }, { port: '0', sample: false });
  expect([config.port, config.sample]).toEqual([0, false]);
  expect(settings.find(({ name }) => name === 'PORT')).toEqual({ name: 'PORT', value: '0', origin: 'flag' });
});

test('an empty variable is as good as none, and paths start where the command was given', () => {
  const { config } = read({ DATA_DIR: '', PUBLIC_URL: 'https://a.example/base/' });
  expect([config.dataDir, config.publicUrl]).toEqual(['/home/me/data', 'https://a.example/base']);
  expect(read({ DATA_DIR: '/elsewhere' }).config.dataDir).toBe('/elsewhere');
});

test.each([
  [{ PORT: '65536' }, 'PORT is "65536". Allowed: a whole number from 0 to 65535 (0 picks a free one).'],
  [{ SAMPLE: 'maybe' }, 'SAMPLE is "maybe". Allowed: true or false.'],
  [{ SEARCH_ENGINE: 'lucene' }, 'SEARCH_ENGINE is "lucene". Allowed: embedded or elasticsearch.'],
  [
    { SEARCH_ENGINE: 'elasticsearch' },
    'ELASTICSEARCH_URL is not set. Allowed: the address of an Elasticsearch, since SEARCH_ENGINE is elasticsearch.',
  ],
  [
    { ELASTICSEARCH_URL: 'http://a:9200,http://me:secret@b:9200' },
    'ELASTICSEARCH_URL is a secret. Allowed: one or more http or https addresses, separated by commas, without user and password.',
  ],
  [
    { ELASTICSEARCH_USERNAME: 'me' },
    'ELASTICSEARCH_PASSWORD is not set. Allowed: the password of ELASTICSEARCH_USERNAME.',
  ],
  [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL is "ftp://x". Allowed: an http or https address.'],
  [{ ADMIN_TOKEN: 'short' }, 'ADMIN_TOKEN is a secret. Allowed: at least 20 characters.'],
])('a wrong value is refused by name, with what is allowed: %o', (env, message) => {
  expect(() => read(env)).toThrow(expect.objectContaining({ code: 'invalid_configuration', message }));
});

test('a wrong flag is named as a flag, and every wrong value is told', () => {
  expect(() => read({ SAMPLE: 'x' }, { dataDir: '', port: 'y' })).toThrow(
    /^--port is "y".*\n--data-dir is "".*\nSAMPLE is "x"/,
  );
});

test('several nodes of one cluster are given in one setting', () => {
  const { config } = read({ SEARCH_ENGINE: 'elasticsearch', ELASTICSEARCH_URL: 'http://a:9200/, https://b:9200' });
  expect(config).toMatchObject({
    elasticsearchUrl: ['http://a:9200', 'https://b:9200'],
    elasticsearchIndex: 'credatlas',
  });
});

test('secrets are not printed', () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz';
  const { settings } = read({ ADMIN_TOKEN: secret, ELASTICSEARCH_API_KEY: secret, ELASTICSEARCH_PASSWORD: secret });
  expect(JSON.stringify(settings)).not.toContain('abcdef');
});
