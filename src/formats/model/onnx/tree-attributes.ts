import { groupByLeaf, type LinkedTrees, nodeMode } from './linked-trees.ts';
import type { OnnxNode } from './onnx-types.ts';
import { attributeOf, tensorFloats } from './tensor-values.ts';

const LEAF = 255;

const modeOfName: Readonly<Record<string, number>> = {
  BRANCH_LEQ: nodeMode.lessOrEqual,
  BRANCH_LT: nodeMode.less,
  BRANCH_GTE: nodeMode.greaterOrEqual,
  BRANCH_GT: nodeMode.greater,
  BRANCH_EQ: nodeMode.equal,
  BRANCH_NEQ: nodeMode.notEqual,
  LEAF,
};

/** The rows of `nodes_*` as they are written, one per node or leaf. */
interface NodeRows {
  readonly count: number;
  readonly modes: Uint8Array;
  readonly treeIds: Int32Array;
  readonly nodeIds: Int32Array;
  readonly features: Int32Array;
  readonly values: Float64Array;
  readonly tracksTrue: Uint8Array;
  readonly trueIds: Int32Array;
  readonly falseIds: Int32Array;
}

/**
 * Reads the trees of a TreeEnsembleClassifier or TreeEnsembleRegressor (ai.onnx.ml 1 to 3).
 *
 * The root of a tree is its first row; trees are added in the order of the rows. Null for what ONNX Runtime may refuse:
 * lists of different lengths, a tree whose rows are not together, two rows of one id, a child or a weight whose row is
 * not there, weights on a node that is no leaf, unknown modes.
 *
 * @param weightPrefix `class` or `target`: how the attributes of the leaf weights begin
 * O(rows). Never throws.
 */
export function treesOfNode(node: OnnxNode, weightPrefix: 'class' | 'target'): LinkedTrees | null {
  const rows = nodeRows(node);
  if (rows === null) return null;
  const finder = rowFinder(rows);
  if (finder === null) return null;
  const numbers = numberRows(rows.modes);
  const child = (row: number, id: number): number | null => {
    const found = finder.find(rows.treeIds[row]!, id);
    return found === -1 || found === row ? null : numbers[found]!;
  };
  let nodeCount = 0;
  for (const mode of rows.modes) if (mode !== LEAF) nodeCount += 1;
  const trees = emptyNodes(nodeCount);
  for (let row = 0; row < rows.count; row++) {
    const at = numbers[row]!;
    if (at < 0) continue;
    const whenTrue = child(row, rows.trueIds[row]!);
    const whenFalse = child(row, rows.falseIds[row]!);
    if (whenTrue === null || whenFalse === null) return null;
    trees.features[at] = rows.features[row]!;
    trees.modes[at] = rows.modes[row]!;
    trees.values[at] = rows.values[row]!;
    trees.tracksTrue[at] = rows.tracksTrue[row]!;
    trees.whenTrue[at] = whenTrue;
    trees.whenFalse[at] = whenFalse;
  }
  const weights = leafWeights(node, weightPrefix, (tree, id) => {
    const row = finder.find(tree, id);
    return row === -1 ? 0 : numbers[row]!;
  });
  if (weights === null) return null;
  const roots = Int32Array.from(finder.firstRows, (row) => numbers[row]!);
  const tensor =
    attributeOf(node, 'nodes_values_as_tensor') ?? attributeOf(node, `${weightPrefix}_weights_as_tensor`);
  return {
    ...trees,
    roots,
    ...groupByLeaf(weights.leaves, rows.count - nodeCount, weights.outputs, weights.values),
    tensorType: tensor?.tensor?.elementType ?? null,
  };
}

/** Floats of an attribute, or of its `_as_tensor` twin of opset 3; empty when neither is there. */
export function floatsOf(node: OnnxNode, name: string): Float64Array | null {
  const tensor = attributeOf(node, `${name}_as_tensor`)?.tensor;
  if (tensor !== undefined && tensor !== null) {
    const values = tensorFloats(tensor);
    return values === null ? null : Float64Array.from(values);
  }
  return Float64Array.from(attributeOf(node, name)?.floats ?? []);
}

/** Integers of an attribute as 32-bit ones; null when one of them does not fit. */
export function intsOf(node: OnnxNode, name: string): Int32Array | null {
  const ints = attributeOf(node, name)?.ints ?? new BigInt64Array(0);
  // Files have millions of them, and a bigint each is slow: the halves are read instead (typed arrays are little-endian).
  const halves = new Int32Array(ints.buffer, ints.byteOffset, 2 * ints.length);
  const out = new Int32Array(ints.length);
  for (let i = 0; i < out.length; i++) {
    const low = halves[2 * i]!;
    if (halves[2 * i + 1] !== low >> 31) return null;
    out[i] = low;
  }
  return out;
}

function emptyNodes(count: number) {
  return {
    features: new Int32Array(count),
    modes: new Uint8Array(count),
    values: new Float64Array(count),
    tracksTrue: new Uint8Array(count),
    whenTrue: new Int32Array(count),
    whenFalse: new Int32Array(count),
    members: new Map<number, Float64Array>(),
  };
}

function nodeRows(node: OnnxNode): NodeRows | null {
  const modes = modesOf(node);
  const treeIds = intsOf(node, 'nodes_treeids');
  const nodeIds = intsOf(node, 'nodes_nodeids');
  const features = intsOf(node, 'nodes_featureids');
  const trueIds = intsOf(node, 'nodes_truenodeids');
  const falseIds = intsOf(node, 'nodes_falsenodeids');
  const tracks = intsOf(node, 'nodes_missing_value_tracks_true');
  const values = floatsOf(node, 'nodes_values');
  if (modes === null || treeIds === null || nodeIds === null || features === null) return null;
  if (trueIds === null || falseIds === null || tracks === null || values === null) return null;
  const count = modes.length;
  const lists = [treeIds, nodeIds, features, trueIds, falseIds, values];
  if (count === 0 || lists.some((list) => list.length !== count)) return null;
  if (tracks.length !== 0 && tracks.length !== count) return null;
  const tracksTrue = new Uint8Array(count);
  for (let i = 0; i < tracks.length; i++) tracksTrue[i] = tracks[i] === 1 ? 1 : 0;
  return { count, modes, treeIds, nodeIds, features, values, tracksTrue, trueIds, falseIds };
}

function modesOf(node: OnnxNode): Uint8Array | null {
  const names = attributeOf(node, 'nodes_modes')?.strings ?? [];
  const modes = new Uint8Array(names.length);
  for (let i = 0; i < names.length; i++) {
    const mode = modeOfName[names[i]!];
    if (mode === undefined) return null;
    modes[i] = mode;
  }
  return modes;
}

/** Per row the number of its node, or ~number of its leaf. */
function numberRows(modes: Uint8Array): Int32Array {
  let nodes = 0;
  let leaves = 0;
  const numbers = new Int32Array(modes.length);
  for (let row = 0; row < modes.length; row++) numbers[row] = modes[row] === LEAF ? ~leaves++ : nodes++;
  return numbers;
}

interface RowFinder {
  /** The row of a node of a tree; -1 when it is not there. */
  find(tree: number, id: number): number;
  /** First row of each tree, in file order. */
  readonly firstRows: readonly number[];
}

/**
 * Finds rows by tree and node id. Nearly every file numbers the nodes of a tree 0, 1, 2, ... in the order of its rows;
 * only trees that do not get a map.
 */
function rowFinder({ count, treeIds, nodeIds }: NodeRows): RowFinder | null {
  const firstRows: number[] = [];
  const rangeOf = new Map<number, { start: number; end: number; rows: Map<number, number> | null }>();
  for (let start = 0; start < count; ) {
    const tree = treeIds[start]!;
    let end = start;
    let isInOrder = true;
    for (; end < count && treeIds[end] === tree; end++) isInOrder &&= nodeIds[end] === end - start;
    if (rangeOf.has(tree)) return null;
    const rows = isInOrder ? null : new Map<number, number>();
    if (rows !== null) for (let row = start; row < end; row++) rows.set(nodeIds[row]!, row);
    if (rows !== null && rows.size !== end - start) return null;
    rangeOf.set(tree, { start, end, rows });
    firstRows.push(start);
    start = end;
  }
  const find = (tree: number, id: number): number => {
    const range = rangeOf.get(tree);
    if (range === undefined) return -1;
    if (range.rows !== null) return range.rows.get(id) ?? -1;
    return id >= 0 && id < range.end - range.start ? range.start + id : -1;
  };
  return { find, firstRows };
}

/** The weights with the leaf of each; null when one lies on no leaf or the lists differ in length. */
function leafWeights(
  node: OnnxNode,
  prefix: string,
  numberOf: (tree: number, id: number) => number,
): { leaves: Int32Array; outputs: Int32Array; values: Float64Array } | null {
  const treeIds = intsOf(node, `${prefix}_treeids`);
  const nodeIds = intsOf(node, `${prefix}_nodeids`);
  const outputs = intsOf(node, `${prefix}_ids`);
  const values = floatsOf(node, `${prefix}_weights`);
  if (treeIds === null || nodeIds === null || outputs === null || values === null) return null;
  const { length } = values;
  if (treeIds.length !== length || nodeIds.length !== length || outputs.length !== length) return null;
  const leaves = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const number = numberOf(treeIds[i]!, nodeIds[i]!);
    if (number >= 0) return null;
    leaves[i] = ~number;
  }
  return { leaves, outputs, values };
}
