import type { Link, TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { assembleTrees } from './assemble-trees.ts';
import { classScores, linkOfTransform } from './classifier-scores.ts';
import type { LinkedTrees } from './linked-trees.ts';
import type { OnnxNode } from './onnx-types.ts';
import { scoredOutputs } from './scored-outputs.ts';
import { attributeOf, intAttribute, operatorOf } from './tensor-values.ts';
import { floatsOf, treesOfNode } from './tree-attributes.ts';
import { treesOfTreeEnsemble } from './tree-ensemble-operator.ts';

const FLOAT64 = 11;

/** What a tree operator's scores are made of, besides the trees. */
interface Scoring {
  readonly outputCount: number;
  readonly outputShift: number;
  readonly classCount: number;
  readonly baseValues: Float64Array;
  readonly link: Link;
  readonly isAveraged: boolean;
}

/**
 * The ensemble of a TreeEnsembleClassifier, TreeEnsembleRegressor or TreeEnsemble node, as ONNX Runtime computes it.
 *
 * @param featureCount columns of the node's input; null when the file does not say: then as many as its nodes name
 * @param elementType  of the node's input: float32, or float64, in which case nothing is rounded
 * @returns null for what no ensemble says exactly (MIN, MAX, PROBIT, SOFTMAX_ZERO; quirks, see `classScores`), and for
 *   nodes that ONNX Runtime may refuse
 */
export function treeCore(
  node: OnnxNode,
  featureCount: number | null,
  elementType: number,
): TreeEnsemble | null {
  const operator = operatorOf(node);
  const prefix = operator === 'TreeEnsembleClassifier' ? 'class' : 'target';
  const trees = operator === 'TreeEnsemble' ? treesOfTreeEnsemble(node) : treesOfNode(node, prefix);
  if (trees === null) return null;
  // ONNX Runtime refuses tensors of another type than the input; lists of floats go with both.
  if (trees.tensorType !== null && trees.tensorType !== elementType) return null;
  const scoring = scoringOf(node, trees);
  if (scoring === null) return null;
  const shifted = { ...trees, weightOutputs: shift(trees.weightOutputs, scoring.outputShift) };
  const width = featureCount ?? trees.features.reduce((most, feature) => Math.max(most, feature + 1), 0);
  const assembled = assembleTrees(shifted, width, scoring.outputCount);
  if (assembled === null) return null;
  const averageOver = scoring.isAveraged ? trees.roots.length : 1;
  return {
    ...assembled,
    classCount: scoring.classCount,
    comparison: elementType === FLOAT64 ? 'float64' : 'float32',
    sums: elementType === FLOAT64 ? 'float64' : 'float32',
    treeWeights: null,
    linearLeaves: null,
    covers: null,
    gains: null,
    // ONNX Runtime averages the trees alone and adds the base value to that.
    baseValues: scoring.baseValues.map((value) => value * averageOver),
    averageOver,
    link: scoring.link,
  };
}

function shift(outputs: Int32Array, by: number): Int32Array {
  return by === 0 ? outputs : outputs.map((output) => output + by);
}

function scoringOf(node: OnnxNode, trees: LinkedTrees): Scoring | null {
  switch (operatorOf(node)) {
    case 'TreeEnsembleClassifier': {
      const scores = classScores(node, trees);
      return scores === null ? null : { ...scores, isAveraged: false };
    }
    case 'TreeEnsembleRegressor': {
      const aggregate = attributeOf(node, 'aggregate_function')?.string ?? 'SUM';
      const transform = attributeOf(node, 'post_transform')?.string ?? 'NONE';
      return regression(node, trees, aggregate, transform);
    }
    default: {
      const aggregate = ['AVERAGE', 'SUM', 'MIN', 'MAX'][intAttribute(node, 'aggregate_function', 1)] ?? '';
      const transforms = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];
      return regression(
        node,
        trees,
        aggregate,
        transforms[intAttribute(node, 'post_transform', 0)] ?? 'PROBIT',
      );
    }
  }
}

function regression(
  node: OnnxNode,
  trees: LinkedTrees,
  aggregate: string,
  transform: string,
): Scoring | null {
  const outputCount = intAttribute(node, 'n_targets', 0);
  const bases = floatsOf(node, 'base_values');
  const link = linkOfTransform(transform);
  if (bases === null || link === null || !(outputCount >= 1 && outputCount <= MAX_TARGETS)) return null;
  if (bases.length !== 0 && bases.length !== outputCount) return null;
  const hasBases = bases.some((base) => base !== 0);
  if (hasBases && outputCount > 1 && scoredOutputs(trees, outputCount).includes(0)) return null;
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE') return null;
  return {
    outputCount,
    outputShift: 0,
    classCount: 0,
    baseValues: bases.length === 0 ? new Float64Array(outputCount) : bases,
    // With one target ONNX Runtime leaves LOGISTIC and SOFTMAX out.
    link: outputCount === 1 ? { kind: 'identity' } : link,
    isAveraged: aggregate === 'AVERAGE',
  };
}

/** More targets than any tabular model has; bounds memory on made-up counts. */
const MAX_TARGETS = 10_000;
