import { describe, expect, it } from 'vitest';
import type { ModelSummary } from '../../core/model/signature.ts';
import { areDifferentModels } from '../../core/parity/different-models.ts';
import type { CauseCode, FormComparison } from '../../core/parity/form-comparison.ts';
import { differenceSentence } from './forms.view-model.ts';
import { madeOf } from './made-of.ts';
import { comparison, model, trees } from './sample.laws.ts';

const plainTrees = { ...trees, categoricalSplits: 0 };
const champion = model({ trees: plainTrees });
const withTrees = (change: Partial<typeof trees>): ModelSummary =>
  model({ id: 'b'.repeat(64), trees: { ...plainTrees, ...change } });

function apart(code: CauseCode, rankCorrelation = 0.934): FormComparison {
  const cause = { code, explanation: 'Why.', advice: '', residual: null, explained: null };
  return comparison({ causes: [cause], rankCorrelation });
}

describe('areDifferentModels', () => {
  const isDifferent = (change: Partial<typeof trees>): boolean =>
    areDifferentModels(apart('unknown'), champion, withTrees(change));

  it('other trees, no known cause, other ranks', () => {
    expect(isDifferent({ treeCount: 150 })).toBe(true);
    expect(isDifferent({ leafCount: 2401 })).toBe(true);
    const use = [{ feature: 'f0', splits: 99, gain: null }];
    expect(isDifferent({ featureUse: use })).toBe(true);
  });

  it('the same trees under other names, in another order of features, are one model', () => {
    const use = [
      { feature: 'f1', splits: 60, gain: null },
      { feature: 'f0', splits: 40, gain: null },
    ];
    expect(isDifferent({ featureUse: use })).toBe(false);
  });

  it('splits on categories may be counted otherwise in a conversion', () => {
    expect(isDifferent({ categoricalSplits: 3, leafCount: 2401 })).toBe(false);
    expect(isDifferent({ categoricalSplits: 3, treeCount: 150 })).toBe(true);
  });

  it('trees beside a linear model or a graph', () => {
    const linear = { link: 'logistic', intercepts: [0], coefficients: [] } as const;
    const operators = [{ name: 'MatMul', count: 3 }];
    for (const other of [
      model({ core: 'linear', trees: null, linear }),
      model({ core: null, trees: null, operators }),
    ])
      expect(areDifferentModels(apart('unknown'), champion, other)).toBe(true);
    const graph = model({ core: null, trees: null, operators });
    expect(areDifferentModels(apart('unknown'), graph, { ...graph, id: 'b' })).toBe(false);
  });

  it('a named cause, like ranks, equal scores or a column are never called so', () => {
    const other = withTrees({ treeCount: 150 });
    expect(areDifferentModels(apart('base-score'), champion, other)).toBe(false);
    expect(areDifferentModels(apart('unknown', 0.999), champion, other)).toBe(false);
    expect(areDifferentModels(comparison({ verdict: 'equal' }), champion, other)).toBe(false);
    expect(areDifferentModels(apart('unknown'), champion, null)).toBe(false);
  });
});

describe('differenceSentence', () => {
  it('says what both are made of, and how far they agree', () => {
    const other = model({ core: null, trees: null, operators: [{ name: 'MatMul', count: 3 }] });
    const text = differenceSentence(apart('unknown'), champion, other)
      .map((part) => part.text)
      .join('')
      .replaceAll('\u00A0', ' ');
    expect(text).toBe(
      'These are different models, not two forms of one: 160 trees with 2,400 leaves beside a graph of 3 operators. Rank correlation 0.934; the scores differ by up to 0.620; 41 decisions at 0.240 change.',
    );
  });

  it('names a linear model by its features', () => {
    const coefficients = [{ feature: 'a', values: [1] }];
    const linear = { link: 'logistic', intercepts: [0], coefficients } as const;
    expect(madeOf(model({ core: 'linear', trees: null, linear }))).toMatch(/^a linear model of 1.feature$/u);
  });
});
