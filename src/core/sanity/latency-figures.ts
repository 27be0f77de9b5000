import type { LatencyFigures } from './model-check.ts';

/**
 * Percentiles of run times by nearest rank: the smallest time that at least the share of all runs does not exceed.
 *
 *     p = t_(ceil(share x n))      t sorted ascending, from 1
 *
 * @param milliseconds one per timing; need not be sorted
 * @param runs runs behind them: more than timings when one timing covers several
 * @returns NaN percentiles without timings
 */
export function latencyFigures(milliseconds: readonly number[], runs: number): LatencyFigures {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), runs };
}
