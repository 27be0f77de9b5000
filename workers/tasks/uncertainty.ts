import { bootstrapSliced } from '../../src/core/threshold/bootstrap.ts';
import { valueModelOf } from '../../src/core/threshold/judgement.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { JudgementShelves } from './judgement.ts';

/** How sure the strategies are: the bootstrap of rows that are sorted already, a few replicates a slice. */
export function uncertaintyTasks({
  judgements,
}: Pick<JudgementShelves, 'judgements'>): Pick<TaskHandlers, 'judgement/uncertainty'> {
  return {
    'judgement/uncertainty': ({ judgementId, scenario, ...question }, job) => {
      const { judgement } = judgements.get(judgementId);
      const model = scenario === null ? null : valueModelOf(judgement, scenario);
      return job.drain(bootstrapSliced(judgement.ranked, { ...question, model }));
    },
  };
}
