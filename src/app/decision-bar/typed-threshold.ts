import { formatValue } from '../../design/format.ts';
import { axisDigits } from '../../features/thresholds/dragged-threshold.ts';

/** What becomes of a typed threshold: it is taken over, or refused with what the page says of it. */
export type TypedThreshold = { readonly threshold: number } | { readonly refusal: string };

/**
 * A typed threshold, taken when it lies on the score axis. One outside is refused rather than moved to the nearest end:
 * a slip of the hand must not flag everyone. An end typed as the page writes it, rounded, is the end itself.
 *
 * @param typed a number; not NaN
 * @param axis lowest and highest threshold
 */
export function typedThreshold(typed: number, [low, high]: readonly [number, number]): TypedThreshold {
  if (typed >= low && typed <= high) return { threshold: typed };
  const nearest = typed < low ? low : high;
  const write = (score: number) => formatValue(Number(score.toFixed(axisDigits([low, high]))));
  if (write(typed) === write(nearest)) return { threshold: nearest };
  return {
    refusal:
      low === high ? `Every score is ${write(low)}` : `Scores lie between ${write(low)} and ${write(high)}`,
  };
}
