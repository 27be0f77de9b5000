import { startingBootstrap } from '../../contracts/judgement.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { StrategyParameters } from '../../core/threshold/decision.ts';
import type { Uncertainty } from '../../core/threshold/uncertainty.ts';
import { type FigureAnswer, useFigure } from './use-figure.ts';

export type UncertaintyState = FigureAnswer<Uncertainty>;

/**
 * The bootstrap of every strategy. No threshold is asked for: one that no rule picked has an interval of its own in every
 * decision, so that a drag asks nothing here.
 *
 * @param judgementId handle of the open judgement
 */
export function useUncertainty(
  judgementId: string,
  scenario: Scenario | null,
  parameters: StrategyParameters,
): UncertaintyState {
  return useFigure('judgement/uncertainty', {
    judgementId,
    scenario,
    parameters,
    threshold: null,
    ...startingBootstrap,
  });
}
