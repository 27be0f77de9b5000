import { buildNode, buildTensorInfo } from '../../src/formats/model/onnx/build-node.ts';
import { writeOnnxFile } from '../../src/formats/model/onnx/write-onnx-file.ts';
import { seededUniform } from '../seeded-uniform.ts';

/** Size of a made-up forest; every tree has `leaves` leaves grown at random places, so depths vary as in a real one. */
export interface ForestShape {
  readonly trees: number;
  readonly leaves: number;
  readonly features: number;
}

/** A node of a made-up tree; the root is the first. */
export interface MadeNode {
  feature: number;
  threshold: number;
  /** Ids of the children, or null for a leaf. */
  children: readonly [number, number] | null;
}

/** A tree of `leaves` leaves: random places, features and thresholds. Children follow their parents. */
export function growTree(shape: ForestShape, uniform: () => number): MadeNode[] {
  const nodes: MadeNode[] = [{ feature: 0, threshold: 0, children: null }];
  const leaves = [0];
  while (leaves.length < shape.leaves) {
    const at = Math.floor(uniform() * leaves.length);
    const node = nodes[leaves[at]!]!;
    const left = nodes.length;
    node.feature = Math.floor(uniform() * shape.features);
    node.threshold = uniform();
    node.children = [left, left + 1];
    nodes.push({ feature: 0, threshold: 0, children: null }, { feature: 0, threshold: 0, children: null });
    leaves[at] = left;
    leaves.push(left + 1);
  }
  return nodes;
}

/**
 * An ONNX file with one TreeEnsembleClassifier over a float matrix "input" [N, features]: labels 0 and 1, LOGISTIC.
 * Splits and leaf weights are random (inputs are expected in [0, 1)); the same seed gives the same bytes.
 */
export function randomForestOnnx(shape: ForestShape, seed: number): Uint8Array {
  const uniform = seededUniform(seed);
  const trees = Array.from({ length: shape.trees }, () => growTree(shape, uniform));
  const flat = trees.flatMap((nodes, tree) => nodes.map((node, id) => ({ ...node, tree, id })));
  const leaves = flat.filter(({ children }) => children === null);
  const ints = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
  const classifier = buildNode('ai.onnx.ml:TreeEnsembleClassifier', ['input'], ['label', 'probabilities'], {
    nodes_treeids: ints(flat.map(({ tree }) => tree)),
    nodes_nodeids: ints(flat.map(({ id }) => id)),
    nodes_featureids: ints(flat.map(({ feature }) => feature)),
    nodes_modes: flat.map(({ children }) => (children === null ? 'LEAF' : 'BRANCH_LEQ')),
    nodes_values: Float32Array.from(flat, ({ threshold }) => threshold),
    nodes_truenodeids: ints(flat.map(({ children }) => children?.[0] ?? 0)),
    nodes_falsenodeids: ints(flat.map(({ children }) => children?.[1] ?? 0)),
    nodes_missing_value_tracks_true: ints(flat.map(() => 0)),
    class_treeids: ints(leaves.map(({ tree }) => tree)),
    class_nodeids: ints(leaves.map(({ id }) => id)),
    class_ids: ints(leaves.map(() => 0)),
    class_weights: Float32Array.from(leaves, () => (uniform() - 0.5) / 5),
    classlabels_int64s: ints([0, 1]),
    post_transform: 'LOGISTIC',
  });
  return writeOnnxFile({
    irVersion: 8,
    producerName: 'cutline-bench',
    producerVersion: '1',
    opsets: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: 1 },
    ],
    metadata: [],
    graph: {
      name: 'forest',
      nodes: [classifier],
      initializers: [],
      inputs: [buildTensorInfo('input', 1, [null, shape.features])],
      outputs: [buildTensorInfo('label', 7, [null]), buildTensorInfo('probabilities', 1, [null, 2])],
    },
  });
}
