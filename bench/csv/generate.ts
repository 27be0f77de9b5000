/** A seeded CSV file of mixed columns, the size of a real scoring table. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seededUniform } from '../seeded-uniform.ts';

/** Columns of the generated table, by how their cells are written. */
const NUMERIC = 24;
const CATEGORIES = ['fixed', 'freelance', 'partime', 'others', 'retired', 'student', 'unemployed'];
const STATES = Array.from({ length: 50 }, (_, i) => `state ${String.fromCharCode(65 + (i % 26))}${i}`);

/**
 * Writes `rowCount` rows of 30 columns: an id, 24 numbers (integers, money with two decimals, ratios with 6 and 10 decimals, one
 * with 17 digits; 2 % missing), 4 categories and a date. About 236 bytes a row.
 */
export async function writeMixedCsv(path: string, rowCount: number, seed = 1): Promise<void> {
  const random = seededUniform(seed);
  const out = createWriteStream(path);
  const numbers = Array.from({ length: NUMERIC }, (_, i) => `x${i}`);
  let piece = `${['row_id', ...numbers, 'job', 'home', 'state', 'quoted', 'opened'].join(',')}\n`;
  for (let row = 0; row < rowCount; row++) {
    piece += `${row}`;
    for (let column = 0; column < NUMERIC; column++) piece += `,${numberCell(column, random)}`;
    piece += `,${pick(CATEGORIES, random)},${random() < 0.6 ? 'owner' : 'rent'},${pick(STATES, random)}`;
    piece += `,"${pick(CATEGORIES, random)}, ""b"""`;
    const day = 1 + Math.floor(random() * 28);
    piece += `,2024-0${1 + Math.floor(random() * 9)}-${day < 10 ? '0' : ''}${day}\n`;
    if (piece.length < 1 << 20) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await once(out, 'close');
}

/** As {@link writeMixedCsv}, but 30 columns of numbers: the largest table in memory for its rows. */
export async function writeNumericCsv(path: string, rowCount: number, seed = 2): Promise<void> {
  const random = seededUniform(seed);
  const out = createWriteStream(path);
  let piece = `${Array.from({ length: 30 }, (_, i) => `x${i}`).join(',')}\n`;
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < 30; column++)
      piece += `${column === 0 ? '' : ','}${numberCell(column, random)}`;
    piece += '\n';
    if (piece.length < 1 << 20) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await once(out, 'close');
}

function numberCell(column: number, random: () => number): string {
  const x = random();
  if (x < 0.02) return '';
  if (column === 5) return String(random());
  switch (column % 4) {
    case 0:
      return String(Math.floor(x * 100));
    case 1:
      return (x * 100_000).toFixed(2);
    case 2:
      return (x * 2 - 1).toFixed(6);
    default:
      return (x * 10).toFixed(10);
  }
}

function pick(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() * values.length)]!;
}
