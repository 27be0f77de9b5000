import { betaQuantile } from './incomplete-beta.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** How the interval of a proportion is computed; Wilson unless another is asked for (DEFINITIONS C14). */
export const PROPORTION_METHODS = ['wilson', 'clopper-pearson', 'jeffreys'] as const;

export type ProportionMethod = (typeof PROPORTION_METHODS)[number];

/**
 * 95 % interval of a proportion.
 *
 *     clopper-pearson   Beta quantiles: 2.5 % of Beta(s, n - s + 1), 97.5 % of Beta(s + 1, n - s); never below 95 % coverage
 *     jeffreys          2.5 % and 97.5 % of Beta(s + 1/2, n - s + 1/2)
 *
 * @param successes s, 0 ≤ s ≤ n
 * @param n count of trials
 * @returns [low, high] within [0, 1]; [NaN, NaN] when n is 0
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404-413; L. D. Brown, T. T. Cai, A. DasGupta, "Interval
 * estimation for a binomial proportion", Statistical Science 16 (2001), 101-133; checked against statsmodels 0.13.5
 * proportion_confint(method="beta" and "jeffreys"), which does not widen Jeffreys to 0 or 1 either.
 */
export function proportionInterval(
  successes: number,
  n: number,
  method: ProportionMethod,
): readonly [number, number] {
  if (!(n > 0)) return [Number.NaN, Number.NaN];
  const failures = n - successes;
  switch (method) {
    case 'wilson':
      return wilsonInterval(successes, n);
    case 'clopper-pearson':
      return [
        successes === 0 ? 0 : betaQuantile(0.025, successes, failures + 1),
        failures === 0 ? 1 : betaQuantile(0.975, successes + 1, failures),
      ];
    case 'jeffreys':
      return [
        betaQuantile(0.025, successes + 0.5, failures + 0.5),
        betaQuantile(0.975, successes + 0.5, failures + 0.5),
      ];
  }
}
