import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError } from '@credatlas/model';
import type { ZodType } from 'zod';

/** A JSON file of a user's or of ours, before it is checked. */
export interface DataFile {
  path: string;
  value: unknown;
}

/** The JSON files of a folder, by name, or one of them. Throws InvalidInputError `code` naming the file. */
export function dataFiles(path: string, code: string): DataFile[] {
  try {
    const names = statSync(path).isDirectory() ? readdirSync(path).filter((name) => name.endsWith('.json')) : undefined;
    const paths = names?.sort().map((name) => join(path, name)) ?? [path];
    return paths.map((each) => ({ path: each, value: jsonOf(each, code) }));
  } catch (error) {
    throw error instanceof InvalidInputError ? error : unreadable(path, code, error as Error);
  }
}

function jsonOf(path: string, code: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unreadable(path, code, error as Error);
  }
}

function unreadable(path: string, code: string, cause: Error): InvalidInputError {
  return new InvalidInputError(code, `${path} cannot be read: ${cause.message}`, { cause });
}

/** The content of a file by its schema. Throws InvalidInputError `code` with file, JSON pointers and what is allowed. */
export function checkedFile<T>({ path, value }: DataFile, schema: ZodType<T>, code: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw faultyFile(
    { path, code },
    parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })),
  );
}

/** The refusal of a file by what is wrong in it, and where. */
export function faultyFile(
  { path, code }: { path: string; code: string },
  faults: { pointer: string; detail: string }[],
): InvalidInputError {
  const told = faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
  return new InvalidInputError(code, `${path} is not as it should be: ${told}`);
}
