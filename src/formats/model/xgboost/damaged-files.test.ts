import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import { openXgboost } from './open-xgboost.ts';
import { type UbjsonValue, withPackedLists, writeUbjson } from './write-ubjson.laws.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 10_000 : 100;

const path = new URL('../../../../fixtures/mlc_churn/models/', import.meta.url).pathname;

/** The first trees of a reference model, so that ten thousand files are read in a minute. */
function document(file: string, treeCount: number): UbjsonValue {
  const value = JSON.parse(readFileSync(path + file, 'utf8').replaceAll('NaN', '0')) as {
    learner: { gradient_booster: { model: { trees: unknown[]; tree_info: unknown[] } } };
  };
  const { model } = value.learner.gradient_booster;
  model.trees = model.trees.slice(0, treeCount);
  model.tree_info = model.tree_info.slice(0, treeCount);
  return value as unknown as UbjsonValue;
}

const documents = [document('xgboost_small_multiclass.json', 6), document('xgboost_categorical.json', 2)];

const files: readonly [encoding: string, samples: readonly Uint8Array[]][] = [
  ['JSON', documents.map((value) => new TextEncoder().encode(JSON.stringify(value)))],
  ['UBJSON', documents.map((value) => writeUbjson(withPackedLists(value)))],
];

/** Opens what can be opened, and then scores a row with it: trees that lead in a circle would never end. */
function opensOrRefuses(bytes: Uint8Array): boolean {
  try {
    const { ensemble } = openXgboost(bytes, 'mutated');
    const columns = Array.from({ length: ensemble.featureCount }, (_, j) => Float64Array.of(j, Number.NaN));
    expect(marginsOf(ensemble, { rowCount: 2, columns }).length).toBe(2 * ensemble.outputCount);
    const { left, right, leafValues, leafWidth } = ensemble;
    left.forEach((child, node) => {
      for (const next of [child, right[node]!]) {
        expect(next > node || (next < 0 && ~next < leafValues.length / leafWidth)).toBe(true);
      }
    });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return false;
  }
}

describe.each(files)(
  'law: any %s file opens or throws FormatError, and what opens can be scored',
  (encoding, samples) => {
    const anySample = fc.constantFrom(...samples);
    const place = fc.nat(200_000);

    it('the samples open', () => expect(samples.every(opensOrRefuses)).toBe(true));

    it('cut short', () => {
      fc.assert(
        fc.property(anySample, place, (sample, end) => {
          expect(opensOrRefuses(sample.subarray(0, end % sample.length))).toBe(false);
        }),
        { numRuns },
      );
    });

    it('bytes changed', () => {
      const change = fc.tuple(place, fc.nat(255));
      fc.assert(
        fc.property(anySample, fc.array(change, { minLength: 1, maxLength: 6 }), (sample, changes) => {
          const bytes = sample.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          opensOrRefuses(bytes);
        }),
        { numRuns },
      );
    });

    it('numbers changed, so that the document stays one and many a model opens', () => {
      let opened = 0;
      const places = samples.map((sample) => numberPlaces(encoding, sample));
      const change = fc.tuple(place, fc.nat(9));
      fc.assert(
        fc.property(
          fc.nat(samples.length - 1),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          (which, changes) => {
            const bytes = samples[which]!.slice();
            const able = places[which]!;
            for (const [at, digit] of changes)
              bytes[able[at % able.length]!] = encoding === 'JSON' ? 48 + digit : digit;
            if (opensOrRefuses(bytes)) opened += 1;
          },
        ),
        { numRuns },
      );
      expect(opened).toBeGreaterThan(numRuns / 20);
    });

    it('pieces left out, doubled and put elsewhere', () => {
      fc.assert(
        fc.property(anySample, fc.tuple(place, fc.nat(300), place), (sample, [from, length, to]) => {
          const start = from % sample.length;
          const end = to % sample.length;
          const cut = sample.subarray(start, start + length);
          opensOrRefuses(
            Uint8Array.from([...sample.subarray(0, end), ...cut, ...sample.subarray(end + length)]),
          );
        }),
        { numRuns: Math.ceil(numRuns / 10) },
      );
    });
  },
);

/** Digits of a JSON text; in UBJSON the bytes of the tenth to the last but tenth part, where the packed lists lie. */
function numberPlaces(encoding: string, sample: Uint8Array): number[] {
  const at = [...sample.keys()];
  if (encoding === 'JSON') return at.filter((i) => sample[i]! >= 48 && sample[i]! <= 57);
  return at.slice(Math.floor(sample.length / 10), -Math.floor(sample.length / 10));
}
