import type { SearchDocument } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import type { Question } from './questions.ts';

/** What an answer comes to, so that contenders can be held against one another. */
export interface Told {
  /** Documents, or rows of a table. */
  total: number;
  /** Counts and values of a table's rows, in an order of their own; only where they are exact. */
  figures?: number[];
}

/** One of those that are measured side by side. */
export interface Contender {
  name: string;
  load(documents: AsyncIterable<SearchDocument>, size: number): Promise<void>;
  /** Undefined: it has no such question. */
  ask(question: Question): Promise<Told> | undefined;
  /** Bytes on disk. */
  diskBytes(): Promise<number>;
  close(): Promise<void>;
}

/** A contender by the search port. */
export function engineContender(
  given: Omit<Contender, 'load' | 'ask' | 'close'> & { engine: SearchEngine },
): Contender {
  const { engine } = given;
  return {
    ...given,
    load: (documents, size) => engine.rebuild(documents, { seq: size, expected: async () => size }),
    ask: (question) => askEngine(engine, question),
    close: () => engine.close(),
  };
}

export async function askEngine(engine: SearchEngine, question: Question): Promise<Told> {
  switch (question.ask) {
    case 'search':
      return { total: (await engine.search(question.query)).total };
    case 'coverage':
      return { total: (await engine.coverage(question.query)).total };
    case 'suggest':
      return { total: (await engine.suggest(question.query)).reduce((sum, { documents }) => sum + documents, 0) };
    case 'groupBy': {
      const { rows, approximate } = await engine.groupBy(question.query);
      const figures = rows.map(({ count, values }) => [count, ...values]);
      return { total: rows.length, ...(approximate.length > 0 ? {} : { figures: ordered(figures) }) };
    }
  }
}

/** Rows from large to small, whatever order they came in; a missing value is no value that could be told. */
export function ordered(rows: (number | null)[][]): number[] {
  return rows
    .map((row) => row.map((value) => value ?? -1))
    .sort((a, b) => b.map((value, at) => value - a[at]!).find((difference) => difference !== 0) ?? 0)
    .flat();
}
