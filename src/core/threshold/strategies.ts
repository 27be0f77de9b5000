import { type NetScan, scanNet } from '../money/net-scan.ts';
import { checkAmounts, scaleOf, type ValueModel } from '../money/value-model.ts';
import type { StrategyParameters, StrategyResult, StrategyRule } from './decision.ts';
import { decisionAtIndex } from './decision-at.ts';
import { breakEvenMargin, classGains } from './money-rules.ts';
import { type PickMoney, pickThresholds, reasonOf, STRATEGY_RULES } from './pick-thresholds.ts';
import type { RankedScores } from './ranked-scores.ts';
import { capacityOf, checkParameters } from './strategy-parameters.ts';

/**
 * All strategies over every distinct score, in the order of `StrategyRule`. Each returns an observed score; ties go to the
 * lowest threshold.
 *
 * `reason` says why there is no decision: 'unreachable' (no threshold satisfies the rule, or the measure is not defined: one
 * class, no scored row), 'flag-nobody' (every threshold is worth less than flagging nobody), 'no-scenario', 'no-volume' (a
 * capacity per day or week needs the scenario's rows a year).
 *
 * @param model compiled scenario, or null: then the rules on money have none and decisions carry no money
 * @param scan `scanNet(ranked, model)` when the caller has it already
 * @throws {DataError} `invalid-argument` (parameters out of range) | `invalid-scenario` (rows were ranked without amounts). O(k)
 */
export function strategiesOf(
  ranked: RankedScores,
  model: ValueModel | null,
  parameters: StrategyParameters,
  scan: NetScan | null = null,
): readonly StrategyResult[] {
  checkParameters(parameters);
  if (model !== null) checkAmounts(ranked, model);
  const picks = new Int32Array(STRATEGY_RULES.length);
  const capacity = capacityOf(parameters, ranked.rows, model?.rowsPerYear ?? null);
  pickThresholds(picks, ranked, moneyFor(ranked, model, scan), parameters, capacity);
  return STRATEGY_RULES.map((rule, i) => ({
    rule,
    parameter: parameterOf(rule, parameters),
    reason: reasonOf(picks[i]!),
    decision: picks[i]! < 0 ? null : decisionAtIndex(ranked, picks[i]!, model),
  }));
}

function moneyFor(ranked: RankedScores, model: ValueModel | null, known: NetScan | null): PickMoney | null {
  if (model === null) return null;
  return {
    scan: known ?? scanNet(ranked, model),
    gains: classGains(ranked, model),
    margin: breakEvenMargin(ranked, model, scaleOf(model, ranked.rows)),
  };
}

/** beta, r, p, f or k; NaN for the rules without one. */
function parameterOf(rule: StrategyRule, parameters: StrategyParameters): number {
  switch (rule) {
    case 'maxFBeta':
      return parameters.beta;
    case 'recallAtLeast':
    case 'precisionAtLeast':
    case 'fprAtMost':
    case 'capacity':
      return parameters[rule];
    default:
      return Number.NaN;
  }
}
