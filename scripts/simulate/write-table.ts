import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { SimulatedTable } from './simulated-table.ts';

/** Rows joined into one piece of text: few pieces for the stream, small ones for the memory. */
const ROWS_AT_ONCE = 2000;

/** The table as CSV text, piece by piece. No generated cell needs quotes. */
export function* csvPieces(table: SimulatedTable): Generator<string> {
  let lines = [table.columns.join(',')];
  for (const row of table.rows()) {
    lines.push(row.join(','));
    if (lines.length < ROWS_AT_ONCE) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** Writes the table as CSV, gzipped when the path ends in `.gz`. Memory does not grow with the rows. */
export async function writeTable(table: SimulatedTable, path: string): Promise<void> {
  const text = Readable.from(csvPieces(table));
  const file = createWriteStream(path);
  if (!path.endsWith('.gz')) return pipeline(text, file);
  return pipeline(text, createGzip({ level: constants.Z_BEST_COMPRESSION }), file);
}
