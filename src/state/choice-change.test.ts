import { describe, expect, it } from 'vitest';
import type { ViewState } from '../contracts/saved-state.ts';
import { changedFields, changeLabel, opensFiles } from './choice-change.ts';
import { initialChoices } from './workspace-store.ts';

const lending = {
  template: 'lending',
  name: '',
  currency: '',
  amount: { column: 'Amount' },
  lossRate: 0.8,
  reviewCost: 50,
  frictionCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
} as const;
const bands = {
  low: 0.2,
  high: 0.6,
  reviewCost: 50,
  sensitivity: 0.9,
  specificity: 0.8,
  capacity: null,
  declineCost: 0,
};
const cascade: ViewState['cascade'] = {
  low: 0.2,
  high: 0.6,
  accurateThreshold: 0.3,
  fastCost: 0,
  accurateCost: 0.01,
  other: { kind: 'column', column: 'p' },
  current: 'fast',
};
const file = { id: 'a'.repeat(64), name: 'a' };

const changes: readonly (readonly [string, Partial<ViewState>, Partial<ViewState>])[] = [
  ['threshold', {}, { threshold: 0.2 }],
  ['pinned baseline', {}, { pinned: 0.2 }],
  ['scenario', {}, { scenario: lending }],
  ['review cost', { scenario: lending }, { scenario: { ...lending, reviewCost: 60 } }],
  ['amount at risk', { scenario: lending }, { scenario: { ...lending, amount: { constant: 5 } } }],
  ['scenario', { scenario: lending }, { scenario: { ...lending, name: 'Cautious', lossRate: 0.5 } }],
  ['second scenario', {}, { versus: lending }],
  ['capacity', {}, { strategies: { ...initialChoices.strategies, capacity: 9 } }],
  ['greatest false positive rate', {}, { strategies: { ...initialChoices.strategies, fprAtMost: 0.2 } }],
  ['strategies', {}, { strategies: { ...initialChoices.strategies, capacity: 9, capacityPer: 'day' } }],
  ['recalibration', {}, { recalibration: 'platt' }],
  ['recalibration', { threshold: 0.2, pinned: 0.3 }, { recalibration: 'platt', threshold: 0.1, pinned: 0.2 }],
  ['bands', {}, { bands }],
  ['review capacity', { bands }, { bands: { ...bands, capacity: 9 } }],
  ['cascade', {}, { cascade }],
  [
    'second scores of the cascade',
    { cascade },
    { cascade: { ...cascade, other: { kind: 'column', column: 'q' } } },
  ],
  ['ROI floor', {}, { impact: { ...initialChoices.impact, roiFloor: 1 } }],
  ['method of the explanation', {}, { explain: { ...initialChoices.explain, method: 'sampling' } }],
  ['explained rows', {}, { explain: { ...initialChoices.explain, over: 'judged' } }],
  ['impact', {}, { impact: { roiFloor: 1, investment: 9 } }],
  ['threshold', {}, { threshold: 0.2, thresholdsView: 'bands' }],
  ['role of age', {}, { roles: { age: 'id' } }],
  ['role of age', { roles: { age: 'id' } }, { roles: {} }],
  ['role of age', { roles: { key: 'id' } }, { roles: { age: 'id' } }],
  ['role of y', {}, { roles: { y: 'target' }, target: { column: 'y', positive: ['1'], excluded: [] } }],
  ['roles of columns', {}, { roles: { a: 'ignore', b: 'ignore' } }],
  ['reading of zip', {}, { readings: { zip: { kind: 'category' } } }],
  ['readings of columns', {}, { readings: { a: { kind: 'text' }, b: { kind: 'text' } } }],
  ['inputs of the model', {}, { mapping: { columnOf: { f0: 'a' }, order: null } }],
  ['order of the columns', {}, { mapping: { columnOf: {}, order: ['a'] } }],
  ['form beside', {}, { besideForm: { kind: 'column', column: 'p' } }],
  ['score column', { threshold: 0.2 }, { scoreColumn: 'p', threshold: null }],
  ['several choices', {}, { threshold: 0.2, pinned: 0.3 }],
];

describe('changeLabel', () => {
  it.each(changes)('%s', (label, before, after) => {
    const from = { ...initialChoices, ...before };
    const to = { ...from, ...after };
    expect(changeLabel(to, changedFields(from, to))).toBe(label);
  });
});

describe('changedFields', () => {
  it('is empty for equal choices, whatever their identity', () => {
    expect(changedFields(initialChoices, structuredClone(initialChoices))).toEqual([]);
  });

  it('is empty when another part of the page is opened', () => {
    expect(changedFields(initialChoices, { ...initialChoices, thresholdsView: 'calibration' })).toEqual([]);
  });

  it('names the part of a record, and a list as a whole', () => {
    const after = { ...initialChoices, roles: { a: 'id' as const }, otherModels: [] };
    const joins = [{ table: file, leftKey: 'a', rightKey: 'a', orderBy: null, columns: [] }];
    expect(changedFields(initialChoices, { ...after, joins })).toEqual([['roles', 'a'], ['joins']]);
  });
});

describe('opensFiles', () => {
  it.each([
    ['demo', { demo: 'credit' }, true],
    ['table', { table: file }, true],
    ['columns', { columns: ['a'] }, true],
    ['model', { model: file }, true],
    ['otherModels', { otherModels: [{ ...file, mapping: initialChoices.mapping }] }, true],
    ['besideForm', { besideForm: { kind: 'model', id: file.id } }, false],
    ['threshold', { threshold: 0.1 }, false],
    ['scoreColumn', { scoreColumn: 'p' }, false],
  ] as const)('%s', (_key, change, expected) => {
    const after = { ...initialChoices, ...change };
    expect(opensFiles(initialChoices, after, changedFields(initialChoices, after))).toBe(expected);
  });

  it('a new order for the inputs of a model beside opens nothing', () => {
    const beside = (order: readonly string[] | null): ViewState => ({
      ...initialChoices,
      otherModels: [{ ...file, mapping: { columnOf: {}, order } }],
    });
    const [before, after] = [beside(null), beside(['a'])];
    const fields = changedFields(before, after);
    expect(opensFiles(before, after, fields)).toBe(false);
    expect(changeLabel(after, fields)).toBe('inputs of the model beside');
  });
});
