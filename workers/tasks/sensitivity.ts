import { heatMapSliced } from '../../src/core/money/heat-map.ts';
import { moneyTheorySliced } from '../../src/core/money/money-theory.ts';
import { tornadoSliced } from '../../src/core/money/tornado.ts';
import type { TaskHandlers } from '../runtime.ts';
import { type JudgementShelves, judgedRowsOf, judgementOf } from './judgement.ts';

type SensitivityTasks = Pick<TaskHandlers, 'judgement/tornado' | 'judgement/heat-map' | 'judgement/theory'>;

/** What a decision rests on: from rows that are sorted already; theory reads the rows themselves again. */
export function sensitivityTasks(shelves: JudgementShelves): SensitivityTasks {
  const { judgements } = shelves;
  return {
    'judgement/tornado': ({ judgementId, scenario, threshold, swing }, job) =>
      job.drain(tornadoSliced(judgements.get(judgementId).judgement, scenario, threshold, swing)),
    'judgement/heat-map': ({ judgementId, scenario, assumption, low, high }, job) =>
      job.drain(heatMapSliced(judgements.get(judgementId).judgement, scenario, assumption, low, high)),
    'judgement/theory': async ({ spec, scenario }, job) => {
      const { judgement } = await judgementOf(spec, shelves, job);
      const rows = await judgedRowsOf(spec, shelves, job);
      return job.drain(moneyTheorySliced(judgement, scenario, rows));
    },
  };
}
