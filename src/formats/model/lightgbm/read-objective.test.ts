import { describe, expect, it } from 'vitest';
import { readObjective } from './read-objective.ts';

describe('readObjective', () => {
  it.each([
    ['binary sigmoid:1', 1, { kind: 'logistic', slope: 1 }, 2],
    ['binary sigmoid:0.7', 1, { kind: 'logistic', slope: 0.7 }, 2],
    ['binary', 1, { kind: 'logistic', slope: 1 }, 2],
    ['cross_entropy', 1, { kind: 'logistic', slope: 1 }, 2],
    ['xentropy', 1, { kind: 'logistic', slope: 1 }, 2],
    ['multiclass num_class:3', 3, { kind: 'softmax' }, 3],
    ['multiclassova num_class:4 sigmoid:2', 4, { kind: 'logistic', slope: 2 }, 4],
    ['regression', 1, { kind: 'identity' }, 0],
    ['regression sqrt', 1, { kind: 'signed-square' }, 0],
    ['regression_l1', 1, { kind: 'identity' }, 0],
    ['huber', 1, { kind: 'identity' }, 0],
    ['fair', 1, { kind: 'identity' }, 0],
    ['quantile alpha:0.9', 1, { kind: 'identity' }, 0],
    ['mape', 1, { kind: 'identity' }, 0],
    ['poisson', 1, { kind: 'exponential' }, 0],
    ['gamma', 1, { kind: 'exponential' }, 0],
    ['tweedie tweedie_variance_power:1.5', 1, { kind: 'exponential' }, 0],
    ['lambdarank', 1, { kind: 'identity' }, 0],
    ['rank_xendcg', 1, { kind: 'identity' }, 0],
  ])('%s', (text, outputCount, link, classCount) => {
    expect(readObjective(text, outputCount)).toEqual({ link, classCount, notices: [] });
  });

  it.each([
    [null, /function of your own/],
    ['', /function of your own/],
    ['custom', /function of your own/],
    ['cross_entropy_lambda', /"cross_entropy_lambda" is not known/],
    ['sqrt', /"sqrt" is not known/],
  ])('%s leaves the margins as they are, and says so', (text, message) => {
    const objective = readObjective(text, 1);
    expect(objective).toMatchObject({ link: { kind: 'identity' }, classCount: 0 });
    expect(objective).toMatchObject({
      notices: [{ code: 'raw-margins', message: expect.stringMatching(message) }],
    });
    expect(readObjective(text, 3)).toMatchObject({ classCount: 3 });
  });

  it.each([
    ['binary sigmoid:1', 2],
    ['regression', 3],
    ['multiclass num_class:3', 1],
    ['multiclassova num_class:3 sigmoid:1', 1],
    ['binary sigmoid:0', 1],
    ['binary sigmoid:-1', 1],
    ['binary sigmoid:', 1],
    ['binary sigmoid:inf', 1],
    ['binary sigmoid:x', 1],
  ])('%s with %i outputs is damaged', (text, outputCount) => {
    expect(readObjective(text, outputCount)).toEqual(expect.any(String));
  });
});
