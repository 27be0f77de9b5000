import { inSlices, type Sliced, stage } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { CascadeDesign } from './cascade.ts';
import type { CascadeRows, RowValues } from './cascade-rows.ts';

/** Cut-offs of the fast scores that are tried, at even steps of flagged rows: 40 give 820 bands. */
const FAST_CUT_OFFS = 40;
/** Thresholds of the accurate scores that are tried inside every band. */
const ACCURATE_THRESHOLDS = 1000;

/** What the search needs of each model: its ranked scores and its own best threshold, which is always among those tried. */
export interface SearchedModel {
  readonly ranked: RankedScores;
  /** Infinity when flagging nobody is best. */
  readonly best: number;
}

export interface FoundCascade {
  readonly design: Pick<CascadeDesign, 'low' | 'high' | 'accurateThreshold'>;
  readonly tried: number;
}

/**
 * The best band and accurate threshold on a grid: every pair of up to 42 cut-offs of the fast score (quantiles, the lowest
 * score, its own best threshold, none) with up to 1,002 thresholds of the accurate score inside it (all distinct ones when
 * there are fewer). Greatest net value less the cost of scoring; without values greatest F1. Ties go to fewer rows handed on.
 *
 * Rows are counted once into cells (fast cut-off x accurate threshold); a band is a sum of neighbouring rows of cells.
 * O(n + 42² · 1,002). Yields progress.
 *
 * @param values null = no scenario
 * @param accurateCost of scoring one row that is handed on, in the sample's money
 */
export function* searchCascadeSliced(
  rows: CascadeRows,
  values: RowValues | null,
  accurateCost: number,
  fast: SearchedModel,
  accurate: SearchedModel,
): Sliced<FoundCascade> {
  const cuts = candidates(fast, FAST_CUT_OFFS).reverse();
  const thresholds = candidates(accurate, ACCURATE_THRESHOLDS);
  const total = rows.labels.length;
  const grid = yield* stage(countCells(rows, values, cuts, thresholds), 0, 0.5 * total, total);
  const positives = fast.ranked.positives;
  let best = nothingFound;
  for (let low = 0; low < cuts.length; low++) {
    best = better(best, bestFrom(grid, low, accurateCost, values === null ? positives : null));
    yield { done: Math.floor(total * (0.5 + (0.5 * (low + 1)) / cuts.length)), total };
  }
  return {
    design: {
      low: cuts[best.low]!,
      high: cuts[best.high]!,
      // An empty band asks the accurate model nothing: its own threshold stands there.
      accurateThreshold: best.handedOn === 0 ? accurate.best : thresholds[best.threshold]!,
    },
    tried: ((cuts.length * (cuts.length + 1)) / 2) * thresholds.length,
  };
}

/** Falling, each once: Infinity (nobody), the model's own best, the lowest score, and scores at even steps of flagged rows. */
function candidates({ ranked, best }: SearchedModel, most: number): number[] {
  const { threshold, tp, fp } = ranked;
  const found = new Set([Number.POSITIVE_INFINITY, best]);
  const scored = threshold.length === 0 ? 0 : tp.at(-1)! + fp.at(-1)!;
  let next = 1;
  for (let i = 0; i < threshold.length; i++) {
    const isStep = threshold.length <= most || (tp[i]! + fp[i]!) * most >= next * scored;
    if (!isStep) continue;
    found.add(threshold[i]!);
    next = Math.floor(((tp[i]! + fp[i]!) * most) / scored) + 1;
  }
  return [...found].sort((a, b) => b - a);
}

/** Gain of flagging and counts by outcome, for each fast cut-off (rising) x accurate threshold (falling, one past the last: never). */
interface Grid {
  readonly cuts: number;
  readonly columns: number;
  readonly gain: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function* countCells(
  { fast, accurate, labels }: CascadeRows,
  values: RowValues | null,
  cuts: readonly number[],
  thresholds: readonly number[],
): Sliced<Grid> {
  const columns = thresholds.length + 1;
  const cells = () => new Float64Array(cuts.length * columns);
  const grid = { cuts: cuts.length, columns, gain: cells(), positives: cells(), negatives: cells() };
  yield* inSlices(labels.length, (start, end) => {
    for (let row = start; row < end; row++) {
      // A row without a fast score is passed by every cascade.
      if (Number.isNaN(fast[row]!)) continue;
      const cell = lastAtMost(cuts, fast[row]!) * columns + firstAtMost(thresholds, accurate[row]!);
      if (values !== null) grid.gain[cell]! += values.flag[row]! - values.pass[row]!;
      if (labels[row] === 1) grid.positives[cell]! += 1;
      else grid.negatives[cell]! += 1;
    }
  });
  return grid;
}

/** Index of the greatest of rising cut-offs that is at most the score; the lowest cut-off is the lowest score. */
function lastAtMost(rising: readonly number[], score: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (rising[middle]! <= score) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the first of falling thresholds that flags the score; one past the last when none does (NaN). */
function firstAtMost(falling: readonly number[], score: number): number {
  let low = 0;
  let high = falling.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (score >= falling[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Found {
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
  readonly value: number;
  readonly handedOn: number;
}

const nothingFound: Found = {
  low: 0,
  high: 0,
  threshold: 0,
  value: Number.NEGATIVE_INFINITY,
  handedOn: Number.POSITIVE_INFINITY,
};

/** Sums of money that differ by less than this share are one value. */
const TIE = 1e-12;

function better(first: Found, second: Found): Found {
  if (first === nothingFound) return second;
  const margin = TIE * Math.max(Math.abs(first.value), Math.abs(second.value), Number.MIN_VALUE);
  if (second.value > first.value + margin) return second;
  const isTie = second.value >= first.value - margin;
  return isTie && second.handedOn < first.handedOn ? second : first;
}

interface Tally {
  gain: number;
  positives: number;
  negatives: number;
}

/**
 * The best band that begins at one cut-off: it grows by one cut-off at a time, and what lies above it is flagged.
 * @param allPositives null = by net value, else by F1
 */
function bestFrom(grid: Grid, low: number, accurateCost: number, allPositives: number | null): Found {
  const { columns, cuts } = grid;
  const inside = {
    gain: new Float64Array(columns),
    positives: new Float64Array(columns),
    negatives: new Float64Array(columns),
  };
  const above: Tally = { gain: 0, positives: 0, negatives: 0 };
  for (let cut = low; cut < cuts; cut++) addRow(grid, cut, above, 1);
  const worthOf = ({ gain, positives, negatives }: Tally, handedOn: number) =>
    allPositives === null
      ? gain - accurateCost * handedOn
      : (2 * positives) / (positives + negatives + allPositives);
  let handedOn = 0;
  let best = nothingFound;
  for (let high = low; high < cuts; high++) {
    const flagged = { ...above };
    for (let threshold = 0; threshold + 1 < columns; threshold++) {
      flagged.gain += inside.gain[threshold]!;
      flagged.positives += inside.positives[threshold]!;
      flagged.negatives += inside.negatives[threshold]!;
      best = better(best, { low, high, threshold, value: worthOf(flagged, handedOn), handedOn });
      if (handedOn === 0) break;
    }
    handedOn += moveRow(grid, high, inside);
    addRow(grid, high, above, -1);
  }
  return best;
}

function addRow(grid: Grid, cut: number, tally: Tally, sign: 1 | -1): void {
  for (let cell = cut * grid.columns; cell < (cut + 1) * grid.columns; cell++) {
    tally.gain += sign * grid.gain[cell]!;
    tally.positives += sign * grid.positives[cell]!;
    tally.negatives += sign * grid.negatives[cell]!;
  }
}

/** Takes the rows between a cut-off and the next into the band. @returns how many there are */
function moveRow(
  grid: Grid,
  cut: number,
  inside: Readonly<Record<'gain' | 'positives' | 'negatives', Float64Array>>,
): number {
  let rows = 0;
  for (let column = 0; column < grid.columns; column++) {
    const cell = cut * grid.columns + column;
    inside.gain[column]! += grid.gain[cell]!;
    inside.positives[column]! += grid.positives[cell]!;
    inside.negatives[column]! += grid.negatives[cell]!;
    rows += grid.positives[cell]! + grid.negatives[cell]!;
  }
  return rows;
}
