import { seededUniform } from '../seeded-uniform.ts';

/** Judged rows as a model would score them: seeded, so that every run measures the same input. */
export interface ScoredRows {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly amounts: Float64Array;
}

/**
 * Rows with well calibrated float64 scores skewed to the low end, 0/1 labels drawn from them, and whole amounts between 100 and
 * 5,099. `distinct` rounds scores to that many levels (ties as a tree model has them); 0 = all different, about.
 */
export function scoredRows(rowCount: number, seed: number, distinct = 0): ScoredRows {
  const next = seededUniform(seed);
  const scores = new Float64Array(rowCount);
  const labels = new Uint8Array(rowCount);
  const amounts = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    // Two 32-bit draws fill all 52 bits of the fraction: no digit of the sort is spared.
    const draw = next() + next() / 4294967296;
    const score = Math.min(draw * draw, 1 - 2 ** -53);
    scores[row] = distinct > 0 ? Math.round(score * distinct) / distinct : score;
    labels[row] = next() < score ? 1 : 0;
    amounts[row] = 100 + Math.floor(next() * 5000);
  }
  return { scores, labels, amounts };
}
