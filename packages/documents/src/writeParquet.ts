import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';

/** A column of a table, by what its cells hold; nothing stated is null, and of a list each thing may be. */
export interface TableColumn {
  name: string;
  /** decimal: whole hundredths as bigint; timestamp: milliseconds since 1970 UTC; json and text: text. */
  kind: 'text' | 'integer' | 'number' | 'boolean' | 'decimal' | 'timestamp' | 'json';
  isList: boolean;
}

/** Digits of a decimal, the two behind the point included. */
const decimalDigits = 18;

type Leaf = Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type' | 'precision' | 'scale'>;

const leaves: Record<TableColumn['kind'], Leaf> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  decimal: { type: 'INT64', converted_type: 'DECIMAL', precision: decimalDigits, scale: 2 },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

/**
 * A table as Parquet (Snappy), in pieces: one row group is held at a time. Each batch holds the cells of some rows, column by column.
 */
export async function* writeParquet(
  columns: readonly TableColumn[],
  batches: AsyncIterable<unknown[][]>,
): AsyncIterable<Uint8Array> {
  const output = new PieceWriter();
  const writer = new ParquetWriter({ writer: output, schema: schemaOf(columns), createdBy: 'credatlas' });
  for await (const cells of batches) {
    const columnData = columns.map(({ name, kind }, at): ColumnSource => ({ name, data: stored(cells[at]!, kind) }));
    await writer.write({ columnData, rowGroupSize: Number.MAX_SAFE_INTEGER });
    yield output.take();
  }
  await writer.finish();
  yield output.take();
}

/** The library takes whole numbers of 64 bits as bigint. */
function stored(cells: unknown[], kind: TableColumn['kind']): unknown[] {
  if (kind !== 'integer') return cells;
  const wide = (value: unknown): unknown => (typeof value === 'number' ? BigInt(value) : value);
  return cells.map((cell) => (Array.isArray(cell) ? cell.map(wide) : wide(cell)));
}

/** Lists in three levels, as the format's specification of logical types (LIST) writes them. */
function schemaOf(columns: readonly TableColumn[]): SchemaElement[] {
  return [
    { name: 'credatlas', num_children: columns.length },
    ...columns.flatMap(({ name, kind, isList }): SchemaElement[] => {
      const leaf = leaves[kind];
      if (!isList) return [{ name, repetition_type: 'OPTIONAL', ...leaf }];
      return [
        { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'OPTIONAL', ...leaf },
      ];
    }),
  ];
}

/** Keeps only what has not been taken. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array {
    const piece = this.getBytes().slice();
    this.index = 0;
    return piece;
  }
}
