import type { Domain } from './plot-frame.ts';

export interface AxisTicks {
  /** The axis from its first to its last tick, holding the data. */
  readonly domain: Domain;
  /** Ascending, at least two. */
  readonly ticks: readonly number[];
  readonly step: number;
}

const steps = [1, 2, 2.5, 5, 10];

/**
 * Round ticks that hold [low, high]: the step is 1, 2, 2.5 or 5 times a power of ten, the smallest one that
 * needs at most `most` intervals. A domain without width is widened by half its size (by 1 at zero).
 * NaN or infinite bounds give [0, 1].
 */
export function niceTicks(low: number, high: number, most = 5): AxisTicks {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return niceTicks(0, 1, most);
  if (low === high) {
    const half = Math.abs(low) / 2 || 1;
    return niceTicks(low - half, high + half, most);
  }
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = power;
  for (const factor of steps) {
    step = factor * power;
    // A billionth of a step forgives the rounding of low / step.
    const intervals = Math.ceil(high / step - 1e-9) - Math.floor(low / step + 1e-9);
    if (intervals <= most) break;
  }
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let k = first; k <= last; k += 1) ticks.push(cleanMultiple(k, step));
  return { domain: [ticks[0]!, ticks[ticks.length - 1]!], ticks, step };
}

/** k * step without the tail of binary rounding (3 * 0.1 = 0.3), and never -0. */
function cleanMultiple(k: number, step: number): number {
  return k === 0 ? 0 : Number((k * step).toPrecision(12));
}

/** Decimals that write a step exactly: 0.25 needs 2, 20 needs 0. */
export function stepDecimals(step: number): number {
  for (let digits = 0; digits < 12; digits += 1) {
    if (Math.abs(Number(step.toFixed(digits)) - step) < step * 1e-9) return digits;
  }
  return 12;
}

export interface MoneyAxis {
  /** "", "k", "M", "B" or "T": belongs into the y title ("M a year"), once. */
  readonly unit: string;
  /** The tick in that unit. */
  readonly formatTick: (amount: number) => string;
}

const moneyScales = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** One unit for all ticks of a money axis, from its largest end; zero is plain 0. */
export function moneyAxis(axis: AxisTicks, locale?: string): MoneyAxis {
  const size = Math.max(Math.abs(axis.domain[0]), Math.abs(axis.domain[1]));
  const [scale, unit] = moneyScales.find(([least]) => size >= least) ?? [1, ''];
  const digits = stepDecimals(axis.step / scale);
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return {
    unit,
    formatTick: (amount) => (amount === 0 ? '0' : format.format(amount / scale).replace('-', '\u2212')),
  };
}
