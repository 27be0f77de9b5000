/** The two seeded files that the browser is given. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seededUniform } from '../seeded-uniform.ts';
import { scoredRows } from '../sweep/scored-rows.ts';

const PIECE_CHARS = 1 << 20;

/** Every 51st row is a training row: 1,020,000 rows in the file are a million that are judged. */
const TRAIN_EVERY = 51;

/** Rows that a file must have so that `judged` of them are in the test split. */
export function rowsForJudged(judged: number): number {
  return Math.round((judged * TRAIN_EVERY) / (TRAIN_EVERY - 1));
}

/**
 * A table that holds its scores: id, score (all different, 16 or 17 digits), default 0/1, amount, split, region (37
 * values), age. About 45 bytes a row.
 */
export async function writeScoredCsv(path: string, rowCount: number, seed: number): Promise<void> {
  const { scores, labels, amounts } = scoredRows(rowCount, seed);
  const line = (row: number) => {
    const split = row % TRAIN_EVERY === 0 ? 'train' : 'test';
    const score = scores[row];
    return `${100_000 + row},${score},${labels[row]},${amounts[row]},${split},R${row % 37},${20 + (row % 60)}`;
  };
  await writeLines(path, 'application_id,score,default,amount,split,region,age', rowCount, line);
}

/** A table to score: id, `features` uniform numbers in [0, 1) with six decimals, default 0/1 (one row in four). */
export async function writeFeaturesCsv(
  path: string,
  rowCount: number,
  features: number,
  seed: number,
): Promise<void> {
  const uniform = seededUniform(seed);
  const names = Array.from({ length: features }, (_, i) => `x${i}`);
  const line = (row: number) => {
    let cells = `${100_000 + row}`;
    for (let i = 0; i < features; i++) cells += `,${uniform().toFixed(6)}`;
    return `${cells},${uniform() < 0.25 ? 1 : 0}`;
  };
  await writeLines(path, ['application_id', ...names, 'default'].join(','), rowCount, line);
}

/**
 * A table that holds its scores, `columns` wide: id, score, default, amount, region, and uniform numbers with four decimals.
 * About 260 bytes a row for 30 columns.
 */
export async function writeWideScoredCsv(
  path: string,
  rowCount: number,
  columns: number,
  seed: number,
): Promise<void> {
  const { scores, labels, amounts } = scoredRows(rowCount, seed);
  const uniform = seededUniform(seed + 1);
  const named = ['application_id', 'score', 'default', 'amount', 'region'];
  const names = Array.from({ length: columns - named.length }, (_, i) => `x${i}`);
  const line = (row: number) => {
    let cells = `${100_000 + row},${scores[row]},${labels[row]},${amounts[row]},R${row % 37}`;
    for (let i = 0; i < names.length; i++) cells += `,${uniform().toFixed(4)}`;
    return cells;
  };
  await writeLines(path, [...named, ...names].join(','), rowCount, line);
}

/** Writes a header and `rowCount` lines, a piece at a time. */
export async function writeLines(
  path: string,
  header: string,
  rowCount: number,
  line: (row: number) => string,
): Promise<void> {
  const out = createWriteStream(path);
  let piece = `${header}\n`;
  for (let row = 0; row < rowCount; row++) {
    piece += `${line(row)}\n`;
    if (piece.length < PIECE_CHARS) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await once(out, 'close');
}
