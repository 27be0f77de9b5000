/** Models and tables for the specs about models: native files beside their conversions, folders, tables with scores. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { type MadeFile, madeFile, storedFile } from './files.ts';

const credit = join(import.meta.dirname, '..', 'fixtures', 'credit_data');

export const modelFile = (name: string): MadeFile => storedFile(join(credit, 'models', name));

const numeric = ['Seniority', 'Time', 'Age', 'Expenses', 'Income', 'Assets', 'Debt', 'Amount', 'Price'];

function cells(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(join(credit, path), 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
  });
}

/**
 * The 1,336 test rows with the outcome and the nine numeric columns, in the order in which the models of numbers take
 * them; `scores` names a model whose recorded probabilities are added as the column `model_score`.
 */
export function numericTable(name: string, scores?: string): MadeFile {
  const recorded = new Map(cells('expected/probabilities_test.csv').map((row) => [row.row_id, row]));
  const columns = [...numeric, 'Status', ...(scores === undefined ? [] : ['model_score'])];
  const lines = cells('data_raw.csv')
    .filter(({ split }) => split === 'test')
    .map((row) => ({ ...row, model_score: recorded.get(row.row_id)?.[scores ?? ''] ?? '' }))
    .map((row: Readonly<Record<string, string>>) => columns.map((column) => row[column]).join(','));
  return madeFile(name, `${[columns.join(','), ...lines].join('\n')}\n`);
}

/** The same rows with the outcome and the 26 one-hot columns, which the dart models take. */
export function oneHotTable(name: string): MadeFile {
  const labels = cells('expected/probabilities_test.csv').map(({ label }) =>
    label === '1' ? 'bad' : 'good',
  );
  const [header = '', ...rows] = readFileSync(join(credit, 'matrix_onehot_test.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  const lines = rows.map((row, i) => `${row},${labels[i]}`);
  return madeFile(name, `${[`${header},Status`, ...lines].join('\n')}\n`);
}

/** A model folder as MLflow logs a LightGBM booster: its files by name. */
export function mlflowFiles(): Record<string, Uint8Array> {
  const described = [
    'flavors:',
    '  lightgbm:',
    '    data: model.lgb',
    '    lgb_version: 4.6.0',
    '    model_class: lightgbm.basic.Booster',
    'mlflow_version: 2.17.2',
    'run_id: 0123456789abcdef0123456789abcdef',
    "utc_time_created: '2026-01-05 10:00:00.000000'",
    '',
  ].join('\n');
  const model = readFileSync(join(credit, 'models', 'lightgbm_raw_columns.txt'));
  return { MLmodel: new TextEncoder().encode(described), 'model.lgb': model };
}

/** The same packed as its download comes. */
export function mlflowZip(name: string): MadeFile {
  return madeFile(name, zipSync(mlflowFiles()));
}
