import type { Progress } from '../../src/contracts/tasks.ts';
import { calibrationFiguresSliced } from '../../src/core/metrics/calibration-of.ts';
import { rankingFiguresSliced } from '../../src/core/metrics/ranking-of.ts';
import { compileScenario } from '../../src/core/money/scenario-templates.ts';
import { checkAmounts } from '../../src/core/money/value-model.ts';
import type { SliceProgress } from '../../src/core/sliced.ts';
import type { Shelf } from '../holds.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { HeldJudgement } from './judgement.ts';

type DiscriminationTasks = Pick<TaskHandlers, 'judgement/ranking' | 'judgement/calibration'>;

/** How well scores rank and how far they are probabilities: from the sorted form, in slices. */
export function discriminationTasks(judgements: Shelf<HeldJudgement>): DiscriminationTasks {
  return {
    'judgement/ranking': ({ judgementId, scenario }, job) => {
      const { ranked, amountColumns } = judgements.get(judgementId).judgement;
      const model = scenario === null ? null : compileScenario(scenario, amountColumns);
      if (model !== null) checkAmounts(ranked, model);
      return job.drain(rankingFiguresSliced(ranked, model), thresholdsDone);
    },
    'judgement/calibration': ({ judgementId }, job) =>
      job.drain(calibrationFiguresSliced(judgements.get(judgementId).judgement.ranked), thresholdsDone),
  };
}

function thresholdsDone({ done, total }: SliceProgress): Progress {
  return { done, total, unit: 'rows', rows: done };
}
