/** Files that the specs open: tables with a flaw that is stated, and the fixtures by name. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** As Playwright's `setInputFiles` takes a file that is made in the test. */
export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const credit = join(fixtures, 'credit_data');

/** 4,454 credit applications with the raw columns that {@link creditModel} takes. */
export const creditTable = join(credit, 'data_raw.csv');
/** Takes the raw columns of {@link creditTable} by name. */
export const creditModel = join(credit, 'models', 'sklearn_gradient_boosting_raw_pipeline.onnx');
export const brokenModel = (name: string): string => join(fixtures, 'broken', name);

export function madeFile(name: string, content: string | Uint8Array): MadeFile {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

/** A file of the project as if it were made here: made and stored files cannot be chosen together. */
export function storedFile(path: string): MadeFile {
  return madeFile(basename(path), readFileSync(path));
}

export interface ScoredRow {
  readonly score: string;
  readonly outcome: string;
}

/** 400 rows, a third of them bad, with scores that mostly know it; `change` says how a row differs. */
export function scoredTable(
  name: string,
  change: (row: ScoredRow, index: number) => ScoredRow = (row) => row,
): MadeFile {
  const lines = ['customer_id,score,default'];
  for (let i = 0; i < 400; i++) {
    const isBad = i % 3 === 0;
    const score = ((i * 37) % 100) / 200 + (isBad ? 0.4 : 0.1);
    const row = change({ score: score.toFixed(4), outcome: isBad ? '1' : '0' }, i);
    lines.push(`${1000 + i},${row.score},${row.outcome}`);
  }
  return madeFile(name, `${lines.join('\n')}\n`);
}

/** The credit applications over and over: `rowCount` rows with their row_id counted on. */
export function manyApplications(name: string, rowCount: number): MadeFile {
  const [header = '', ...rows] = readFileSync(creditTable, 'utf8').trimEnd().split('\n');
  const lines = [header];
  for (let i = 0; i < rowCount; i++)
    lines.push(`${i},${(rows[i % rows.length] ?? '').split(',').slice(1).join(',')}`);
  return madeFile(name, `${lines.join('\n')}\n`);
}
