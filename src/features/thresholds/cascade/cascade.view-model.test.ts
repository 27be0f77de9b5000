import { describe, expect, it } from 'vitest';
import type { CascadeAnswer } from '../../../core/money/cascade.ts';
import { defaultScenario } from '../../../core/money/scenario-templates.ts';
import { initialChoices } from '../../../state/workspace-store.ts';
import { cascadeRows, cascadeSentence, finiteDesign } from './cascade.view-model.ts';
import { secondOf, secondScores } from './second-scores.ts';

const arm = { flagged: 100, precision: 0.5, recall: 0.8, f1: 0.615, net: 5000, scoringCost: 40 };
const answer: CascadeAnswer = {
  design: { low: 0.1, high: 0.3, accurateThreshold: 0.25, fastCost: 0, accurateCost: 1 },
  rows: 1000,
  handedOn: 40,
  pair: arm,
  fastAlone: { ...arm, net: 4000, threshold: 0.2 },
  accurateAlone: { ...arm, net: 4500, threshold: Infinity },
  netDifference: [-100, 1100],
  tried: 903000,
};
const names = { fast: 'small.txt', accurate: 'large.onnx' };
const lending = defaultScenario('lending', 'Amount');
const textOf = (parts: readonly { readonly text: string }[]) =>
  parts
    .map(({ text }) => text)
    .join('')
    .replaceAll('\u00A0', ' ');

describe('words of the cascade', () => {
  it('says who decides what, the difference, chance and the search', () => {
    expect(textOf(cascadeSentence(answer, names, lending))).toBe(
      'small.txt decides outside 0.100 to 0.300; 40 of 1,000 rows (4.0 %) go on to large.onnx. Net value 5.00 k on these rows, ' +
        'scoring paid: 500 more than large.onnx alone (95 %: −100 to 1.10 k), which chance could make. It is the best of ' +
        '903,000 tried on these rows: expect less on new ones.',
    );
    const clear = { ...answer, netDifference: [-900, -100] as const, tried: 0, pair: { ...arm, net: 4000 } };
    expect(textOf(cascadeSentence(clear, names, lending))).toMatch(
      /500 less than large\.onnx alone \(95 %: −900 to −100\)\.$/,
    );
  });

  it('without a scenario it speaks of F1', () => {
    expect(textOf(cascadeSentence(answer, names, null))).toMatch(
      /F1 of the pair 0\.615; small\.txt alone 0\.615/,
    );
  });

  it('rows name the pair and each alone, and where they flag', () => {
    expect(cascadeRows(answer, names, 'EUR').map(({ name, threshold }) => [name, threshold])).toEqual([
      ['The pair', 'handed on 0.100 to 0.300'],
      ['small.txt alone', 'flagged from 0.200'],
      ['large.onnx alone', 'nobody flagged'],
    ]);
  });

  it('a link gets numbers: above every score instead of infinite', () => {
    expect(finiteDesign({ ...answer.design, high: Infinity }, 0.9)).toMatchObject({ low: 0.1, high: 1.001 });
  });
});

describe('second scores', () => {
  const model = (id: string) => ({ id, name: `${id}.onnx` }) as never;
  const column = { name: 'old', kind: 'number', min: 0, max: 1, distinct: 50 };
  const table = { value: { columns: [column] }, loading: null, error: null } as never;
  const choices = {
    ...initialChoices,
    model: { id: 'a', name: 'a.onnx' },
    otherModels: [{ id: 'b', name: 'b.onnx', mapping: initialChoices.mapping }],
  };
  const session = { choices, models: [model('b'), model('a')], table, mapping: null };

  it('are the other open models and the columns of scores, never the scores in force', () => {
    expect(secondScores(session).map(({ name }) => name)).toEqual(['b.onnx', 'old']);
    const byColumn = { ...session, choices: { ...choices, scoreColumn: 'old' } };
    expect(secondScores(byColumn).map(({ name }) => name)).toEqual(['a.onnx', 'b.onnx']);
    expect(secondOf(secondScores(session), { kind: 'column', column: 'old' })?.name).toBe('old');
    expect(secondOf(secondScores(session), { kind: 'model', id: 'gone' })).toBeNull();
  });
});
