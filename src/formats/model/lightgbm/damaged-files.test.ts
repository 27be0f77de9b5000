import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf } from '../../../../fixtures/ensemble-of.ts';
import { FormatError } from '../../../core/errors.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { leafOf, marginsOf } from '../../../core/trees/evaluate-trees.ts';
import { decodedNative } from '../decode-native.ts';
import type { NativeModel } from '../opened-model.ts';
import { summariseModel } from '../summarise-model.ts';
import { matchLightgbm, openLightgbm } from './open-lightgbm.ts';

/** 10,000 damaged files in the slow lane, over the four kinds of damage below. */
const numRuns = process.env.CUTLINE_LANE === 'slow' ? 2500 : 60;

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;
const files = ['small_dart', 'small_linear_tree', 'small_multiclass', 'small_boosting_rf', 'raw_columns'].map(
  (model) => shortened(readFileSync(`${fixtures}mlc_churn/models/lightgbm_${model}.txt`)),
);

/** The first three trees of a file with all that surrounds them, so that a change hits more than leaf values. */
function shortened(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const cut = text.replace(/Tree=3\n[\s\S]*(?=end of trees)/, '');
  return new TextEncoder().encode(
    cut.replace(/(?<=feature_importances:\n)[\s\S]*(?=\[categorical_feature)/, 'parameters:\n'),
  );
}

/** Values that lie where rules change. */
const cells = [Number.NaN, 0, 1, -1, 31, 32, 1e30, Number.NEGATIVE_INFINITY];

function opensOrRefuses(bytes: Uint8Array): 'opened' | 'refused' {
  expect(() => matchLightgbm(bytes)).not.toThrow();
  let native: NativeModel;
  try {
    native = openLightgbm(bytes, 'damaged.txt');
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return 'refused';
  }
  expectRuns(native);
  return 'opened';
}

/** Whatever opens has a leaf for every row, a margin, a score and a summary. */
function expectRuns(native: NativeModel): void {
  const { ensemble } = native;
  const columns = Array.from({ length: ensemble.featureCount }, (_, j) =>
    Float64Array.from(cells, (_, row) => cells[(row + j) % cells.length]!),
  );
  const block = { rowCount: cells.length, columns };
  for (let row = 0; row < cells.length; row++) {
    for (let tree = 0; tree < ensemble.roots.length; tree++) {
      const leaf = leafOf(ensemble, block, row, tree);
      expect(leaf >= 0 && leaf < ensemble.leafValues.length).toBe(true);
    }
  }
  const width = Math.max(ensemble.outputCount, ensemble.classCount);
  expect(applyLink(ensemble, marginsOf(ensemble, block)).length).toBe(cells.length * width);
  const decoded = decodedNative(native);
  expect(decoded.features.length).toBe(ensemble.featureCount);
  const { name } = native;
  summariseModel({ format: 'lightgbm', native, name, decoded, package: null }, 'id');
}

describe('any bytes open or throw FormatError, and what opens can be run', () => {
  const file = fc.constantFrom(...files);

  it('opens the files that are damaged below', () => {
    for (const bytes of files) expect(opensOrRefuses(bytes)).toBe('opened');
  });

  it('files cut within a tree are said to be cut short, wherever the cut is', () => {
    const whole = new TextDecoder().decode(files[0]);
    const [first, last] = [whole.indexOf('Tree=1\n') + 'Tree=1\n'.length, whole.indexOf('Tree=2\n')];
    for (let end = first; end < last; end += 7) {
      const cut = new TextEncoder().encode(whole.slice(0, end));
      expect(() => openLightgbm(cut, 'cut.txt'), `${end}`).toThrow(/cut short: it ends within tree 1\b/);
    }
  });

  it('files cut short', () => {
    fc.assert(
      fc.property(file, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, share) => {
        opensOrRefuses(bytes.subarray(0, Math.floor(share * bytes.length)));
      }),
      { numRuns },
    );
  });

  it('bytes changed', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.oneof(fc.nat(255), fc.constantFrom(10, 13, 32, 45, 46, 48, 57, 61, 101)),
    );
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 8 }), (bytes, changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at % damaged.length] = value;
        opensOrRefuses(damaged);
      }),
      { numRuns },
    );
  });

  it('numbers replaced', () => {
    const made = fc.constantFrom(
      ...['0', '-1', '1', '2', '31', '32', '65', '-32', '2147483647', '-2147483648', '4294967296', '1e300'],
      ...['1e999', '-1e-320', 'inf', 'nan', '0.5', '1e9', '99999999999999999999', ''],
    );
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(file, fc.nat(), made, (bytes, which, number) => {
        const text = new TextDecoder().decode(bytes);
        const numbers = [...text.matchAll(/-?\d+(\.\d+)?(e[-+]\d+)?/g)];
        const { index, 0: old } = numbers[which % numbers.length]!;
        const damaged = text.slice(0, index) + number + text.slice(index + old.length);
        outcomes.add(opensOrRefuses(new TextEncoder().encode(damaged)));
      }),
      { numRuns },
    );
    expect(outcomes).toEqual(new Set(['opened', 'refused']));
  });

  it('lines left out, doubled and put elsewhere', () => {
    fc.assert(
      fc.property(file, fc.nat(), fc.nat(), fc.nat(3), (bytes, from, to, count) => {
        const lines = new TextDecoder().decode(bytes).split('\n');
        const piece = lines.slice(from % lines.length, (from % lines.length) + count);
        lines.splice(to % lines.length, count, ...piece);
        opensOrRefuses(new TextEncoder().encode(lines.join('\n')));
      }),
      { numRuns },
    );
  });
});

describe('memory', () => {
  it.each([
    ['num_leaves=\\d+', 'num_leaves=2147483647'],
    ['num_cat=\\d+', 'num_cat=2147483646'],
    ['max_feature_idx=\\d+', 'max_feature_idx=2147483646'],
    ['num_tree_per_iteration=\\d+', 'num_tree_per_iteration=2147483647'],
    ['cat_boundaries=0 \\d+', 'cat_boundaries=0 2147483647'],
    ['num_features=\\d+', 'num_features=8'],
  ])('is not asked for by %s', (from, to) => {
    const text = files.map((bytes) => new TextDecoder().decode(bytes)).find((t) => new RegExp(from).test(t))!;
    const bytes = new TextEncoder().encode(text.replace(new RegExp(from), to));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => openLightgbm(bytes, 'claims.txt')).toThrow(FormatError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('has arrays exactly as long as the trees in the file', () => {
    const { ensemble } = openLightgbm(files[0]!, 'm.txt');
    expect(ensemble.roots.length).toBe(3);
    expect(ensemble.features.length).toBe(ensemble.leafValues.length - 3);
    expect(ensemble.thresholds.buffer.byteLength).toBe(8 * ensemble.features.length);
    expect(Object.keys(ensemble)).toEqual(expect.arrayContaining(Object.keys(ensembleOf([0]))));
  });
});
