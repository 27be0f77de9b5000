import { type ProportionMethod, proportionInterval } from '../src/core/stats/proportion-interval.ts';
import { compareProportions, rowsForPower } from '../src/core/stats/two-proportions.ts';
import type { ThresholdDecision } from '../src/core/threshold/decision.ts';
import type { Estimate, StrategyUncertainty, Uncertainty } from '../src/core/threshold/uncertainty.ts';

/** Ends of a 95 % interval; null where they are not defined. */
type Ends = readonly [number | null, number | null];

/** How the intervals of the bootstrap came about; null when none was asked for. */
export type BootstrapSection = Pick<Uncertainty, 'replicates' | 'seed' | 'bins' | 'isExact'>;

/** What the bootstrap says of one strategy, its threshold chosen anew in every replicate, or of a fixed threshold. */
export interface UncertaintySection {
  readonly reached: number;
  readonly intervals: Readonly<
    Record<'threshold' | 'flaggedShare' | 'precision' | 'recall' | 'net' | 'roi', Ends>
  >;
  /** The headline: net value on new rows; null without a scenario. */
  readonly outOfBagNet: {
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  } | null;
}

/** Counts at one threshold as proportions with intervals, and what it takes to see one of them fall. */
export interface ProportionsSection {
  readonly recallInterval: Ends;
  readonly precisionInterval: Ends;
  /**
   * Flagged rows with an outcome, in each of two periods, that a fall of precision by 5 points takes to be noticed: two-sided
   * test at 5 %, power 80 % (C21). null where precision is not defined or cannot fall that far.
   */
  readonly rowsToNoticeDrop: number | null;
}

/** The rate of positives on the judged rows beside that of the labelled rows outside the split. */
export interface BaseRateSection {
  readonly judged: number | null;
  readonly outside: number | null;
  readonly difference: number | null;
  /** Newcombe's interval (C14). */
  readonly interval: Ends;
  readonly z: number | null;
  readonly p: number | null;
}

/** How far precision falls in `rowsToNoticeDrop`. */
const DROP = 0.05;
const LEVEL = 0.05;
const POWER = 0.8;

export function uncertaintySection(
  found: Omit<StrategyUncertainty, 'rule'> | undefined | null,
): UncertaintySection | null {
  if (found === undefined || found === null) return null;
  const { threshold, flaggedShare, precision, recall, net, roi, outOfBagNet } = found;
  return {
    reached: found.reached,
    intervals: {
      threshold: ends(threshold),
      flaggedShare: ends(flaggedShare),
      precision: ends(precision),
      recall: ends(recall),
      net: ends(net),
      roi: ends(roi),
    },
    outOfBagNet:
      outOfBagNet === null
        ? null
        : {
            value: orNull(outOfBagNet.value),
            low: orNull(outOfBagNet.low),
            high: orNull(outOfBagNet.high),
          },
  };
}

export function proportionsSection(
  { tp, fn, flagged, precision }: ThresholdDecision,
  method: ProportionMethod,
): ProportionsSection {
  const test = { p1: precision, p2: precision - DROP, alpha: LEVEL, ratio: 1 };
  return {
    recallInterval: endsOf(proportionInterval(tp, tp + fn, method)),
    precisionInterval: endsOf(proportionInterval(tp, flagged, method)),
    rowsToNoticeDrop: precision >= DROP ? Math.ceil(rowsForPower(test, POWER)) : null,
  };
}

/** @param judged counts of the judged rows; @param labelled of all labelled rows, inside and outside the split */
export function baseRateSection(
  judged: { readonly events: number; readonly rows: number },
  labelled: { readonly events: number; readonly rows: number },
): BaseRateSection {
  const outside = { events: labelled.events - judged.events, rows: labelled.rows - judged.rows };
  const { difference, interval, z, pTwoSided } = compareProportions(judged, outside);
  return {
    judged: orNull(judged.events / judged.rows),
    outside: orNull(outside.events / outside.rows),
    difference: orNull(difference),
    interval: endsOf(interval),
    z: orNull(z),
    p: orNull(pTwoSided),
  };
}

function ends({ low, high }: Estimate): Ends {
  return [orNull(low), orNull(high)];
}

function endsOf([low, high]: readonly [number, number]): Ends {
  return [orNull(low), orNull(high)];
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
