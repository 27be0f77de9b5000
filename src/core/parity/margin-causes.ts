/** Causes that move all margins alike: a shift (base score), a factor (averaging, sigmoid), or both. */
import type { Sliced } from '../sliced.ts';
import { type CauseSample, type Fit, fitOf, hasConstantSide, isReproduced } from './cause-sample.ts';
import { betterWay, causeOf, type Direction, type Finding } from './cause-search.ts';
import type { LikelyCause } from './form-comparison.ts';
import { type Line, type LineBetween, lineWords } from './margin-line-words.ts';
import { type MarginScale, scaleOf, scoreMargins } from './margin-scale.ts';

/** A line through fewer rows would fit by chance. */
const FEWEST_ROWS = 8;

/** What estimating a constant from rounded scores adds to the error of the scores it predicts, as a multiple. */
const ESTIMATE_SLACK = 4;

interface FoundLine extends LineBetween {
  readonly margins: Float64Array;
}

type LineThrough = (x: Float64Array, y: Float64Array) => Line;

/** A constant difference of the margins, or else a constant ratio. */
export function* searchMargins(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  return yield* searchLines(sample, [shiftThrough, factorThrough]);
}

/** A constant ratio and a constant difference at once. */
export function* searchMarginLines(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  return yield* searchLines(sample, [lineThrough]);
}

function* searchLines(
  sample: CauseSample,
  kinds: readonly LineThrough[],
): Sliced<readonly LikelyCause[] | null> {
  const scale = scaleOf(sample);
  if (scale === null || hasConstantSide(sample)) return null;
  for (const kind of kinds) {
    const causes = yield* betterWay(sample, (way) => findingOf(sample, scale, way, kind));
    if (causes !== null) return causes;
  }
  return null;
}

/** The line from one form to the other, where it reproduces the scores. */
function* findingOf(
  sample: CauseSample,
  scale: MarginScale,
  way: Direction,
  kind: LineThrough,
): Sliced<Finding | null> {
  const margins = yield* scoreMargins(way.own, scale);
  const targets = way.other.scores.map(scale.toMargin);
  const usable = [...targets.keys()].filter(
    (i) => scale.isReliable(targets[i]!) && Number.isFinite(margins[i]!),
  );
  if (usable.length < FEWEST_ROWS) return null;
  const line = kind(
    Float64Array.from(usable, (i) => margins[i]!),
    Float64Array.from(usable, (i) => targets[i]!),
  );
  const fit = fitOfLine(sample, scale, { ...way, margins, line });
  if (!isReproduced(fit)) return null;
  const causes = causesOf(sample, scale, { ...way, margins, line }, fit);
  return causes === null ? null : { fit, causes };
}

function fitOfLine(
  { isDiffering, tolerance }: CauseSample,
  scale: MarginScale,
  { margins, other, line: { factor, shift } }: FoundLine,
): Fit {
  const corrected = margins.map((margin) => scale.toScore(factor * margin + shift));
  return fitOf(corrected, other.scores, isDiffering, ESTIMATE_SLACK * tolerance);
}

function shiftThrough(x: Float64Array, y: Float64Array): Line {
  // The median: scores near 0 and 1 tell their margins less exactly than the others.
  const differences = y.map((value, i) => value - x[i]!).sort();
  return { factor: 1, shift: differences[differences.length >> 1]! };
}

function factorThrough(x: Float64Array, y: Float64Array): Line {
  let xy = 0;
  let xx = 0;
  for (let i = 0; i < x.length; i++) {
    xy += x[i]! * y[i]!;
    xx += x[i]! * x[i]!;
  }
  return { factor: xy / xx, shift: 0 };
}

function lineThrough(x: Float64Array, y: Float64Array): Line {
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  const { factor } = factorThrough(
    x.map((value) => value - meanX),
    y.map((value) => value - meanY),
  );
  return { factor, shift: meanY - factor * meanX };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A line that is a shift or a factor is one cause; else two, the shift first: it acts before a factor does. */
function causesOf(sample: CauseSample, scale: MarginScale, found: FoundLine, fit: Fit): LikelyCause[] | null {
  const { line } = found;
  const [factor, shift] = lineWords(found, scale);
  if (line.factor === 1) return [causeOf(shift, fit)];
  if (factor === null) return null;
  if (line.shift === 0) return [causeOf(factor, fit)];
  const shiftOnly = fitOfLine(sample, scale, { ...found, line: { factor: 1, shift: line.shift } });
  return [causeOf(shift, shiftOnly), causeOf(factor, fit)];
}
