import type { ValueModel } from '../money/value-model.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { MAX_CURVE_POINTS } from '../threshold/curves.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { costCurve } from './cost-curve.ts';
import { expectedMaximumProfit } from './expected-maximum-profit.ts';
import { gainsCurveSliced } from './gains-curve.ts';
import { gainsTableSliced } from './gains-table.ts';
import { ksCurveSliced } from './ks-curve.ts';
import type { RankingFigures } from './ranking-figures.ts';
import { rocHullSliced } from './roc-hull.ts';

/**
 * How well the scores rank (DEFINITIONS "Discrimination"): gains table and curves, KS curve, cost curve, expected maximum profit.
 *
 * @param model values the bins of the gains table; null = without money. `checkAmounts` first
 * @returns freshly allocated arrays; yields progress in distinct scores. O(k)
 */
export function* rankingFiguresSliced(
  ranked: RankedScores,
  model: ValueModel | null,
): Sliced<RankingFigures> {
  const total = ranked.threshold.length;
  const gains = yield* stage(gainsTableSliced(ranked, model), 0, 0.2 * total, total);
  const gainsCurve = yield* stage(
    gainsCurveSliced(ranked, MAX_CURVE_POINTS),
    0.2 * total,
    0.5 * total,
    total,
  );
  const ks = yield* stage(ksCurveSliced(ranked, MAX_CURVE_POINTS), 0.5 * total, 0.8 * total, total);
  const hull = yield* stage(rocHullSliced(ranked), 0.8 * total, total, total);
  return {
    gains,
    gainsCurve,
    ks,
    costCurve: costCurve(ranked, hull, MAX_CURVE_POINTS),
    emp: expectedMaximumProfit(ranked, hull),
  };
}

/** `rankingFiguresSliced` in one go. */
export function rankingFiguresOf(ranked: RankedScores, model: ValueModel | null): RankingFigures {
  return drain(rankingFiguresSliced(ranked, model));
}
