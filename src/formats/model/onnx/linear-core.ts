import type { LinearModel } from '../../../core/model/decoded-core.ts';
import type { OnnxNode } from './onnx-types.ts';
import { attributeOf, intAttribute, operatorOf } from './tensor-values.ts';

/** Wider than any tabular model; bounds memory on made-up counts. */
const MAX_OUTPUTS = 10_000;

/**
 * The linear model of a LinearClassifier or LinearRegressor node, as ONNX Runtime computes it.
 *
 * A classifier of one row of coefficients and two labels returns [1 - p, p]. With one output, ONNX Runtime leaves SOFTMAX
 * out, and a regressor LOGISTIC too.
 *
 * @param featureCount columns of the node's input
 * @returns null when the lists do not fit one another, and for transforms that no link stands for
 */
export function linearCore(node: OnnxNode, featureCount: number): LinearModel | null {
  const isClassifier = operatorOf(node) === 'LinearClassifier';
  const coefficients = attributeOf(node, 'coefficients')?.floats ?? new Float32Array(0);
  const stated = attributeOf(node, 'intercepts')?.floats ?? new Float32Array(0);
  const outputCount = isClassifier ? stated.length : intAttribute(node, 'targets', 1);
  if (!(outputCount >= 1 && outputCount <= MAX_OUTPUTS)) return null;
  if (coefficients.length !== outputCount * featureCount) return null;
  if (stated.length !== outputCount && (isClassifier || stated.length !== 0)) return null;
  const link = linkOf(attributeOf(node, 'post_transform')?.string ?? 'NONE', outputCount, isClassifier);
  const labels = isClassifier ? labelCount(node) : 0;
  if (link === null || (isClassifier && labels !== Math.max(2, outputCount))) return null;
  return {
    featureCount,
    outputCount,
    coefficients: Float64Array.from(coefficients),
    intercepts: stated.length === 0 ? new Float64Array(outputCount) : Float64Array.from(stated),
    link,
    classCount: labels,
  };
}

function linkOf(transform: string, outputCount: number, isClassifier: boolean): LinearModel['link'] | null {
  if (transform === 'NONE' || (outputCount === 1 && !isClassifier)) return 'identity';
  if (transform === 'LOGISTIC') return 'logistic';
  return transform === 'SOFTMAX' && outputCount > 1 ? 'softmax' : null;
}

function labelCount(node: OnnxNode): number {
  const ints = attributeOf(node, 'classlabels_ints')?.ints.length ?? 0;
  return Math.max(ints, attributeOf(node, 'classlabels_strings')?.strings.length ?? 0);
}
