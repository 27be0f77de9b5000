/** How far scores are moved inside (0, 1) before their log-odds are taken: as for log loss (DEFINITIONS). */
const CLIP = 1e-15;

/** ln(p / (1 - p)) of a probability clipped to [1e-15, 1 - 1e-15]; NaN stays NaN. Never falls as p rises. */
export function logOdds(probability: number): number {
  const clipped = Math.min(Math.max(probability, CLIP), 1 - CLIP);
  return Math.log(clipped) - Math.log1p(-clipped);
}

/** 1 / (1 + exp(-x)) without overflow: 0..1, NaN stays NaN. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const odds = Math.exp(x);
  return odds / (1 + odds);
}
