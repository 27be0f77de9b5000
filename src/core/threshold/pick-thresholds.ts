import { maxKsIndex } from '../metrics/ks-statistic.ts';
import type { NetScan } from '../money/net-scan.ts';
import {
  capacityIndex,
  fprAtMostIndex,
  maxFBetaIndex,
  maxYoudenIndex,
  precisionAtLeastIndex,
  type RankedCounts,
  recallAtLeastIndex,
} from './count-rules.ts';
import type { StrategyParameters, StrategyResult, StrategyRule } from './decision.ts';
import { breakEvenIndex, type ClassGains, minCostIndex } from './money-rules.ts';

/** All rules, in the order in which they are answered. */
export const STRATEGY_RULES = [
  'maxF1',
  'maxFBeta',
  'maxYouden',
  'maxKs',
  'minCost',
  'maxNet',
  'recallAtLeast',
  'precisionAtLeast',
  'fprAtMost',
  'capacity',
  'breakEven',
] as const satisfies readonly StrategyRule[];

type Reason = NonNullable<StrategyResult['reason']>;

/** Why there is no threshold, as a number beside the indexes 0, 1, 2, ... */
export const NO_THRESHOLD = {
  unreachable: -1,
  'flag-nobody': -2,
  'no-scenario': -3,
  'no-volume': -4,
} as const satisfies Record<Reason, number>;

/** What the rules on money read of a scenario under these rows. */
export interface PickMoney {
  readonly scan: Pick<NetScan, 'net' | 'best' | 'flagNobody'>;
  readonly gains: ClassGains;
  /** Net values closer to 0 than this are 0. */
  readonly margin: number;
}

/**
 * What each rule picks on these rows, in the order of STRATEGY_RULES: the index of a threshold, or a number of
 * NO_THRESHOLD. The one place where a rule's name meets its meaning: the strategies and every replicate of their bootstrap
 * are picked here. Allocates nothing. O(k) for k thresholds
 *
 * @param into receives the picks; as long as STRATEGY_RULES
 * @param capacity rows that can be acted on, `capacityOf`; NaN when the rows a year are not known
 * @param money null without a scenario
 */
export function pickThresholds(
  into: Int32Array,
  counts: RankedCounts,
  money: PickMoney | null,
  parameters: StrategyParameters,
  capacity: number,
): void {
  for (let i = 0; i < STRATEGY_RULES.length; i++) {
    into[i] = pickThreshold(STRATEGY_RULES[i]!, counts, money, parameters, capacity);
  }
}

function pickThreshold(
  rule: StrategyRule,
  counts: RankedCounts,
  money: PickMoney | null,
  parameters: StrategyParameters,
  capacity: number,
): number {
  switch (rule) {
    case 'maxF1':
      return maxFBetaIndex(counts, 1);
    case 'maxFBeta':
      return maxFBetaIndex(counts, parameters.beta);
    case 'maxYouden':
      return maxYoudenIndex(counts);
    case 'maxKs':
      return maxKsIndex(counts);
    case 'minCost':
      return money === null ? NO_THRESHOLD['no-scenario'] : minCostIndex(counts, money.gains);
    case 'maxNet':
      return money === null ? NO_THRESHOLD['no-scenario'] : maxNetIndex(money.scan);
    case 'recallAtLeast':
      return recallAtLeastIndex(counts, parameters.recallAtLeast);
    case 'precisionAtLeast':
      return precisionAtLeastIndex(counts, parameters.precisionAtLeast);
    case 'fprAtMost':
      return fprAtMostIndex(counts, parameters.fprAtMost);
    case 'capacity':
      if (!Number.isNaN(capacity)) return capacityIndex(counts, capacity);
      return money === null ? NO_THRESHOLD['no-scenario'] : NO_THRESHOLD['no-volume'];
    case 'breakEven':
      return money === null ? NO_THRESHOLD['no-scenario'] : breakEvenIndex(money.scan.net, money.margin);
  }
}

/** The greatest net value, unless flagging nobody is worth more; an equal threshold wins over flagging nobody. */
function maxNetIndex({ net, best, flagNobody }: PickMoney['scan']): number {
  if (best < 0) return NO_THRESHOLD.unreachable;
  return net[best]! < flagNobody ? NO_THRESHOLD['flag-nobody'] : best;
}

/** The reason that a pick below 0 stands for; null for an index. */
export function reasonOf(pick: number): StrategyResult['reason'] {
  if (pick >= 0) return null;
  const reasons = Object.keys(NO_THRESHOLD) as Reason[];
  return reasons.find((reason) => NO_THRESHOLD[reason] === pick) ?? 'unreachable';
}
