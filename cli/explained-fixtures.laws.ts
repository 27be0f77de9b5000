/** For the tests of `review --shap`: the fixtures' models on tables that hold every row of a data set. Node only. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvRows } from './run-review.laws.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');

/** How a model takes its rows: the columns of `data_raw.csv`, or one of the matrices made of them. */
export type RowForm = 'raw' | 'native_codes' | 'onehot' | 'imputed_onehot';

interface DataSet {
  readonly target: string;
  readonly positive: string;
}

const CREDIT: DataSet = { target: 'Status', positive: 'bad' };
const CHURN: DataSet = { target: 'churn', positive: 'yes' };

export const DATASETS = { credit_data: CREDIT, mlc_churn: CHURN } as const;

export type DataSetName = keyof typeof DATASETS;

export function modelFile(name: DataSetName, model: string): string {
  return join(fixtures, name, 'models', model);
}

interface Schema {
  readonly numeric_columns: readonly string[];
  readonly category_codes: Readonly<Record<string, readonly string[]>>;
  readonly columns_native_codes: readonly string[];
  readonly columns_onehot: readonly string[];
  readonly train_median_used_for_imputation: Readonly<Record<string, number>>;
}

function fixtureJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(fixtures, ...path), 'utf8')) as T;
}

/** Reference contributions. Several classes have a base and values each. */
export interface GoldenContributions {
  readonly row_ids: readonly number[];
  readonly background_row_ids?: readonly number[];
  readonly feature_names: readonly string[];
  readonly base_value: number | readonly number[];
  readonly shap_values: readonly (readonly (number | readonly number[])[])[];
}

export function goldenContributions(name: DataSetName, file: string): GoldenContributions {
  return fixtureJson(name, 'expected', `shap_${file}.json`);
}

/** The features of a model whose file does not name them, in its order. */
export function columnsOf(name: DataSetName, form: RowForm): readonly string[] {
  const schema = fixtureJson<Schema>(name, 'schema.json');
  return form === 'onehot' || form === 'imputed_onehot' ? schema.columns_onehot : schema.columns_native_codes;
}

interface TableChoice {
  /** Rows of `data_raw.csv`, in this order; null = all. */
  readonly rowIds?: readonly number[] | null;
  /** The value of the column `third` that is positive, in place of the data set's own outcome. */
  readonly third?: string | null;
}

/**
 * Writes rows of `data_raw.csv` in a form, with target, split and a column `third` of 0, 1, 2, and returns their options. All rows
 * in file order when none are named, so that a row's position is its `row_id`.
 */
export function tableOptions(
  name: DataSetName,
  form: RowForm,
  folder: string,
  { rowIds = null, third = null }: TableChoice = {},
): string[] {
  const { target, positive } = third === null ? DATASETS[name] : { target: 'third', positive: third };
  const raw = csvRows(join(fixtures, name, 'data_raw.csv'));
  const rows = rowIds === null ? raw : rowIds.map((id) => raw[id]!);
  const schema = fixtureJson<Schema>(name, 'schema.json');
  const columns = columnsOf(name, form);
  const cell = form === 'raw' ? (row: Cells, column: string) => row[column]! : encoder(schema, form);
  const header = [...columns, DATASETS[name].target, 'split', 'row_id', 'third'];
  const lines = rows.map((row) => [
    ...columns.map((column) => cell(row, column)),
    ...[row[DATASETS[name].target], row.split, row.row_id, Number(row.row_id) % 3],
  ]);
  const file = join(folder, `${name}-${form}-${rowIds === null ? 'all' : rowIds.length}.csv`);
  writeFileSync(file, `${[header, ...lines].map((line) => line.join(',')).join('\n')}\n`);
  return ['--data', file, '--target', target, '--positive', positive, '--split', 'split=test'];
}

type Cells = Readonly<Record<string, string>>;

function encoder(schema: Schema, form: RowForm): (row: Cells, column: string) => string {
  const { category_codes: codes, train_median_used_for_imputation: medians } = schema;
  return (row, column) => {
    const [feature = '', level] = column.split(/=(.*)/s);
    if (level !== undefined) return row[feature] === level ? '1' : '0';
    const value = row[feature] ?? '';
    if (feature in codes) return value === '' ? '' : String(codes[feature]!.indexOf(value));
    return value === '' && form === 'imputed_onehot' ? String(medians[feature]) : value;
  };
}
