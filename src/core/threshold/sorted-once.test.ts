import { expect, test, vi } from 'vitest';
import { sampleParameters } from '../../../fixtures/judged-sample.ts';
import { heatMapOf } from '../money/heat-map.ts';
import { defaultScenario } from '../money/scenario-templates.ts';
import { tornadoOf } from '../money/tornado.ts';
import { drain } from '../sliced.ts';
import { answerScenario, judgeAt, openJudgement } from './judgement.ts';
import { sortDescending } from './sort-descending.ts';

vi.mock('./sort-descending.ts', { spy: true });

test('rows are sorted when a judgement is opened, and no scenario sorts them again', () => {
  const scores = Float64Array.from({ length: 500 }, (_, row) => ((row * 37) % 101) / 101);
  const labels = Uint8Array.from({ length: 500 }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const values = Float64Array.from({ length: 500 }, (_, row) => 100 + (row % 7));
  const judgement = drain(openJudgement(scores, labels, [{ column: 'Amount', values }]));
  const sorted = vi.mocked(sortDescending).mock.calls.length;
  expect(sorted).toBe(1);
  for (const reviewCost of [0, 50, 500]) {
    const scenario = {
      ...defaultScenario('lending', 'Amount'),
      reviewCost,
      rowsPerYear: 9000,
      fixedCost: 10,
    };
    answerScenario(judgement, scenario, sampleParameters);
    judgeAt(judgement, scenario, 0.5);
    tornadoOf(judgement, scenario, 0.5, 0.2);
    heatMapOf(judgement, scenario, 'lossRate', 0, 1);
  }
  expect(vi.mocked(sortDescending).mock.calls.length).toBe(sorted);
});
