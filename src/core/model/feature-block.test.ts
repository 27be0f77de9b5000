import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../fixtures/table-of-csv.ts';
import type { Column, Table } from '../table/column.ts';
import { bindFeatures, featureBlock, featureBlockOfRows } from './feature-block.ts';
import type { MappingReport } from './mapping.ts';
import type { FeatureStep, PlannedFeature } from './planned-feature.ts';

function tableOf(...columns: Column[]): Table {
  return { name: 't', rowCount: 4, columns };
}

function reportOf(pairs: readonly (readonly [string, string | null])[]): MappingReport {
  return {
    bindings: pairs.map(([input, column]) => ({ feature: input, input, position: 0, column, how: 'name' })),
    missing: [],
    extra: [],
    mistyped: [],
    unseen: [],
    needsOrderConsent: false,
    ready: true,
    notices: [],
  };
}

function feature(input: string, ...steps: FeatureStep[]): PlannedFeature {
  return { name: input, input, position: 0, steps };
}

/** The values that one column gives one feature in rows 0 to 3. */
function valuesOf(column: Column, ...steps: FeatureStep[]): number[] {
  const bound = bindFeatures(tableOf(column), reportOf([['x', column.name]]), [feature('x', ...steps)]);
  const whole = featureBlock(bound, 0, 4);
  const chosen = featureBlockOfRows(bound, Uint32Array.of(3, 1));
  expect([...chosen.columns[0]!]).toEqual([whole.columns[0]![3], whole.columns[0]![1]]);
  return [...whole.columns[0]!];
}

const home = categoryColumn('Home', ['rent', null, 'owner', 'moon']);
const age = numberColumn('Age', [30, Number.NaN, 58.1, -1]);

describe('features of numbers', () => {
  it('are views of the table when nothing is done to them', () => {
    const bound = bindFeatures(tableOf(age), reportOf([['x', 'Age']]), [feature('x')]);
    const { columns, rowCount } = featureBlock(bound, 1, 3);
    expect(rowCount).toBe(2);
    expect([...columns[0]!]).toEqual([Number.NaN, 58.1]);
    expect(columns[0]!.buffer).toBe((age as { values: Float64Array }).values.buffer);
  });

  it('take the steps of ONNX Runtime: each rounded to float32, the scaler subtracting first', () => {
    const impute = { kind: 'impute', replaced: Number.NaN, by: 36 } as const;
    const scale = { kind: 'scale', offset: 36.3, factor: 0.7 } as const;
    const { fround } = Math;
    const scaled = (x: number) => fround(fround(fround(x) - fround(36.3)) * fround(0.7));
    expect(valuesOf(age, impute, scale)).toEqual([30, 36, 58.1, -1].map(scaled));
    expect(scaled(58.1)).not.toBe(fround((58.1 - 36.3) * 0.7));
  });

  it('impute a number for a number, compare, and round', () => {
    expect(valuesOf(age, { kind: 'impute', replaced: -1, by: 0 })).toEqual([30, Number.NaN, 58.1, 0]);
    expect(valuesOf(age, { kind: 'equals-number', value: 30 })).toEqual([1, 0, 0, 0]);
    expect(valuesOf(age, { kind: 'float32' })).toEqual([30, Number.NaN, Math.fround(58.1), -1]);
  });

  it('read a category of true and false as 1 and 0', () => {
    expect(valuesOf(categoryColumn('b', ['True', 'false', null, 'TRUE']))).toEqual([1, 0, Number.NaN, 1]);
    expect(() => valuesOf(home)).toThrow(/Column "Home" is of kind category/);
  });
});

describe('features of texts', () => {
  const code = { kind: 'category-code', values: ['owner', 'rent'] } as const;

  it('are codes of categories, NaN for an unknown or a missing one', () => {
    expect(valuesOf(home, code)).toEqual([1, Number.NaN, 0, Number.NaN]);
  });

  it('write a missing text as the encoder knows it', () => {
    expect(valuesOf(home, { kind: 'category-code', values: ['missing', 'rent'] })).toEqual([
      1,
      0,
      Number.NaN,
      Number.NaN,
    ]);
    expect(valuesOf(home, { kind: 'equals-text', value: 'None' })).toEqual([0, 1, 0, 0]);
    expect(valuesOf(home, { kind: 'equals-text', value: 'owner' })).toEqual([0, 0, 1, 0]);
  });

  it('replace a text before it is compared', () => {
    const replace = { kind: 'replace-text', from: '', to: 'rent' } as const;
    expect(valuesOf(home, replace, { kind: 'equals-text', value: 'rent' })).toEqual([1, 1, 0, 0]);
    expect(valuesOf(home, replace, code, { kind: 'impute', replaced: Number.NaN, by: 9 })).toEqual([
      1, 1, 0, 9,
    ]);
  });

  it('take the missing text from what all features of the same input know', () => {
    const features = ['rent', 'nan'].map((value) => feature('x', { kind: 'equals-text', value }));
    const bound = bindFeatures(tableOf(home), reportOf([['x', 'Home']]), features);
    expect(featureBlock(bound, 1, 2).columns.map((values) => values[0])).toEqual([0, 1]);
  });

  it('read numbers in the spelling of their column', () => {
    const floats = { ...numberColumn('n', [1, 2.5, Number.NaN, 1]), spelling: 'float' } as Column;
    const codes = { kind: 'category-code', values: ['1', '1.0', '2.5'] } as const;
    expect(valuesOf(floats, codes)).toEqual([1, 2, Number.NaN, 1]);
    expect(valuesOf({ ...floats, spelling: 'shortest' } as Column, codes)).toEqual([0, 2, Number.NaN, 0]);
  });

  it('code the categories of pandas, a missing cell never as one of them', () => {
    const cells = categoryColumn('Home', ['rent', null, 'missing', null]);
    const code = { kind: 'pandas-code', values: ['missing', '', 'rent'] } as const;
    expect(valuesOf(cells, code)).toEqual([2, Number.NaN, 0, Number.NaN]);
  });

  it('code listed numbers by their value, however they are written', () => {
    const floats = { ...numberColumn('n', [10, 2.5, Number.NaN, 1]), spelling: 'float' } as Column;
    expect(valuesOf(floats, { kind: 'number-code', values: [2.5, 10] })).toEqual([
      1,
      0,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('read texts cell by cell', () => {
    const bytes = new TextEncoder().encode('rentownermoon');
    const texts: Column = { kind: 'text', name: 't', bytes, offsets: Uint32Array.of(0, 4, 4, 9, 13) };
    expect(valuesOf(texts, code)).toEqual([1, Number.NaN, 0, Number.NaN]);
  });

  it('are never made of dates', () => {
    const dates: Column = { kind: 'date', name: 'd', values: new Float64Array(4) };
    expect(() => valuesOf(dates, code)).toThrow(/Column "d" is of kind date/);
  });
});

it('names the feature whose input has no column', () => {
  expect(() => bindFeatures(tableOf(age), reportOf([['x', null]]), [feature('x')])).toThrow(
    /feature "x" is not mapped/,
  );
});
