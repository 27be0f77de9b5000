/**
 * Texts of this page that combine the number forms of design/format.ts: thresholds that tell neighbours apart, money
 * with its currency, ranges that say their unit once.
 */
import type { StrategyResult } from '../../core/threshold/decision.ts';
import {
  type DecisionRange,
  flagsSameRows,
  MOST_DECIMAL_DIGITS,
  type ShownThreshold,
  shownThreshold,
} from '../../core/threshold/shown-threshold.ts';
import {
  formatMetric,
  formatMoney,
  formatMoneyExact,
  formatThreshold,
  notDefined,
} from '../../design/format.ts';

const noBreakSpace = '\u00A0';

/**
 * The threshold of a decision, as short as it can be and still flag exactly the same rows when it is typed again
 * (`shownThreshold`). An infinite one is "above every score".
 *
 * @param decisions what is known at this and other thresholds; the one with the same rows gives the digits. While none
 * is known yet (a step's answer is on its way) six decimals stand in.
 */
export function thresholdText(threshold: number, decisions: readonly (DecisionRange | null)[]): string {
  if (!Number.isFinite(threshold)) return formatThreshold(threshold);
  const { value, digits } = thresholdShown(threshold, decisions);
  // So near to 0 that no decimals do: as computers write it.
  return Number(value.toFixed(digits)) === value ? formatThreshold(value, digits) : String(value);
}

/** The number that `thresholdText` writes, and with how many decimals; for a field that shows it. */
export function thresholdShown(
  threshold: number,
  decisions: readonly (DecisionRange | null)[],
): ShownThreshold {
  const range = decisions.find((decision) => decision !== null && flagsSameRows(decision, threshold));
  return shownThreshold(threshold, range ?? nearby(threshold));
}

/** Stands in for a range that is not known: what rounds to the same six decimals. */
function nearby(threshold: number): DecisionRange {
  const half = 0.5 * 10 ** -MOST_DECIMAL_DIGITS;
  return { highestPassed: threshold - half, lowestFlagged: threshold + half };
}

/** What is known at this moment of an answer: the current decision, the pinned one, and each strategy's. */
export function knownDecisions(
  strategies: readonly StrategyResult[],
  ...others: readonly (DecisionRange | null)[]
): readonly (DecisionRange | null)[] {
  return [...others, ...strategies.map((strategy) => strategy.decision)];
}

/** Money in short with the currency's code, if there is one: "188 k EUR". */
export function moneyText(amount: number, currency: string): string {
  return withCurrency(formatMoney(amount), currency);
}

/** Money in full with the currency's code, if there is one: "188,240 EUR". */
export function moneyTextExact(amount: number, currency: string): string {
  return withCurrency(formatMoneyExact(amount), currency);
}

function withCurrency(text: string, currency: string): string {
  return currency === '' || text === notDefined ? text : text + noBreakSpace + currency;
}

/** "168 to 208 k": two texts that end in the same unit say it once. */
export function rangeText(low: string, high: string): string {
  const unit = unitOf(low);
  return `${unit === unitOf(high) ? withoutUnit(low) : low} to ${high}`;
}

/** "[168, 208]" beside "188 k": the ends leave out a unit that all three share. */
export function intervalBeside(value: string, ends: readonly string[]): string {
  const unit = unitOf(value);
  const shared = ends.every((end) => unitOf(end) === unit);
  return `[${ends.map((end) => (shared ? withoutUnit(end) : end)).join(', ')}]`;
}

/** What follows the first no-break space, the space included; '' without one. */
function unitOf(text: string): string {
  const start = text.indexOf(noBreakSpace);
  return start < 0 ? '' : text.slice(start);
}

function withoutUnit(text: string): string {
  return text.slice(0, text.length - unitOf(text).length);
}

/** An interval of a metric, in brackets: "[0.821, 0.866]"; empty when it is not defined. */
export function bracketText(interval: readonly [number, number]): string {
  if (interval.some(Number.isNaN)) return '';
  return `[${interval.map((end) => formatMetric(end)).join(', ')}]`;
}

/** A float64 near 1 has no more decimals than this. */
const MOST_RUN_DIGITS = 16;

/**
 * The two ends of a run of thresholds, rounded inward so that every shown threshold lies in it: low up, high down, at
 * the fewest decimals (at least 2) at which the run neither closes nor loses much, and still holds `within`.
 *
 * @param within a threshold of the run that is shown beside it
 */
export function inwardTexts(
  [low, high]: readonly [number, number],
  within: number,
): readonly [string, string] {
  for (let digits = 2; digits <= MOST_RUN_DIGITS; digits++) {
    const size = 10 ** digits;
    // 1e-9: a bound that is a decimal itself must not be pushed a step by its float representation.
    const up = Math.ceil(low * size - 1e-9) / size;
    const down = Math.floor(high * size + 1e-9) / size;
    const loss = up - low + (high - down);
    if (up <= within && within <= down && loss <= (high - low) / 4)
      return [formatThreshold(up, digits), formatThreshold(down, digits)];
  }
  return [formatThreshold(low, MOST_RUN_DIGITS), formatThreshold(high, MOST_RUN_DIGITS)];
}
