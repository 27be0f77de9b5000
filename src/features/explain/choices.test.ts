import { describe, expect, it } from 'vitest';
import type { ExplainChoice } from '../../contracts/saved-state.ts';
import { trees as sampleTrees } from '../model/sample.laws.ts';
import { category, loans, number } from '../workspace/sample-table.laws.ts';
import { backgroundOptions, sizeOptions } from './background-options.view-model.ts';
import { cohortColumns, cohortValues, firstCohort, listedValues, withValue } from './cohort.view-model.ts';
import { choiceKey, explanationChoice } from './explained-choice.ts';
import { methodOptions, treesRefusal, usesBackground } from './method-options.view-model.ts';

const table = {
  ...loans,
  columns: [
    category('Home', { rent: 60, own: 30 }, { missing: 10 }),
    category('split', { train: 70, test: 30 }),
    category('Job', { a: 5, b: 4 }, { distinct: 70 }),
    category('Same', { a: 100 }),
    number('Age', 18, 80),
  ],
};
const trees = { core: 'trees', trees: null } as const;
const linearLeaves = { core: 'trees', trees: { ...sampleTrees, hasLinearLeaves: true } } as const;
const linear = { core: 'linear', trees: null } as const;
const unknown = { core: null, trees: null } as const;
const choice: ExplainChoice = {
  method: 'interventional',
  background: { kind: 'passed' },
  size: 200,
  over: 'all',
};

describe('explanationChoice', () => {
  it('fills the threshold into a background that lies near it', () => {
    const { background, method } = explanationChoice(choice, 0.236, true);
    expect(method).toBe('interventional');
    expect(background.rows).toEqual({ kind: 'near-threshold', side: 'passed', threshold: 0.236 });
    expect(background.size).toBe(200);
  });

  it('hands a cohort and all rows on, whatever the threshold', () => {
    const cohort = { kind: 'cohort', column: 'Home', values: ['rent'] } as const;
    for (const background of [cohort, { kind: 'all' } as const])
      for (const threshold of [0.1, Number.NaN])
        expect(explanationChoice({ ...choice, background }, threshold, true).background.rows).toEqual(
          background,
        );
  });

  it('a moving threshold changes nothing for a method that asks no background', () => {
    const key = (threshold: number, asks: boolean) => choiceKey(explanationChoice(choice, threshold, asks));
    expect(key(0.2, false)).toBe(key(0.3, false));
    expect(key(0.2, true)).not.toBe(key(0.3, true));
    expect(key(Number.POSITIVE_INFINITY, true)).not.toBe(key(Number.NEGATIVE_INFINITY, true));
  });
});

describe('methods', () => {
  it('trees have all of them', () => {
    expect(methodOptions(trees).map(({ id, isDisabled }) => [id, isDisabled])).toEqual([
      ['auto', undefined],
      ['path-dependent', undefined],
      ['interventional', undefined],
      ['sampling', undefined],
    ]);
    expect(treesRefusal(trees)).toBeNull();
  });

  it.each([
    [linear, /linear/],
    [unknown, /not known/],
    [linearLeaves, /leaves .+ linear/],
  ])('those of trees are refused with the reason: %o', (model, reason) => {
    const refused = methodOptions(model).filter(({ isDisabled }) => isDisabled);
    expect(refused.map(({ id }) => id)).toEqual(['path-dependent', 'interventional']);
    for (const { detail } of refused) expect(detail).toMatch(reason);
    expect(treesRefusal(model)).toMatch(reason);
  });

  it.each([
    [null, /reference rows$/],
    ['count', /rows that trained them$/],
    ['hessian', /hessians of training$/],
  ] as const)('with covers of kind %s the branches are weighted by %o', (covers, words) => {
    const [, pathDependent] = methodOptions({ core: 'trees', trees: { ...sampleTrees, covers } });
    expect(pathDependent?.detail).toMatch(words);
  });

  it('linear leaves are sampled, and the list says so', () => {
    expect(methodOptions(linearLeaves)[0]?.detail).toBe('sampling');
  });

  it('path-dependent SHAP asks no background, the others do', () => {
    expect(usesBackground('path-dependent', trees)).toBe(false);
    expect(usesBackground('auto', trees)).toBe(false);
    for (const model of [linear, unknown, linearLeaves])
      for (const method of ['auto', 'path-dependent'] as const)
        expect(usesBackground(method, model)).toBe(true);
    for (const method of ['interventional', 'sampling'] as const)
      expect(usesBackground(method, trees)).toBe(true);
  });
});

describe('backgrounds', () => {
  it('near the threshold only where there is one, a cohort only where a column has few values', () => {
    const disabled = (...args: Parameters<typeof backgroundOptions>) =>
      backgroundOptions(...args).flatMap(({ id, isDisabled }) => (isDisabled ? [id] : []));
    expect(disabled('0.236', true)).toEqual([]);
    expect(disabled(null, true)).toEqual(['passed', 'flagged']);
    expect(disabled('0.236', false)).toEqual(['cohort']);
    expect(backgroundOptions('0.236', true).map(({ detail }) => detail)).toEqual([
      'drawn at random',
      'scores nearest below 0.236',
      'scores nearest at or above 0.236',
      'by the values of a column',
    ]);
  });

  it('a size of a link stands among the usual ones', () => {
    expect(sizeOptions(500).map(({ id }) => id)).toEqual(['100', '200', '500', '1000']);
    expect(sizeOptions(250).map(({ id }) => id)).toEqual(['100', '200', '250', '500', '1000']);
  });
});

describe('cohorts', () => {
  it('columns whose values are all listed, but for the split and those of one value', () => {
    expect(cohortColumns(table, 'split')).toEqual(['Home']);
    expect(cohortColumns(table, null)).toEqual(['Home', 'split']);
  });

  it('empty cells are a value', () => {
    expect(cohortValues(table, 'Home').map(({ value, count }) => [value, count])).toEqual([
      ['rent', 60],
      ['own', 30],
      ['(missing)', 10],
    ]);
    expect(cohortValues(table, 'gone')).toEqual([]);
  });

  it('a value of a link that no row has is listed, so that it can be taken out', () => {
    const values = listedValues({ kind: 'cohort', column: 'Home', values: ['castle', 'own'] }, table);
    expect(values.map(({ value }) => value)).toEqual(['rent', 'own', '(missing)', 'castle']);
  });

  it('begins with the most frequent value; the last one stays', () => {
    const first = firstCohort(table, 'Home');
    expect(first).toEqual({ kind: 'cohort', column: 'Home', values: ['rent'] });
    expect(withValue(first, table, 'rent', false)).toBeNull();
    const both = withValue({ ...first, values: ['own'] }, table, 'rent', true);
    expect(both?.values).toEqual(['rent', 'own']);
    expect(withValue({ ...first, values: ['rent', 'lost'] }, table, 'rent', false)?.values).toEqual(['lost']);
  });
});
