import type { StrategyResult } from './decision.ts';

/**
 * The threshold that stands while the user has chosen none: the one of greatest net value, else (no scenario, or
 * flagging nobody is best) the one of greatest F1.
 *
 * @param strategies the strategies as answered for the current scenario
 * @returns an observed score; NaN when neither rule has a threshold (no positives, or nothing scored)
 * Source: DESIGN "Every page opens with its answer"; decisions/0002.
 */
export function defaultThreshold(strategies: readonly StrategyResult[]): number {
  for (const rule of ['maxNet', 'maxF1'] as const) {
    const found = strategies.find((strategy) => strategy.rule === rule)?.decision;
    if (found) return found.threshold;
  }
  return Number.NaN;
}
