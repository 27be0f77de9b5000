/** The rows on which causes are looked for, and how well putting a cause right makes them equal. */
import { inSlices, type Sliced } from '../sliced.ts';
import { Random } from '../stats/random.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { ComparedScores } from './compared-form.ts';

/** Enough to tell causes apart and to fit a weight per tree; few enough to try dozens of variants in a second. */
const MOST_ROWS = 4096;

/** Rows that do not differ must stay equal when a cause is put right, so a quarter of the sample is theirs. */
const MOST_DIFFERING = 3072;

/** Any fixed number: the same scores give the same sample. */
const SEED = 4;

/** Rows at the edge of the tolerance, or of a float32 step, may fall outside although the cause is right. */
const REPRODUCED_SHARE = 0.99;

/** The trees of a form, proven to give its scores on the sample. */
export interface SampledTrees {
  readonly ensemble: TreeEnsemble;
  readonly featureNames: readonly string[];
  readonly block: FeatureBlock;
  /** Which of the values that the link returns per row is the score. */
  readonly column: number;
}

export interface SampledForm {
  readonly name: string;
  readonly precision: ComparedScores['precision'];
  /** One per row of the sample, never NaN. */
  readonly scores: Float64Array;
  readonly trees: SampledTrees | null;
}

export interface CauseSample {
  readonly left: SampledForm;
  readonly right: SampledForm;
  /** Per row of the sample: 1 when the scores differ by more than the tolerance. */
  readonly isDiffering: Uint8Array;
  readonly tolerance: number;
}

/** What is left of the difference once a cause is put right on one side. */
export interface Fit {
  /** Largest |difference| over the sample. */
  readonly residual: number;
  /** Share of the differing rows that are equal now. */
  readonly explained: number;
  /** Share of the equal rows that differ now; 0 when there are none. */
  readonly broken: number;
}

/**
 * Up to 4,096 rows with both scores: of the differing ones up to 3,072 and of the others the rest, each evenly spread
 * over the table, in a random order that is the same every time (so that the first few are a sample too).
 *
 * @param counts `rows` with both scores, `differing` among them
 * O(rows).
 */
export function* sampleRows(
  left: Float64Array,
  right: Float64Array,
  counts: { readonly rows: number; readonly differing: number; readonly tolerance: number },
): Sliced<Uint32Array> {
  const { rows, differing, tolerance } = counts;
  const equal = rows - differing;
  const differingQuota = Math.min(differing, Math.max(MOST_DIFFERING, MOST_ROWS - equal));
  const quotas = [Math.min(equal, MOST_ROWS - differingQuota), differingQuota] as const;
  const total = [equal, differing] as const;
  const seen = [0, 0];
  const chosen: number[] = [];
  yield* inSlices(left.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const a = left[row]!;
      const b = right[row]!;
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      const kind = differs(a, b, tolerance) ? 1 : 0;
      const before = seen[kind]!;
      seen[kind] = before + 1;
      const after = Math.floor(((before + 1) * quotas[kind]) / total[kind]);
      if (after > Math.floor((before * quotas[kind]) / total[kind])) chosen.push(row);
    }
  });
  shuffle(chosen);
  return Uint32Array.from(chosen);
}

function shuffle(values: number[]): void {
  const random = new Random(SEED);
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}

/** Whether two scores differ by more than the tolerance; NaN differs from everything. */
export function differs(a: number, b: number, tolerance: number): boolean {
  return a !== b && !(Math.abs(a - b) <= tolerance);
}

/**
 * How far scores that were put right are from those that they should equal.
 *
 * @param corrected of the first `corrected.length` rows of the sample; NaN counts as differing
 * @returns `explained` is NaN when none of these rows differed
 */
export function fitOf(
  corrected: Float64Array,
  target: Float64Array,
  isDiffering: Uint8Array,
  tolerance: number,
): Fit {
  let residual = 0;
  const counts = [0, 0];
  const apart = [0, 0];
  for (let i = 0; i < corrected.length; i++) {
    const kind = isDiffering[i]!;
    counts[kind]! += 1;
    const a = corrected[i]!;
    const b = target[i]!;
    if (a !== b) residual = Math.max(residual, Number.isNaN(a) ? Number.POSITIVE_INFINITY : Math.abs(a - b));
    if (differs(a, b, tolerance)) apart[kind]! += 1;
  }
  const broken = counts[0] === 0 ? 0 : apart[0]! / counts[0]!;
  return { residual, explained: 1 - apart[1]! / counts[1]!, broken };
}

/** A fit may be off by four tolerances either way, so scores that spread no further than this many fit anything. */
const CONSTANT_SPREAD = 10;

/** Whether the scores of one form are all the same, as far as the tolerance tells: then anything can be fitted to them. */
export function hasConstantSide({ left, right, tolerance }: CauseSample): boolean {
  return [left, right].some(({ scores }) => {
    const first = scores[0] ?? 0;
    return scores.every((score) => !differs(score, first, CONSTANT_SPREAD * tolerance));
  });
}

/** Whether putting the cause right makes (nearly) all rows equal, those that were equal included. */
export function isReproduced(fit: Fit): boolean {
  return fit.explained >= REPRODUCED_SHARE && fit.broken <= 1 - REPRODUCED_SHARE;
}
