import { nearestUpstream } from '../formats/model/onnx/class-labels.ts';
import type { OnnxModel } from '../formats/model/onnx/onnx-model.ts';
import type { OnnxNode } from '../formats/model/onnx/onnx-types.ts';
import { attributeOf, tensorFloats } from '../formats/model/onnx/tensor-values.ts';

/**
 * What ONNX Runtime does with a tree classifier of two classes whose trees score one class only:
 * `none`: two probabilities, as meant. `half-beside`: [0.5, p]; the second column is what the file means.
 * `raw-margins`: [-s, s], the SOFTMAX is left out. `two-bases`: leaves score class 0 beside two base values; the second
 * base is ignored ([p, 0.5] with LOGISTIC) and the labels contradict the probabilities.
 * `base-ignored`: leaves score class 1 beside one base value, which does not reach the probability.
 * `trees-vanish`: leaves score class 1 beside two base values; every row gets the bases, whatever the trees say.
 */
export type BinaryTreeQuirk =
  | 'none'
  | 'half-beside'
  | 'raw-margins'
  | 'two-bases'
  | 'base-ignored'
  | 'trees-vanish';

/** Operators that hand the class columns on as they are (LightGBM's converter multiplies by one). */
const passing: ReadonlySet<string> = new Set(['Identity', 'Cast', 'Mul', 'Reshape', 'ZipMap']);

/**
 * Recognises the quirk from the graph alone, so that every chunk of every worker is read the same way.
 *
 * Decided by `class_ids` (all 0 or all 1), the number of base values, and `post_transform` of the
 * TreeEnsembleClassifier that feeds the output through nothing but pass-through operators; `none` for all else.
 * Source: measured with ONNX Runtime Web 1.30; the test rebuilds each row of the table.
 */
export function binaryTreeQuirk(model: OnnxModel, output: string): BinaryTreeQuirk {
  const first = nearestUpstream(model, [output], (candidate) => !passing.has(candidate.operator));
  if (first === null || first.operator !== 'TreeEnsembleClassifier') return 'none';
  const labelCount = Math.max(countOf(first, 'classlabels_int64s'), countOf(first, 'classlabels_strings'));
  const scored = scoredClass(first);
  if (labelCount !== 2 || scored === null) return 'none';
  const bases = baseValues(first);
  const transform = attributeOf(first, 'post_transform')?.string ?? 'NONE';
  if (bases.length === 2) return scored === 1 ? 'trees-vanish' : 'two-bases';
  if (scored === 1 && bases.some((base) => base !== 0)) return 'base-ignored';
  if (scored === 1) return transform === 'LOGISTIC' ? 'half-beside' : 'none';
  return transform === 'SOFTMAX' ? 'raw-margins' : 'none';
}

function countOf(node: OnnxNode, name: string): number {
  const attribute = attributeOf(node, name);
  return attribute === null ? 0 : Math.max(attribute.ints.length, attribute.strings.length);
}

function baseValues(node: OnnxNode): readonly number[] {
  const tensor = attributeOf(node, 'base_values_as_tensor')?.tensor;
  if (tensor !== undefined && tensor !== null) return tensorFloats(tensor) ?? [];
  return Array.from(attributeOf(node, 'base_values')?.floats ?? []);
}

/** The only class that the leaves score, or null when there is none or more than one. */
function scoredClass(node: OnnxNode): 0 | 1 | null {
  const ids = attributeOf(node, 'class_ids')?.ints;
  const [first] = ids ?? [];
  if (ids === undefined || (first !== 0n && first !== 1n) || !ids.every((id) => id === first)) return null;
  return first === 0n ? 0 : 1;
}
