import { defaultCompute } from '../../../compute/run.ts';
import type { JudgementSummary } from '../../../contracts/judgement.ts';
import type { StrategyParameters, ThresholdDecision } from '../../../core/threshold/decision.ts';

/** A threshold carried over to other scores of the same rows. */
export interface MappedThreshold {
  readonly threshold: number;
  readonly flaggedBefore: number;
  readonly flaggedAfter: number;
}

/** What is asked of the workers, so that a test can answer. */
export interface ThresholdQuestions {
  /** The decision at a threshold of a judgement. */
  at(judgementId: string, threshold: number): Promise<ThresholdDecision>;
  /** The lowest threshold that flags at most so many rows; null when more share the highest score. */
  flaggingAtMost(judgementId: string, rows: number): Promise<ThresholdDecision | null>;
}

/**
 * The threshold on recalibrated scores that flags the same rows. Recalibration never swaps two rows, so flagging as many
 * is flagging the same; where it ties rows across the threshold, the nearest count is taken, of two equally near the smaller.
 *
 * @param before id of the judgement that `threshold` is about
 * @param after the same rows with other scores in the same order
 */
export async function mappedThreshold(
  before: string,
  after: Pick<JudgementSummary, 'id' | 'highestScore'>,
  threshold: number,
  ask: ThresholdQuestions,
): Promise<MappedThreshold> {
  const { flagged } = await ask.at(before, threshold);
  const found = await nearest(after, flagged, ask);
  return { threshold: found.threshold, flaggedBefore: flagged, flaggedAfter: found.flagged };
}

type Flagging = Pick<ThresholdDecision, 'threshold' | 'flagged'>;

async function nearest(
  after: Pick<JudgementSummary, 'id' | 'highestScore'>,
  flagged: number,
  ask: ThresholdQuestions,
): Promise<Flagging> {
  const nobody: Flagging = { threshold: justAbove(after.highestScore), flagged: 0 };
  if (flagged === 0) return nobody;
  const fewer = await ask.flaggingAtMost(after.id, flagged);
  if (fewer?.flagged === flagged) return fewer;
  const next = fewer === null ? after.highestScore : fewer.highestPassed;
  const below = fewer ?? nobody;
  if (Number.isNaN(next)) return below;
  const more = await ask.at(after.id, next);
  return more.flagged - flagged < flagged - below.flagged ? { ...more, threshold: next } : below;
}

/** A threshold that no row reaches. */
function justAbove(score: number): number {
  return score + Math.max(Math.abs(score), 1) * 1e-6;
}

/** The questions, asked of the workers. Money plays no part in them. */
export function workerQuestions(parameters: StrategyParameters): ThresholdQuestions {
  const compute = defaultCompute();
  return {
    at: (judgementId, threshold) => compute.run('judgement/at', { judgementId, scenario: null, threshold }),
    flaggingAtMost: async (judgementId, capacity) => {
      const { strategies } = await compute.run('judgement/scenario', {
        judgementId,
        scenario: null,
        parameters: { ...parameters, capacity, capacityPer: 'rows' },
      });
      return strategies.find(({ rule }) => rule === 'capacity')?.decision ?? null;
    },
  };
}
