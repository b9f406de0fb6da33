import { readFileSync } from 'node:fs';
import { InvalidInputError } from '@credatlas/model';
import type { ElasticConnection } from '@credatlas/search-elastic';
import type { Config } from './config.ts';

/** The cluster to search on, as configured; undefined with the embedded engine. Throws InvalidInputError when the certificate cannot be read. */
export function elasticConnection(config: Config): ElasticConnection | undefined {
  const { searchEngine, elasticsearchUrl, elasticsearchApiKey, elasticsearchUsername, elasticsearchPassword } = config;
  if (searchEngine !== 'elasticsearch' || !elasticsearchUrl) return undefined;
  return {
    nodes: elasticsearchUrl,
    ...(elasticsearchApiKey ? { apiKey: elasticsearchApiKey } : {}),
    ...(elasticsearchUsername && elasticsearchPassword
      ? { user: { name: elasticsearchUsername, password: elasticsearchPassword } }
      : {}),
    ...(config.elasticsearchCa ? { certificateAuthority: certificateIn(config.elasticsearchCa) } : {}),
  };
}

function certificateIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InvalidInputError(
      'invalid_configuration',
      `ELASTICSEARCH_CA is "${path}", which cannot be read. Name the PEM file of the certificate authority.`,
      { cause },
    );
  }
}
