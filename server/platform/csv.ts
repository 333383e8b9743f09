import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { sayStored } from '../words/say.ts';

/** One column: what stands above it, and its cell of a row. Nothing is an empty cell. */
export interface CsvColumn<Row> {
  head: string;
  cell: (row: Row) => string | number | undefined | null;
}

const options = {
  /** By this mark spreadsheets know UTF-8. */
  bom: true,
  record_delimiter: 'windows',
  /** A line break of either kind within a cell is quoted. */
  quote_record_delimiter: true,
  /** What a spreadsheet would take for a formula gets a `'` before it, and so is a text. */
  escape_formulas: true,
} as const;

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled). Rows are asked for as fast as the reader takes them, and no longer once it has gone.
 */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: AsyncIterable<Row> | Iterable<Row>): Readable {
  const heads = columns.map(({ head }) => sayStored(head));
  async function* lines(): AsyncGenerator<unknown[]> {
    yield heads;
    for await (const row of rows) yield columns.map(({ cell }) => cell(row));
  }
  const source = Readable.from(lines());
  const sheet = source.pipe(stringify(options));
  source.once('error', error => sheet.destroy(error));
  sheet.once('close', () => source.destroy());
  return sheet;
}
