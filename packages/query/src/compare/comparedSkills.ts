import { type Credential, confidences, isStated, type Skill } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { Comparison } from './schemas.ts';

type Statement = Comparison['skills']['matrix'][number]['statements'][number];

/** Stated skills by identity: what all have, what only one has, and who says what about each; the most shared first. */
export function comparedSkills(credentials: Credential[]): Comparison['skills'] {
  const stated = credentials.map(({ skills }) => Map.groupBy(skills.filter(isStated), ({ key }) => key));
  const keys = [...new Set(stated.flatMap((skills) => [...skills.keys()]))];
  const matrix = keys.map((key) => ({
    key,
    label: stated.map((skills) => skills.get(key)?.[0]?.label).find((label) => label !== undefined) ?? key,
    statements: stated.map((skills) => statementOf(skills.get(key))),
  }));
  matrix.sort((a, b) => countOf(b.statements) - countOf(a.statements) || compareUtf8(a.label, b.label));
  const named = (rows: typeof matrix): { key: string; label: string }[] =>
    rows.map(({ key, label }) => ({ key, label }));
  const only = (column: number): { key: string; label: string }[] =>
    named(matrix.filter(({ statements }) => statements[column] && countOf(statements) === 1));
  return {
    shared: named(matrix.filter(({ statements }) => countOf(statements) === credentials.length)),
    only: Object.fromEntries(credentials.map(({ id }, column) => [id, only(column)])),
    matrix,
  };
}

function countOf(statements: Statement[]): number {
  return statements.filter((statement) => statement !== null).length;
}

/** All relations in which a skill is stated, with the surest confidence. */
function statementOf(skills: Skill[] | undefined): Statement {
  if (!skills) return null;
  const surest = Math.min(...skills.map(({ confidence }) => confidences.indexOf(confidence)));
  return {
    relations: [...new Set(skills.map(({ relation }) => relation))].sort(),
    confidence: confidences[surest] ?? 'inferred',
  };
}
