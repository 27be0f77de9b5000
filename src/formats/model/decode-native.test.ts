import { describe, expect, it } from 'vitest';
import { ensembleOf } from '../../../fixtures/ensemble-of.ts';
import { decodedNative } from './decode-native.ts';
import type { NativeFeature, NativeModel } from './opened-model.ts';
import { MATRIX_INPUT } from './summarise-model.ts';

function native(features: readonly NativeFeature[]): NativeModel {
  return {
    name: 'm.txt',
    byteLength: 1,
    formatName: 'LightGBM text (v4)',
    producer: 'LightGBM',
    objective: 'binary',
    features,
    classLabels: null,
    ensemble: ensembleOf([1]),
    notices: [],
  };
}

const age: NativeFeature = { name: 'Age', kind: 'number', isCoded: false, categories: null, range: [18, 80] };
const code: NativeFeature = {
  name: 'Code',
  kind: 'number',
  isCoded: false,
  categories: ['0', '1'],
  range: null,
};
const home: NativeFeature = {
  name: 'Home',
  kind: 'text',
  isCoded: true,
  categories: ['owner', 'rent'],
  range: null,
};

describe('decodedNative', () => {
  it('takes each named feature from its own column, texts by their codes', () => {
    const model = native([age, code, home]);
    const decoded = decodedNative(model);
    expect(decoded.features).toEqual([
      { name: 'Age', input: 'Age', position: 0, steps: [] },
      { name: 'Code', input: 'Code', position: 0, steps: [] },
      {
        name: 'Home',
        input: 'Home',
        position: 0,
        steps: [{ kind: 'pandas-code', values: ['owner', 'rent'] }],
      },
    ]);
    expect(decoded.core).toEqual({ kind: 'trees', ensemble: model.ensemble });
    expect(decoded.output).toBeNull();
  });

  it('numbers the listed categories that are no texts by their value', () => {
    const rooms: NativeFeature = { ...code, name: 'Rooms', isCoded: true, categories: ['10', '2.5'] };
    const flag: NativeFeature = { ...rooms, kind: 'boolean', categories: ['True', 'False'] };
    expect(decodedNative(native([rooms, flag])).features.map(({ steps }) => steps)).toEqual([
      [{ kind: 'number-code', values: [10, 2.5] }],
      [{ kind: 'number-code', values: [1, 0] }],
    ]);
  });

  it('takes all features from one matrix when any has no name', () => {
    expect(decodedNative(native([age, { ...code, name: null }])).features).toEqual([
      { name: 'Age', input: MATRIX_INPUT, position: 0, steps: [] },
      { name: 'column 2', input: MATRIX_INPUT, position: 1, steps: [] },
    ]);
  });
});
