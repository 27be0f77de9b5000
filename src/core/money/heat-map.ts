import { DataError } from '../errors.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { type Judgement, valueModelOf } from '../threshold/judgement.ts';
import { flaggedThresholds, type RankedScores } from '../threshold/ranked-scores.ts';
import { flaggedValue, valueWhen } from './flagged-value.ts';
import { checkMovable, movedRange, withMoved } from './moved-assumption.ts';
import { bestThresholdSliced } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import type { HeatMap, MovedAssumption } from './sensitivity-figures.ts';
import { scaleOf, type ValueModel } from './value-model.ts';

const COLUMNS = 120;
/** Forty even steps: round values where the ends are round. */
const ROWS = 41;

/**
 * Net value over threshold x one assumption, and the best threshold for each value of the assumption.
 *
 * Columns: 120 thresholds evenly from the lowest to the highest score, both among them; rows: 41 values evenly from `low` to
 * `high`, both among them; one where the ends are equal. Cells hold the net value of the decision "score >= threshold",
 * whether or not the threshold was observed; `best` is the observed threshold that "most net value" picks, from all distinct
 * scores and not from the columns. O(columns · rows + rows · k) for k distinct scores, nothing is sorted.
 *
 * @param low inside the assumption's range (rows a year above 0), at most `high`
 * @returns freshly allocated arrays; yields progress in thresholds
 * @throws {DataError} `invalid-argument` (no such number in the scenario, values outside its range) | `invalid-scenario`
 */
export function* heatMapSliced(
  judgement: Judgement,
  scenario: Scenario,
  assumption: MovedAssumption,
  low: number,
  high: number,
): Sliced<HeatMap> {
  checkMovable(scenario, assumption);
  checkValues(scenario, assumption, low, high);
  const { ranked } = judgement;
  const thresholds = evenly(ranked.threshold.at(-1)!, ranked.threshold[0]!, COLUMNS);
  const flagged = Array.from(thresholds, (threshold) => flaggedThresholds(ranked, threshold));
  const values = evenly(low, high, ROWS);
  const net = new Float64Array(values.length * thresholds.length);
  const best = new Float64Array(values.length);
  const scratch = new Float64Array(ranked.threshold.length);
  for (const [row, value] of values.entries()) {
    const model = valueModelOf(judgement, withMoved(scenario, assumption, value));
    net.set(netsAt(ranked, flagged, model), row * thresholds.length);
    const scan = bestThresholdSliced(ranked, model, scratch);
    const index = yield* stage(scan, row, row + 1, values.length);
    best[row] = ranked.threshold[index] ?? Number.NaN;
  }
  return { assumption, thresholds, values, net, best };
}

/** `heatMapSliced` in one go. */
export function heatMapOf(
  judgement: Judgement,
  scenario: Scenario,
  assumption: MovedAssumption,
  low: number,
  high: number,
): HeatMap {
  return drain(heatMapSliced(judgement, scenario, assumption, low, high));
}

function checkValues(scenario: Scenario, assumption: MovedAssumption, low: number, high: number): void {
  const [least, most] = movedRange(scenario, assumption);
  const isInside = low >= least && high <= most && (assumption !== 'rowsPerYear' || low > 0);
  if (low <= high && isInside) return;
  throw new DataError('invalid-argument', `"${assumption}" cannot run from ${low} to ${high}.`, {
    advice: 'Give a lower and an upper value inside the range that the assumption may take.',
  });
}

/** `count` numbers from `low` to `high`, both exactly; one when they are equal. */
function evenly(low: number, high: number, count: number): Float64Array {
  if (low === high) return Float64Array.of(low);
  // Weights of the ends instead of a step: their difference may overflow.
  return Float64Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    return low * (1 - share) + high * share;
  });
}

/** Net values when the rows of the first `flagged[i]` distinct thresholds are flagged. */
function netsAt(ranked: RankedScores, flagged: readonly number[], model: ValueModel): Float64Array {
  const scale = scaleOf(model, ranked.rows);
  const benefit = flaggedValue(ranked, model.benefit, scale);
  const cost = flaggedValue(ranked, model.cost, scale);
  return Float64Array.from(
    flagged,
    (count) => valueWhen(benefit, ranked, count) - valueWhen(cost, ranked, count) - model.fixedCost,
  );
}
