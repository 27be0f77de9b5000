import type { Link } from '../../../core/trees/tree-ensemble.ts';
import type { LinkedTrees } from './linked-trees.ts';
import type { OnnxNode } from './onnx-types.ts';
import { scoredOutputs } from './scored-outputs.ts';
import { attributeOf } from './tensor-values.ts';
import { floatsOf } from './tree-attributes.ts';

/** How the leaf weights of a classifier become margins, and these the scores. */
export interface ClassScores {
  readonly outputCount: number;
  /** Added to the outputs of the leaf weights: -1 when class 1 is the only one scored, else 0. */
  readonly outputShift: number;
  readonly classCount: number;
  readonly baseValues: Float64Array;
  readonly link: Link;
}

const logistic: Link = { kind: 'logistic', slope: 1 };

/** What ONNX Runtime does with several margins for a `post_transform`; null for those that no link stands for. */
export function linkOfTransform(transform: string): Link | null {
  if (transform === 'NONE' || transform === '') return { kind: 'identity' };
  if (transform === 'LOGISTIC') return logistic;
  return transform === 'SOFTMAX' ? { kind: 'softmax' } : null;
}

/**
 * What ONNX Runtime computes from the trees of a TreeEnsembleClassifier, where a margin per output, base value and link
 * can say it; null elsewhere.
 *
 * Three classes or more: base values and transform as written. Two classes, leaves that score class 0 only: s is the
 * margin of class 1, LOGISTIC gives [1 - p, p]; NONE gives [1 - s, s] when no leaf is negative (else [-s, s]: null).
 * Leaves that score class 1 only, no base value: LOGISTIC gives [0.5, p], read as [1 - p, p] since the second column is
 * the score; SOFTMAX gives softmax([0, s]), which is the same. Leaves of both classes: two margins, with one base value
 * at most, which is class 0's.
 *
 * Source: measured with ONNX Runtime Web 1.30 (the test rebuilds every case).
 */
export function classScores(node: OnnxNode, trees: LinkedTrees): ClassScores | null {
  const classCount = labelCount(node);
  const bases = floatsOf(node, 'base_values');
  const transform = attributeOf(node, 'post_transform')?.string ?? 'NONE';
  const link = linkOfTransform(transform);
  if (bases === null || link === null || classCount < 2) return null;
  if (classCount > 2) {
    if (bases.length !== 0 && bases.length !== classCount) return null;
    const baseValues = bases.length === 0 ? new Float64Array(classCount) : bases;
    return { outputCount: classCount, outputShift: 0, classCount, baseValues, link };
  }
  if (bases.length > 1) return null;
  const base = bases[0] ?? 0;
  const scored = new Set(trees.weightOutputs);
  if (scored.size === 1 && scored.has(0)) {
    const isPositive = trees.weightValues.every((weight) => weight >= 0);
    const isMeant = link.kind === 'logistic' || (link.kind === 'identity' && isPositive);
    return isMeant ? binary(base, 0, link) : null;
  }
  if (scored.size === 1 && scored.has(1)) {
    return base === 0 && link.kind !== 'identity' ? binary(0, -1, logistic) : null;
  }
  // A row whose leaves score class 0 only would be taken for one of a model of class 0 only.
  if (scoredOutputs(trees, 2)[1] !== 1) return null;
  return { outputCount: 2, outputShift: 0, classCount, baseValues: Float64Array.of(base, 0), link };
}

function binary(base: number, outputShift: number, link: Link): ClassScores {
  return { outputCount: 1, outputShift, classCount: 2, baseValues: Float64Array.of(base), link };
}

function labelCount(node: OnnxNode): number {
  const ints = attributeOf(node, 'classlabels_int64s')?.ints.length ?? 0;
  return Math.max(ints, attributeOf(node, 'classlabels_strings')?.strings.length ?? 0);
}
