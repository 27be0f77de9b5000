import type { TreeEnsemble } from './tree-ensemble.ts';

/**
 * What the model returns for the margins of some rows: divided by `averageOver`, then through the link; with one output
 * and two classes as [1 - p, p].
 *
 * float32 ensembles take the steps that their own library takes, each rounded to float32, so that equal margins give
 * equal scores: ONNX Runtime's logistic is 1 / (1 + exp(-|m|)), mirrored for m < 0; XGBoost's is 1 / (1 + exp(-m)),
 * and its softmax adds up in float64.
 *
 * @param margins  rowCount x outputCount, row by row
 * @returns rowCount x max(outputCount, classCount) values, row by row. A NaN margin gives NaN.
 * Sources: ONNX Runtime 1.20 `ml_common.h` (ComputeLogistic, ComputeSoftmax), XGBoost 1.7 `math.h`, LightGBM 4.6
 * `binary_objective.hpp` (ConvertOutput).
 */
export function applyLink(ensemble: TreeEnsemble, margins: Float64Array): Float64Array {
  const { outputCount, classCount, averageOver } = ensemble;
  const rowCount = margins.length / outputCount;
  const link = linkOf(ensemble);
  const isComplemented = outputCount === 1 && classCount === 2;
  const round = ensemble.sums === 'float64' ? (x: number) => x : Math.fround;
  const width = isComplemented ? 2 : outputCount;
  const out = new Float64Array(rowCount * width);
  const row = new Float64Array(outputCount);
  for (let i = 0; i < rowCount; i++) {
    for (let k = 0; k < outputCount; k++) row[k] = round(margins[i * outputCount + k]! / averageOver);
    link(row);
    if (isComplemented) {
      out[2 * i] = round(1 - row[0]!);
      out[2 * i + 1] = row[0]!;
    } else out.set(row, i * width);
  }
  return out;
}

/** Changes the margins of one row into what the model returns, in place. */
function linkOf({ link, sums }: TreeEnsemble): (row: Float64Array) => void {
  const round = sums === 'float64' ? (x: number) => x : Math.fround;
  switch (link.kind) {
    case 'identity':
      return () => undefined;
    case 'logistic':
      return eachOf(logisticOf(sums, link.slope));
    case 'softmax':
      return (row) => softmax(row, round, sums === 'float32' ? Math.fround : (x) => x);
    case 'exponential':
      return eachOf((margin) => round(Math.exp(margin)));
    case 'signed-square':
      return eachOf((margin) => round(Math.sign(margin) * margin * margin));
  }
}

function eachOf(transform: (margin: number) => number): (row: Float64Array) => void {
  return (row) => {
    for (let k = 0; k < row.length; k++) row[k] = transform(row[k]!);
  };
}

function logisticOf(sums: TreeEnsemble['sums'], slope: number): (margin: number) => number {
  if (sums === 'float64') return (margin) => 1 / (1 + Math.exp(-slope * margin));
  const { fround } = Math;
  if (sums === 'float32-from-base') {
    return (margin) => fround(1 / fround(1 + fround(Math.exp(-fround(slope * margin)))));
  }
  return (margin) => {
    const scaled = fround(slope * margin);
    const upper = fround(1 / fround(1 + fround(Math.exp(-Math.abs(scaled)))));
    return scaled < 0 ? fround(1 - upper) : upper;
  };
}

/** ONNX Runtime adds up in float32, XGBoost in float64 before it divides in float32. */
function softmax(row: Float64Array, round: (x: number) => number, roundTotal: (x: number) => number): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const margin of row) if (margin > max || Number.isNaN(margin)) max = margin;
  let total = 0;
  for (let k = 0; k < row.length; k++) {
    row[k] = round(Math.exp(round(row[k]! - max)));
    total = roundTotal(total + row[k]!);
  }
  total = round(total);
  for (let k = 0; k < row.length; k++) row[k] = round(row[k]! / total);
}
