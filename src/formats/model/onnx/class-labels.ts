import { constantTensors, producersOf } from './graph-tensors.ts';
import type { OnnxModel } from './onnx-model.ts';
import type { OnnxNode } from './onnx-types.ts';
import { attributeOf, tensorTexts } from './tensor-values.ts';

const labelAttributes = [
  'classlabels_strings',
  'classlabels_int64s',
  'classlabels_ints',
  'classlabels_tensor',
] as const;

/**
 * The nearest node upstream of `tensors` that `accept` takes: breadth first, so that of stacked classifiers the last
 * one, whose output the user sees, is found.
 */
export function nearestUpstream(
  model: OnnxModel,
  tensors: readonly string[],
  accept: (node: OnnxNode) => boolean,
): OnnxNode | null {
  const byTensor = producersOf(model.file.graph);
  const seen = new Set<OnnxNode>();
  let frontier = [...tensors];
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const tensor of frontier) {
      const node = byTensor.get(tensor);
      if (node === undefined || seen.has(node)) continue;
      if (accept(node)) return node;
      seen.add(node);
      next.push(...node.inputs);
    }
    frontier = next;
  }
  return null;
}

/**
 * Class labels of the model, in the order of its probability columns, as texts; null when the file does not say.
 *
 * Read from a ZipMap or classifier node (`classlabels_*`) nearest to the outputs; else from the constant that an
 * ArrayFeatureExtractor looks the winning class up in, as sklearn-onnx writes neural networks.
 * Never throws.
 */
export function classLabels(model: OnnxModel): readonly string[] | null {
  const outputs = model.file.graph.outputs.map(({ name }) => name);
  const classifier = nearestUpstream(model, outputs, (node) => nodeLabels(node) !== null);
  if (classifier !== null) return nodeLabels(classifier);
  const constants = constantTensors(model.file.graph);
  const lookup = nearestUpstream(
    model,
    outputs,
    (node) => node.operator === 'ArrayFeatureExtractor' && constants.has(node.inputs[0] ?? ''),
  );
  const labels = constants.get(lookup?.inputs[0] ?? '');
  return labels === undefined ? null : tensorTexts(labels);
}

function nodeLabels(node: OnnxNode): readonly string[] | null {
  for (const name of labelAttributes) {
    const attribute = attributeOf(node, name);
    if (attribute === null) continue;
    if (attribute.strings.length > 0) return attribute.strings;
    if (attribute.ints.length > 0) return Array.from(attribute.ints, String);
    if (attribute.tensor !== null) return tensorTexts(attribute.tensor);
  }
  return null;
}
