import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CredatlasError, InvalidInputError } from '@credatlas/model';
import { filterField } from '../../fields.ts';
import { type FilterNode, parseFilter } from '../../filterSyntax.ts';
import { type Classification, classificationSchema } from './Classification.ts';

/**
 * The classification schemes that ship, and those of a user's JSON file or folder of such files; one with the id of a shipped one
 * takes its place. Throws InvalidInputError `classification_invalid` naming file, pointer and what is allowed.
 */
export function readClassifications(path?: string): Classification[] {
  const shipped = filesOf(fileURLToPath(new URL('../../../classifications/', import.meta.url)));
  const own = path === undefined ? [] : filesOf(path);
  return [...new Map([...shipped, ...own].map(readOne).map((each) => [each.id, each])).values()];
}

function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(path, name));
  } catch (error) {
    throw invalid(path, `cannot be read: ${(error as Error).message}`, error);
  }
}

function readOne(file: string): Classification {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw invalid(file, `cannot be read: ${(error as Error).message}`, error);
  }
  const parsed = classificationSchema.safeParse(value);
  if (!parsed.success) {
    const told = parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
    throw invalid(file, `is not as it should be: ${told}`);
  }
  parsed.data.categories.forEach(({ filter }, at) => {
    const fault = faultOf(filter);
    if (fault) throw invalid(file, `is not as it should be: /categories/${at}/filter: ${fault}`);
  });
  return parsed.data;
}

/** What is wrong with a filter, as far as it can be told without the data. */
function faultOf(filter: string): string | undefined {
  try {
    const unknown = fieldsOf(parseFilter(filter)).find((name) => !filterField(name));
    return unknown === undefined ? undefined : `there is no field "${unknown}"`;
  } catch (error) {
    if (error instanceof CredatlasError) return error.message;
    throw error;
  }
}

function fieldsOf(nodes: readonly FilterNode[]): string[] {
  return nodes.flatMap((node) => (node.kind === 'field' ? [node.field] : fieldsOf(node.alternatives.flat())));
}

function invalid(file: string, what: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError('classification_invalid', `${file} ${what}`, { cause });
}
