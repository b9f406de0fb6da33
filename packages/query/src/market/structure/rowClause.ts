import type { Clause, Dimension, KeywordField } from '@credatlas/model';

/** Condition that a credential falls into a row: `values` are its dimensions' values, `all` those that occur in the table. */
export function rowClause(
  dimensions: readonly { engine: Dimension }[],
  values: readonly (string | null)[],
  all: readonly ReadonlySet<string>[],
): Clause {
  return {
    op: 'and',
    clauses: dimensions.map(({ engine }, at) => {
      const value = values[at] ?? null;
      return value === null ? { op: 'not', clause: anyOf(engine, all[at]!) } : valueClause(engine, value);
    }),
  };
}

function anyOf(engine: Dimension, values: ReadonlySet<string>): Clause {
  if (engine.kind === 'bands') return { op: 'present', field: engine.field };
  if (engine.kind === 'clauses') return { op: 'or', clauses: engine.values.map(({ clause }) => clause) };
  const isPlain = engine.length === undefined && engine.only === undefined;
  return isPlain ? { op: 'present', field: engine.field } : any(engine.field, [...values]);
}

function valueClause(engine: Dimension, value: string): Clause {
  switch (engine.kind) {
    case 'values':
      return any(engine.field, [value]);
    case 'bands': {
      const [from = '', to = ''] = value.split('..');
      const bounds = { ...(from === '' ? {} : { gte: Number(from) }), ...(to === '' ? {} : { lt: Number(to) }) };
      return { op: 'range', field: engine.field, ...bounds };
    }
    default:
      return engine.values.find((each) => each.value === value)!.clause;
  }
}

function any(field: KeywordField, values: string[]): Clause {
  return { op: 'any', field, values };
}
