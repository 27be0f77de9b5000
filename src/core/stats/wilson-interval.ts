/** 97.5 % quantile of the standard normal law: two-sided 95 % intervals ("z = 1.96"). */
export const Z_95 = 1.959963984540054;

/**
 * Wilson score interval of a proportion, 95 % (DEFINITIONS C14).
 *
 *     (p + z²/2n ± z·sqrt(p(1 − p)/n + z²/4n²)) / (1 + z²/n)      p = successes / n, z = 1.959964
 *
 * @param successes count of successes, 0 ≤ successes ≤ n
 * @param n count of trials
 * @returns [low, high] within [0, 1]; exactly 0 (1) at no (only) successes; [NaN, NaN] when n is 0
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212;
 * checked against statsmodels 0.13.5 proportion_confint(method="wilson").
 */
export function wilsonInterval(successes: number, n: number): readonly [number, number] {
  if (!(n > 0)) return [Number.NaN, Number.NaN];
  const share = successes / n;
  const z2 = Z_95 * Z_95;
  const center = share + z2 / (2 * n);
  const half = Z_95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  const low = successes === 0 ? 0 : Math.max(0, (center - half) / scale);
  const high = successes === n ? 1 : Math.min(1, (center + half) / scale);
  return [low, high];
}
