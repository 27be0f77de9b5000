import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf } from '../../../fixtures/ensemble-of.ts';
import type { SampledForm } from './cause-sample.ts';
import { lineWords } from './margin-line-words.ts';
import type { MarginScale } from './margin-scale.ts';

const scale: MarginScale = {
  unit: ' log-odds',
  toMargin: (score) => Math.log(score / (1 - score)),
  toScore: (margin) => 1 / (1 + Math.exp(-margin)),
  slopeAt: () => 1,
  isReliable: () => true,
};

const column: SampledForm = { name: 'score', precision: 'column', scores: new Float64Array(), trees: null };
const file: SampledForm = {
  ...column,
  name: 'file.onnx',
  trees: { ensemble: ensembleOf([0.1, 0.2, 0.3]), featureNames: [], block: blockOf([]), column: 0 },
};

describe('lineWords', () => {
  it('tells a shift from the file, in whichever direction it was found', () => {
    // file + 0.5 = score, and so score - 0.5 = file.
    const expected =
      '"file.onnx" lost the base score that "score" has: all its margins are 0.5 log-odds too low (a base score of 0.622).';
    const forwards = lineWords({ own: file, other: column, line: { factor: 1, shift: 0.5 } }, scale);
    const backwards = lineWords({ own: column, other: file, line: { factor: 1, shift: -0.5 } }, scale);
    expect([forwards[1].explanation, backwards[1].explanation]).toEqual([expected, expected]);
    // score = 2 file + 3 found as file = score / 2 - 3 / 2.
    const [, halved] = lineWords({ own: column, other: file, line: { factor: 0.5, shift: -1.5 } }, scale);
    expect(halved.explanation).toContain('3 log-odds too low');
  });

  it('knows a factor for averaging by the number of trees, for a sigmoid parameter otherwise', () => {
    const factorOf = (own: SampledForm, other: SampledForm, factor: number) =>
      lineWords({ own, other, line: { factor, shift: 0 } }, scale)[0];
    expect(factorOf(file, column, 1 / 3)?.explanation).toMatch(/^"file.onnx" adds up the 3 trees/);
    expect(factorOf(column, file, 1 / 3)?.explanation).toMatch(/^"score" adds up the 3 trees/);
    expect(factorOf(file, column, 0.5)?.code).toBe('sigmoid');
    expect(factorOf(column, column, 0.05)?.code).toBe('averaging');
    expect(factorOf(column, column, 3)?.code).toBe('sigmoid');
    const sums = { ...scale, unit: '' };
    expect(lineWords({ own: file, other: column, line: { factor: 0.5, shift: 0 } }, sums)[0]).toBeNull();
  });
});
