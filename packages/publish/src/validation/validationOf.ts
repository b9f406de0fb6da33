import { schemaVersions } from '@credatlas/ctdl';
import { pointerLines } from '@credatlas/documents';
import type { GraphNode } from '@credatlas/model';
import type { ValidatedResource, Validation } from './Finding.ts';
import { FindingList } from './FindingList.ts';
import { completenessOf } from './publishingRules.ts';
import { splitAdvice } from './readingFindings.ts';

/** The document as text, for line numbers. */
export interface DocumentText {
  text: string;
  /** Line on which it starts in its file. */
  line: number;
}

/** A resource with how complete it is. */
export function resourceOf(node: GraphNode): ValidatedResource {
  const completeness = completenessOf(node);
  return { uri: node.uri ?? '', types: node.types, pointer: node.path, ...(completeness ? { completeness } : {}) };
}

/** The findings of one document with their lines and totals. */
export function validationOf(
  given: { shape: string; list: FindingList; resources: ValidatedResource[] },
  source: DocumentText | undefined,
): Validation {
  const { shape, list, resources } = given;
  const findings = list.list();
  const lines =
    source &&
    pointerLines(
      source.text,
      [...findings, ...resources].map(({ pointer }) => pointer),
    );
  const placed = <T extends { pointer: string; line?: number | undefined }>(item: T): T => {
    const line = lines?.get(item.pointer);
    return line === undefined || !source ? item : { ...item, line: line + source.line - 1 };
  };
  const located = findings.map(placed);
  if (lines) located.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return {
    shape,
    schema: { ...schemaVersions },
    totals: list.totals(),
    findings: located,
    resources: resources.map(placed),
  };
}

/** What is said of a document that could not be read as one. */
export function refusedValidation(refused: {
  code: string;
  reason: string;
  line?: number;
  column?: number;
}): Validation {
  const { code, reason, line, column } = refused;
  const findings = new FindingList();
  findings.add(code === 'malformed_json' ? code : 'unreadable_file', { pointer: '' }, () => splitAdvice(reason));
  const placed = findings.list().map((finding) => ({
    ...finding,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }));
  return {
    shape: 'unknown',
    schema: { ...schemaVersions },
    totals: findings.totals(),
    findings: placed,
    resources: [],
  };
}
