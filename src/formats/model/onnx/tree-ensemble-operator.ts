import { groupByLeaf, type LinkedTrees, nodeMode } from './linked-trees.ts';
import type { OnnxNode } from './onnx-types.ts';
import { attributeOf, tensorFloats } from './tensor-values.ts';
import { intsOf } from './tree-attributes.ts';

/** Numbers of `nodes_modes` in ai.onnx.ml-5 TreeEnsemble; 6 is BRANCH_MEMBER. */
const modes: readonly number[] = [
  nodeMode.lessOrEqual,
  nodeMode.less,
  nodeMode.greaterOrEqual,
  nodeMode.greater,
  nodeMode.equal,
  nodeMode.notEqual,
  nodeMode.member,
];

/**
 * Largest member of a set that ONNX Runtime compares value by value. Sets with a larger one must be of whole numbers, and
 * the value loses its fraction before it is looked up (NaN becomes 0). Source: measured with ONNX Runtime Web 1.30.
 */
const MAX_COMPARED_MEMBER = 30;

/**
 * Reads the trees of a TreeEnsemble node (ai.onnx.ml 5): nodes and leaves are lists of their own, children are places in
 * them, and the members of BRANCH_MEMBER nodes stand one after the other in `membership_values`, ended by NaN. A tree of
 * one leaf is written as a node whose two children are that leaf.
 *
 * Null for lists of different lengths, children that are not there, members without their node, sets of fractions
 * or negative numbers (ONNX Runtime refuses or truncates them), unknown modes and types.
 * O(nodes + members). Never throws.
 */
export function treesOfTreeEnsemble(node: OnnxNode): LinkedTrees | null {
  const nodes = nodeLists(node);
  const leaves = leafLists(node);
  const roots = intsOf(node, 'tree_roots');
  if (nodes === null || leaves === null || roots === null || roots.length === 0) return null;
  const leafCount = leaves.outputs.length;
  const nodeCount = nodes.features.length;
  const whenTrue = children(nodes.trueIds, nodes.trueLeafs, nodeCount, leafCount);
  const whenFalse = children(nodes.falseIds, nodes.falseLeafs, nodeCount, leafCount);
  const members = membersOf(node, nodes.modes);
  if (whenTrue === null || whenFalse === null || members === null) return null;
  if (roots.some((root) => root < 0 || root >= nodeCount)) return null;
  const { features, values, tracksTrue } = nodes;
  const leafNumbers = Int32Array.from(leaves.outputs, (_, leaf) => leaf);
  return {
    roots,
    features,
    modes: nodes.modes.map((mode, i) => (isExact(members.get(i)) ? nodeMode.memberExactly : mode)),
    values,
    tracksTrue,
    whenTrue,
    whenFalse,
    members,
    ...groupByLeaf(leafNumbers, leafCount, leaves.outputs, leaves.weights),
    tensorType: attributeOf(node, 'nodes_splits')?.tensor?.elementType ?? null,
  };
}

interface NodeLists {
  readonly features: Int32Array;
  readonly modes: Uint8Array;
  readonly values: Float64Array;
  readonly tracksTrue: Uint8Array;
  readonly trueIds: Int32Array;
  readonly falseIds: Int32Array;
  readonly trueLeafs: Int32Array;
  readonly falseLeafs: Int32Array;
}

function nodeLists(node: OnnxNode): NodeLists | null {
  const features = intsOf(node, 'nodes_featureids');
  const trueIds = intsOf(node, 'nodes_truenodeids');
  const falseIds = intsOf(node, 'nodes_falsenodeids');
  const trueLeafs = intsOf(node, 'nodes_trueleafs');
  const falseLeafs = intsOf(node, 'nodes_falseleafs');
  const tracks = intsOf(node, 'nodes_missing_value_tracks_true');
  const values = floatTensor(node, 'nodes_splits');
  const numbers = attributeOf(node, 'nodes_modes')?.tensor?.rawData ?? null;
  const int32s = attributeOf(node, 'nodes_modes')?.tensor?.int32s ?? new Int32Array(0);
  if (features === null || trueIds === null || falseIds === null || values === null) return null;
  if (trueLeafs === null || falseLeafs === null || tracks === null) return null;
  const modeNumbers = numbers ?? int32s;
  const count = features.length;
  const lists = [trueIds, falseIds, trueLeafs, falseLeafs, values, modeNumbers];
  if (count === 0 || lists.some(({ length }) => length !== count)) return null;
  if (tracks.length !== 0 && tracks.length !== count) return null;
  const known = Array.from(modeNumbers, (number) => modes[number]);
  if (known.includes(undefined)) return null;
  return {
    features,
    modes: Uint8Array.from(known, (mode) => mode ?? 0),
    values,
    tracksTrue: Uint8Array.from(features, (_, i) => (tracks[i] === 1 ? 1 : 0)),
    trueIds,
    falseIds,
    trueLeafs,
    falseLeafs,
  };
}

function leafLists(node: OnnxNode): { outputs: Int32Array; weights: Float64Array } | null {
  const outputs = intsOf(node, 'leaf_targetids');
  const weights = floatTensor(node, 'leaf_weights');
  if (outputs === null || weights === null || outputs.length !== weights.length) return null;
  return { outputs, weights };
}

function floatTensor(node: OnnxNode, name: string): Float64Array | null {
  const tensor = attributeOf(node, name)?.tensor ?? null;
  const values = tensor === null ? null : tensorFloats(tensor);
  return values === null ? null : Float64Array.from(values);
}

/** Places of children as nodes or ~leaves; null when one is not there. */
function children(
  ids: Int32Array,
  areLeaves: Int32Array,
  nodeCount: number,
  leafCount: number,
): Int32Array | null {
  const out = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    const isLeaf = areLeaves[i] === 1;
    if (id < 0 || id >= (isLeaf ? leafCount : nodeCount)) return null;
    out[i] = isLeaf ? ~id : id;
  }
  return out;
}

function isExact(members: Float64Array | undefined): boolean {
  return members?.every((value) => value <= MAX_COMPARED_MEMBER) ?? false;
}

/** The sets of the BRANCH_MEMBER nodes, in the order of the nodes. */
function membersOf(node: OnnxNode, nodeModes: Uint8Array): ReadonlyMap<number, Float64Array> | null {
  const members = new Map<number, Float64Array>();
  const isNeeded = nodeModes.includes(nodeMode.member);
  const values = isNeeded ? floatTensor(node, 'membership_values') : new Float64Array(0);
  if (values === null) return null;
  let start = 0;
  for (let i = 0; i < nodeModes.length; i++) {
    if (nodeModes[i] !== nodeMode.member) continue;
    let end = start;
    while (end < values.length && !Number.isNaN(values[end])) end += 1;
    if (end >= values.length) return null;
    const set = values.slice(start, end);
    if (set.length === 0 || !set.every((value) => Number.isInteger(value) && value >= 0)) return null;
    members.set(i, set);
    start = end + 1;
  }
  return members;
}
