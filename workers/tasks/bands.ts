import { answerBandsSliced } from '../../src/core/money/bands-answer.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { JudgementShelves } from './judgement.ts';

/** Bands with a reviewer, from rows that are sorted already. */
export function bandsTasks({
  judgements,
}: Pick<JudgementShelves, 'judgements'>): Pick<TaskHandlers, 'judgement/bands'> {
  return {
    'judgement/bands': ({ judgementId, scenario, design }, job) =>
      job.drain(answerBandsSliced(judgements.get(judgementId).judgement, scenario, design)),
  };
}
