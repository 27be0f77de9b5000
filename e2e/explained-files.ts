/** Tables that hold the rows of reference contributions, and what the page must then say of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { creditTable, type MadeFile, madeFile } from './files.ts';

interface Golden {
  readonly row_ids: readonly number[];
  readonly background_row_ids?: readonly number[];
  readonly feature_names: readonly string[];
  readonly base_value: number;
  /** Row by row. */
  readonly shap_values: readonly (readonly number[])[];
}

/** A feature with its mean |φ| and mean φ over the rows of the file. */
export interface GoldenFeature {
  readonly name: string;
  readonly meanAbsolute: number;
  readonly mean: number;
}

const expected = join(import.meta.dirname, '..', 'fixtures', 'credit_data', 'expected');

export function goldenContributions(name: string): Golden {
  return JSON.parse(readFileSync(join(expected, name), 'utf8')) as Golden;
}

/** The largest first. */
export function goldenImportance({ feature_names, shap_values }: Golden): readonly GoldenFeature[] {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return feature_names
    .map((name, feature) => {
      const values = shap_values.map((row) => row[feature] ?? Number.NaN);
      return { name, meanAbsolute: mean(values.map(Math.abs)), mean: mean(values) };
    })
    .sort((a, b) => b.meanAbsolute - a.meanAbsolute);
}

/** The rows of a reference file and its background, in the order of the table; with their split when there is a background. */
export function goldenTable(name: string, golden: Golden): MadeFile {
  const { row_ids, background_row_ids = [] } = golden;
  const wanted = new Set([...row_ids, ...background_row_ids]);
  const [header = '', ...lines] = readFileSync(creditTable, 'utf8').trimEnd().split('\n');
  const rows = [header, ...lines.filter((line) => wanted.has(Number.parseInt(line, 10)))];
  if (background_row_ids.length > 0) return madeFile(name, `${rows.join('\n')}\n`);
  const withoutSplit = rows.map((row) =>
    row
      .split(',')
      .filter((_, column) => column !== SPLIT)
      .join(','),
  );
  return madeFile(name, `${withoutSplit.join('\n')}\n`);
}

/** Position of the split in the credit table, after the row's number. */
const SPLIT = 1;
