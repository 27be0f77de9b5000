import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { categoryColumn, tableOfCsv, takeColumns } from '../../fixtures/table-of-csv.ts';
import { bindInputs } from '../core/model/binding.ts';
import { marginsOf } from '../core/trees/evaluate-trees.ts';
import { openModelFile } from '../formats/model/open-model.ts';
import { summariseModel } from '../formats/model/summarise-model.ts';
import { comparedModel } from './compared-model.ts';

const credit = new URL('../../fixtures/credit_data/', import.meta.url).pathname;
const table = await tableOfCsv(`${credit}data_raw.csv`);
const scores = new Float64Array(table.rowCount);

function open(file: string) {
  const opened = openModelFile(new Uint8Array(readFileSync(`${credit}models/${file}`)), file);
  const report = bindInputs(summariseModel(opened, file), table, { columnOf: {}, order: null }, ['Status']);
  return { opened, report };
}

describe('a scored model as a form to compare', () => {
  it('has its trees, fed by the columns of its mapping', () => {
    const { opened, report } = open('lightgbm_raw_columns.txt');
    const { name, precision, trees } = comparedModel(opened, table, report, scores);
    expect({ name, precision }).toEqual({ name: 'lightgbm_raw_columns.txt', precision: 'float64' });
    expect(trees?.featureNames.slice(0, 3)).toEqual(['Seniority', 'Home', 'Time']);
    const margin = marginsOf(trees!.ensemble, trees!.blockOf(Uint32Array.of(2)))[0]!;
    // Row 2 of expected/probabilities_lightgbm_raw_columns.csv.
    expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(0.7830461956, 10);
  });

  it('has no trees where the model has none, or this table cannot feed them', () => {
    const network = open('sklearn_mlp_pipeline.no_zipmap.onnx');
    expect(comparedModel(network.opened, table, network.report, scores)).toMatchObject({
      precision: 'float32',
      trees: null,
    });
    const { opened, report } = open('lightgbm_raw_columns.txt');
    const texts = categoryColumn('Age', ['old']);
    const { columns } = takeColumns(table, ['Home']);
    const other = { ...table, columns: [...columns, texts] };
    expect(comparedModel(opened, other, report, scores).trees).toBeNull();
  });
});
