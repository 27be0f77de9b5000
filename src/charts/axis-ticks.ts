import type { Domain } from './plot-frame.ts';

export interface AxisTicks {
  /** Ends of the axis, holding the data. */
  readonly domain: Domain;
  /** Ascending, within the domain. */
  readonly ticks: readonly number[];
  readonly step: number;
}

const steps = [1, 2, 2.5, 5, 10];

/**
 * Round ticks that hold [low, high], the domain from the first to the last: the step is 1, 2, 2.5 or 5 times a power of
 * ten, the smallest one of which [low, high] is at most `most` long. A domain without width is widened by half its size
 * (by 1 at zero). NaN or infinite bounds give [0, 1].
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
    if ((high - low) / step <= most + 1e-9) break;
  }
  // A billionth of a step forgives the rounding of low / step.
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let k = first; k <= last; k += 1) ticks.push(cleanMultiple(k, step));
  return { domain: [ticks[0]!, ticks[ticks.length - 1]!], ticks, step };
}

/** An end of the axis may lie this share of a step beyond the data; further out it is space that says nothing. */
const mostSlack = 0.4;

/**
 * As {@link niceTicks}, but an end goes to the next tick only when the data nearly reach it; otherwise the axis ends a
 * little (3 % of the data's extent) beyond the data, between two ticks. For axes whose ends are data, not limits.
 */
export function fitTicks(low: number, high: number, most = 5): AxisTicks {
  const nice = niceTicks(low, high, most);
  if (!(low < high)) return nice;
  const margin = 0.03 * (high - low);
  const [first, last] = nice.domain;
  const start = low - first > mostSlack * nice.step ? low - margin : first;
  const end = last - high > mostSlack * nice.step ? high + margin : last;
  return { ...nice, domain: [start, end], ticks: nice.ticks.filter((tick) => tick >= start && tick <= end) };
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
  /** The tick in that unit, with the decimals that the step of the drawn axis needs (its own step without one). */
  readonly formatTick: (amount: number, drawn?: AxisTicks) => string;
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
  return {
    unit,
    formatTick: (amount, drawn = axis) => {
      if (amount === 0) return '0';
      const digits = stepDecimals(drawn.step / scale);
      const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      return new Intl.NumberFormat(locale, form).format(amount / scale).replace('-', '\u2212');
    },
  };
}
