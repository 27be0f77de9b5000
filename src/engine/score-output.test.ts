import { describe, expect, it } from 'vitest';
import { ModelError } from '../core/errors.ts';
import type { BinaryTreeQuirk } from './binary-tree-quirk.ts';
import { positiveColumns } from './positive-columns.ts';
import { outputName, rawOutputOf } from './raw-output.ts';
import { readingNotices, readScores } from './read-scores.ts';
import { chooseScoreOutput, type OutputTensor, type ScoreContext } from './score-output.ts';

function output(name: string, width: number, values: readonly number[]): OutputTensor {
  return { name, width, data: Float32Array.from(values) };
}

function context(
  classLabels: readonly string[] | null,
  positiveValues: readonly string[] = [],
  quirk: BinaryTreeQuirk = 'none',
): ScoreContext {
  return { modelName: 'm.onnx', classLabels, objective: null, positiveValues, quirkOf: () => quirk };
}

function read(outputs: readonly OutputTensor[], scoreContext: ScoreContext) {
  const rowCount = outputs[0]!.data.length / outputs[0]!.width;
  const scores = new Float64Array(rowCount);
  const tally = { missingScores: 0, clampedScores: 0 };
  const choice = chooseScoreOutput(outputs, scoreContext);
  readScores(choice, outputs, rowCount, scores, 0, 100, tally);
  return { scores: [...scores], choice, tally };
}

describe('positiveColumns', () => {
  it.each([
    [['0', '1'], [], [1], false],
    [['1', '0'], [], [0], false],
    [['-1', '1'], [], [1], false],
    [['False', 'True'], [], [1], false],
    [['0', '1'], ['bad'], [1], false],
    [['0', '1'], ['0'], [0], false],
    [['0', '1'], ['1.0'], [1], false],
    [['False', 'True'], ['false'], [0], false],
    [['False', 'True'], ['0'], [0], false],
    [['0', '1'], ['FALSE'], [0], false],
    [['1', '0'], ['True'], [0], false],
    [['bad', 'good'], ['bad'], [0], false],
    [['paid', 'late', 'default'], ['late', 'default'], [1, 2], false],
    [['paid', 'late', 'default'], ['default', 'fraud'], [2], false],
    [null, ['bad'], [1], true],
  ] as const)('of classes %j with positive %j takes %j', (labels, positive, columns, isGuess) => {
    expect(positiveColumns(labels, labels?.length ?? 2, positive)).toEqual({ columns, isGuess });
  });

  it.each([
    [['bad', 'good'], [], /classes "bad", "good", and no positive value is chosen/],
    [['bad', 'good'], ['1'], /none of them is a positive value of the target \("1"\)/],
    [['bad', 'good'], ['good', 'bad'], /are all of them/],
    [['0', '1', '2'], ['bad'], /classes "0", "1", "2"/],
    [null, ['bad'], /3 unnamed ones/],
  ] as const)('of classes %j with positive %j cannot tell', (labels, positive, message) => {
    const pick = () => positiveColumns(labels, labels?.length ?? 3, positive);
    expect(pick).toThrow(ModelError);
    expect(pick).toThrow(message);
  });
});

describe('chooseScoreOutput', () => {
  const probabilities = output('probabilities', 2, [0.75, 0.25, 0.5, 0.5]);

  it('takes the class columns, not single columns beside them', () => {
    const { scores, choice } = read([output('margin', 1, [-3, 4]), probabilities], context(['0', '1']));
    expect(scores).toEqual([0.25, 0.5]);
    expect(choice.description).toBe('probabilities, class 1');
  });

  it('prefers the output named after probabilities', () => {
    const { choice } = read([output('raw', 2, [-1, 1, -2, 2]), probabilities], context(['0', '1']));
    expect(choice.score).toEqual([{ output: 'probabilities', column: 1 }]);
  });

  it('says that the second of two unnamed classes is assumed', () => {
    const { choice } = read([probabilities], context(null));
    expect(choice.notices.map(({ code }) => code)).toEqual(['positive-column-assumed']);
  });

  it('sums the positive classes of many', () => {
    const outputs = [output('p', 3, [0.5, 0.25, 0.25, 0, 0.25, 0.75])];
    const { scores, choice } = read(outputs, context(['paid', 'late', 'default'], ['late', 'default']));
    expect(scores).toEqual([0.5, 1]);
    expect(choice.description).toBe('p, class late + class default');
  });

  it.each([
    ['i1', 'i0'],
    ['probability_1', 'probability_0'],
  ])('reads one output per class by its name: %s', (one, zero) => {
    const outputs = [output(one, 1, [0.25, 0.5]), output(zero, 1, [0.75, 0.5])];
    expect(read(outputs, context(['0', '1'])).scores).toEqual([0.25, 0.5]);
  });

  it('takes a single column within 0 to 1', () => {
    expect(read([output('variable', 1, [0, 0.25, 1])], context(null)).scores).toEqual([0, 0.25, 1]);
  });

  it('refuses a model that returns labels only', () => {
    expect(() => chooseScoreOutput([], context(['0', '1']))).toThrow(/labels only/);
  });

  it('refuses several numbers of which none is named as the probability', () => {
    const outputs = [output('a', 1, [0.5]), output('b', 1, [0.5])];
    expect(() => chooseScoreOutput(outputs, context(null))).toThrow(/"a", "b"/);
  });

  it('refuses the empty column of half-beside models as the positive one', () => {
    const refused = () => chooseScoreOutput([probabilities], context(['0', '1'], ['0'], 'half-beside'));
    expect(refused).toThrow(/only the second column/);
  });
});

describe('readScores', () => {
  it.each([
    ['margins', [-2, 2], /negative of the first, so these are margins/],
    ['0.5 beside p', [0.5, 0.25], /column 1 is 0.5 in every row/],
    ['p beside 0.5', [0.25, 0.5], /column 2 is 0.5 in every row/],
    ['logits', [-1.5, 0.25], /some lie outside 0 to 1/],
    ['independent classes', [0.9, 0.3], /not the probabilities of classes that exclude each other/],
  ])('refuses class columns that are %s', (_, values, message) => {
    const run = () => read([output('p', 2, values)], context(['0', '1']));
    expect(run).toThrow(message);
    expect(run).toThrow(
      expect.objectContaining({ code: 'score-out-of-range', place: { row: 100, node: 'p' } }),
    );
  });

  it('refuses a single column beyond 0 to 1 with its range and row', () => {
    const run = () => read([output('y', 1, [0.5, 0.25, 7, -2])], context(null));
    expect(run).toThrow(/y is 7 in row 102; around it the values run from -2 to 7\. .*log-odds.*regression/);
  });

  it('keeps and counts NaN, alone and beside probabilities', () => {
    const { scores, tally } = read([output('p', 2, [Number.NaN, Number.NaN, 0.5, 0.5])], context(['0', '1']));
    expect(scores).toEqual([Number.NaN, 0.5]);
    expect(tally.missingScores).toBe(1);
  });

  it('sets what float32 rounding carries beyond the bounds to the bounds, and says so', () => {
    const above = Math.fround(1 + 2 ** -22);
    const { scores, tally } = read(
      [output('p', 2, [1 - above, above, above, 1 - above])],
      context(['0', '1']),
    );
    expect(scores).toEqual([1, 0]);
    expect(readingNotices(tally)).toMatchObject([{ code: 'scores-clamped', count: 2 }]);
    expect(readingNotices({ missingScores: 3, clampedScores: 0 })).toEqual([]);
  });

  it('widens float32 without rounding', () => {
    expect(read([output('y', 1, [0.1])], context(null)).scores).toEqual([Math.fround(0.1)]);
  });
});

describe('what a native model returns when it is no probability', () => {
  it.each([
    ['regression', 'predictions', /no classifier \(objective regression\)/, /Choose a classifier/],
    ['regression_l1 sqrt', 'predictions', /objective regression_l1\)/, /Choose a classifier/],
    ['binary:logitraw', 'margins', /binary:logitraw returns margins/, /binary:logistic and save/],
    ['binary:hinge', 'margins', /binary:hinge returns margins/, /Train the model with/],
    ['lambdarank', 'predictions', /ranks \(objective lambdarank\)/, /Choose a classifier/],
    ['rank:ndcg', 'predictions', /ranks \(objective rank:ndcg\)/, /Choose a classifier/],
  ])('%s', (objective, name, meaning, advice) => {
    expect(outputName(objective, false)).toBe(name);
    expect(rawOutputOf(objective).meaning).toMatch(meaning);
    expect(rawOutputOf(objective).advice).toMatch(advice);
  });

  it('calls a probability what is one', () => {
    expect(outputName('reg:logistic', true)).toBe('probabilities');
  });
});
