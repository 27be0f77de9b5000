import { DataError } from '../errors.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { type Judgement, valueModelOf } from '../threshold/judgement.ts';
import { flaggedThresholds } from '../threshold/ranked-scores.ts';
import { moneyOf } from './money-of.ts';
import { movableAssumptions, movedRange, movedValue, withMoved } from './moved-assumption.ts';
import { bestThresholdSliced } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import type { MovedAssumption, Tornado, TornadoBar } from './sensitivity-figures.ts';

/**
 * Every assumption moved alone, down and up by a share of itself, at one threshold:
 *
 *     ends = value ∓ swing · |value|, kept inside the assumption's range
 *
 * An assumption that is 0 has no share to be moved by and is left out. Bars by falling |netAtHigh - netAtLow|, equal ones in
 * the order of the form. Net value is linear in each assumption, so what lies between the ends lies on a straight line.
 * O(assumptions · k) for k distinct scores, nothing is sorted.
 *
 * @param threshold any number on the scale of the scores
 * @param swing above 0
 * @returns yields progress in thresholds
 * @throws {DataError} `invalid-argument` | `invalid-scenario` (rows were judged without an amount column)
 */
export function* tornadoSliced(
  judgement: Judgement,
  scenario: Scenario,
  threshold: number,
  swing: number,
): Sliced<Tornado> {
  checkSwing(swing);
  const { ranked } = judgement;
  const flagged = flaggedThresholds(ranked, threshold);
  const netOf = (moved: Scenario) => moneyOf(ranked, flagged, valueModelOf(judgement, moved)).net;
  const scratch = new Float64Array(ranked.threshold.length);
  const moved = movableAssumptions(scenario).filter((assumption) => movedValue(scenario, assumption) !== 0);
  const total = moved.length;
  const bars: TornadoBar[] = [];
  for (const [index, assumption] of moved.entries()) {
    const [lowValue, highValue] = endsOf(scenario, assumption, swing);
    const low = withMoved(scenario, assumption, lowValue);
    const high = withMoved(scenario, assumption, highValue);
    bars.push({
      assumption,
      lowValue,
      highValue,
      netAtLow: netOf(low),
      netAtHigh: netOf(high),
      bestAtLow: yield* stage(bestOf(judgement, low, scratch), index, index + 0.5, total),
      bestAtHigh: yield* stage(bestOf(judgement, high, scratch), index + 0.5, index + 1, total),
    });
  }
  const strength = ({ netAtLow, netAtHigh }: TornadoBar) => Math.abs(netAtHigh - netAtLow);
  return { threshold, swing, net: netOf(scenario), bars: bars.sort((a, b) => strength(b) - strength(a)) };
}

/** `tornadoSliced` in one go. */
export function tornadoOf(
  judgement: Judgement,
  scenario: Scenario,
  threshold: number,
  swing: number,
): Tornado {
  return drain(tornadoSliced(judgement, scenario, threshold, swing));
}

function checkSwing(swing: number): void {
  if (swing > 0 && Number.isFinite(swing)) return;
  throw new DataError('invalid-argument', `Assumptions cannot be moved by a share of ${swing}.`, {
    advice: 'Give a share above 0, for example 0.2 for 20 %.',
  });
}

function endsOf(
  scenario: Scenario,
  assumption: MovedAssumption,
  swing: number,
): readonly [low: number, high: number] {
  const [least, most] = movedRange(scenario, assumption);
  const value = movedValue(scenario, assumption);
  const by = swing * Math.abs(value);
  return [Math.max(least, value - by), Math.min(most, value + by)];
}

function* bestOf(judgement: Judgement, scenario: Scenario, scratch: Float64Array): Sliced<number | null> {
  const { ranked } = judgement;
  const best = yield* bestThresholdSliced(ranked, valueModelOf(judgement, scenario), scratch);
  return best < 0 ? null : ranked.threshold[best]!;
}
