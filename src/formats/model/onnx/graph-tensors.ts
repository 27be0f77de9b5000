import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-types.ts';

/** Initializers and Constant nodes by tensor name. */
export function constantTensors(graph: OnnxGraph): ReadonlyMap<string, OnnxTensor> {
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  for (const node of graph.nodes) {
    const tensor = node.operator === 'Constant' ? (node.attributes[0]?.tensor ?? null) : null;
    const [output] = node.outputs;
    if (tensor !== null && output !== undefined) constants.set(output, tensor);
  }
  return constants;
}

/** Producing node by tensor name. */
export function producersOf(graph: OnnxGraph): ReadonlyMap<string, OnnxNode> {
  const byTensor = new Map<string, OnnxNode>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) if (output !== '') byTensor.set(output, node);
  }
  return byTensor;
}
