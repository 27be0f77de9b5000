import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOnMatrix } from '../../../../fixtures/run-onnx.ts';
import type { DecodedCore } from '../../../core/model/decoded-core.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import { type AttributeValue, buildNode, buildTensor, buildTensorInfo } from './build-node.ts';
import { decodeOnnx } from './decode-onnx.ts';
import type { OnnxNode } from './onnx-types.ts';
import { openOnnx } from './open-onnx.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 60;

const FEATURES = 3;
const ints = (values: readonly number[]) => BigInt64Array.from(values, BigInt);

const modeNames = ['BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ'] as const;

/** Values that splits and rows share, so that rows lie on thresholds: whole, between, at the ends of float32, -0. */
const grid = [0, -0, 1, 2, 2.5, 3, 7, 30, 40, -1, -2.5, 1e-38, 3.4e38, Math.fround(0.1)] as const;
const threshold = fc.constantFrom(...grid, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
const cell = fc.constantFrom(
  ...grid,
  1.5,
  0.1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
);

interface Split {
  readonly feature: number;
  readonly mode: number;
  readonly threshold: number;
  readonly tracks: boolean;
  /** For BRANCH_MEMBER. */
  readonly members: readonly number[];
  readonly whenTrue: Shape;
  readonly whenFalse: Shape;
}
type Shape = Split | number;

/** Trees up to four splits deep; a leaf is a number that its weights are made of. */
const shape: fc.Arbitrary<Shape> = fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: -99, max: 99 }),
    fc.record({
      feature: fc.nat(FEATURES - 1),
      mode: fc.nat(5),
      threshold,
      tracks: fc.boolean(),
      members: fc.array(fc.constantFrom(0, 1, 2, 3, 7, 30, 31, 40, 1000, -1, 2.5), {
        minLength: 1,
        maxLength: 4,
      }),
      whenTrue: tie('tree'),
      whenFalse: tie('tree'),
    }),
  ),
})).tree;

/** Weight of a leaf for an output: thirds and sevenths, so that sums round. */
function weight(leaf: number, output: number, isPositive: boolean): number {
  const value = Math.fround((leaf + 13 * output) / 21);
  return isPositive ? Math.abs(value) : value;
}

interface Rows {
  tree: number[];
  node: number[];
  feature: number[];
  mode: string[];
  value: number[];
  whenTrue: number[];
  whenFalse: number[];
  tracks: number[];
  leaves: { tree: number; node: number; leaf: number }[];
}

function rowsOf(trees: readonly Shape[]): Rows {
  const rows: Rows = {
    tree: [],
    node: [],
    feature: [],
    mode: [],
    value: [],
    whenTrue: [],
    whenFalse: [],
    tracks: [],
    leaves: [],
  };
  trees.forEach((root, tree) => {
    let count = 0;
    const place = (at: Shape): number => {
      const node = count++;
      const row = rows.tree.length;
      const isLeaf = typeof at === 'number';
      rows.tree.push(tree);
      rows.node.push(node);
      rows.feature.push(isLeaf ? 0 : at.feature);
      rows.mode.push(isLeaf ? 'LEAF' : modeNames[at.mode]!);
      rows.value.push(isLeaf ? 0 : at.threshold);
      rows.tracks.push(isLeaf || !at.tracks ? 0 : 1);
      rows.whenTrue.push(0);
      rows.whenFalse.push(0);
      if (isLeaf) rows.leaves.push({ tree, node, leaf: at });
      else {
        rows.whenTrue[row] = place(at.whenTrue);
        rows.whenFalse[row] = place(at.whenFalse);
      }
      return node;
    };
    place(root);
  });
  return rows;
}

interface Ensemble {
  readonly trees: readonly Shape[];
  readonly outputs: number;
  /** Every leaf holds all outputs; else tree t holds output t % outputs. */
  readonly isVector: boolean;
  readonly isPositive: boolean;
  readonly isDouble: boolean;
  readonly bases: boolean;
}

const ensemble: fc.Arbitrary<Ensemble> = fc.record({
  trees: fc.array(shape, { minLength: 1, maxLength: 12 }),
  outputs: fc.integer({ min: 1, max: 4 }),
  isVector: fc.boolean(),
  isPositive: fc.boolean(),
  isDouble: fc.boolean(),
  bases: fc.boolean(),
});
const tableRows = fc.array(fc.array(cell, { minLength: FEATURES, maxLength: FEATURES }), {
  minLength: 1,
  maxLength: 40,
});

function weightLists({ trees, outputs, isVector, isPositive }: Ensemble, rows: Rows) {
  const named = rows.leaves.flatMap((leaf) => {
    const own = leaf.tree % Math.min(outputs, trees.length);
    return Array.from({ length: outputs }, (_, output) => ({ ...leaf, output })).filter(
      ({ output }) => isVector || output === own,
    );
  });
  return {
    trees: ints(named.map(({ tree }) => tree)),
    nodes: ints(named.map(({ node }) => node)),
    outputs: ints(named.map(({ output }) => output)),
    weights: named.map(({ leaf, output }) => weight(leaf, output, isPositive)),
  };
}

function nodeAttributes(rows: Rows): Record<string, AttributeValue> {
  return {
    nodes_treeids: ints(rows.tree),
    nodes_nodeids: ints(rows.node),
    nodes_featureids: ints(rows.feature),
    nodes_modes: rows.mode,
    nodes_truenodeids: ints(rows.whenTrue),
    nodes_falsenodeids: ints(rows.whenFalse),
    nodes_missing_value_tracks_true: ints(rows.tracks),
  };
}

function baseValues(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, k) => (k + 1) / 3);
}

function regressor(given: Ensemble, aggregate: string, transform: string): OnnxNode {
  const rows = rowsOf(given.trees);
  const lists = weightLists(given, rows);
  const doubles = (values: readonly number[]) => buildTensor('', [values.length], Float64Array.from(values));
  return buildNode('ai.onnx.ml:TreeEnsembleRegressor', ['x'], ['y'], {
    ...nodeAttributes(rows),
    ...(given.isDouble
      ? { nodes_values_as_tensor: doubles(rows.value), target_weights_as_tensor: doubles(lists.weights) }
      : { nodes_values: Float32Array.from(rows.value), target_weights: Float32Array.from(lists.weights) }),
    target_treeids: lists.trees,
    target_nodeids: lists.nodes,
    target_ids: lists.outputs,
    n_targets: BigInt(given.outputs),
    aggregate_function: aggregate,
    post_transform: transform,
    ...(given.bases && !given.isDouble ? { base_values: baseValues(given.outputs) } : {}),
  });
}

function classifier(given: Ensemble, transform: string): OnnxNode {
  const rows = rowsOf(given.trees);
  const lists = weightLists(given, rows);
  const baseCount = given.outputs <= 2 ? 1 : given.outputs;
  return buildNode('ai.onnx.ml:TreeEnsembleClassifier', ['x'], ['label', 'y'], {
    ...nodeAttributes(rows),
    nodes_values: Float32Array.from(rows.value),
    class_weights: Float32Array.from(lists.weights),
    class_treeids: lists.trees,
    class_nodeids: lists.nodes,
    class_ids: lists.outputs,
    classlabels_int64s: ints(Array.from({ length: Math.max(2, given.outputs) }, (_, k) => k)),
    post_transform: transform,
    ...(given.bases ? { base_values: baseValues(baseCount) } : {}),
  });
}

/** TreeEnsemble of opset 5: nodes and leaves are lists of their own; a tree that is one leaf is a node with it twice. */
function treeEnsemble(given: Ensemble, aggregate: number): OnnxNode {
  const nodes: { split: Split | null; ids: number[]; leaves: number[] }[] = [];
  const leaves: { output: number; value: number }[] = [];
  const leafAt = (leaf: number, tree: number) => {
    const output = tree % given.outputs;
    return leaves.push({ output, value: weight(leaf, output, given.isPositive) }) - 1;
  };
  const place = (at: Shape, tree: number): number => {
    const node = { split: typeof at === 'number' ? null : at, ids: [0, 0], leaves: [0, 0] };
    const number = nodes.push(node) - 1;
    const children = typeof at === 'number' ? [at, at] : [at.whenTrue, at.whenFalse];
    children.forEach((child, side) => {
      const isLeaf = typeof child === 'number';
      node.leaves[side] = isLeaf ? 1 : 0;
      node.ids[side] = isLeaf ? leafAt(child, tree) : place(child, tree);
    });
    return number;
  };
  const roots = given.trees.map((tree, t) => place(tree, t));
  const type = given.isDouble ? Float64Array : Float32Array;
  const values = (list: readonly number[]) => buildTensor('', [list.length], type.from(list));
  const isMember = ({ split }: { split: Split | null }) => split !== null && split.mode === 4;
  const members = nodes.filter(isMember).flatMap(({ split }) => [...split!.members, Number.NaN]);
  const modes = nodes.map((node) => (isMember(node) ? 6 : (node.split?.mode ?? 0)));
  return buildNode('ai.onnx.ml:TreeEnsemble', ['x'], ['y'], {
    nodes_featureids: ints(nodes.map(({ split }) => split?.feature ?? 0)),
    nodes_splits: values(nodes.map(({ split }) => split?.threshold ?? 0)),
    nodes_modes: { ...buildTensor('', [modes.length], []), elementType: 2, rawData: Uint8Array.from(modes) },
    nodes_truenodeids: ints(nodes.map(({ ids }) => ids[0]!)),
    nodes_falsenodeids: ints(nodes.map(({ ids }) => ids[1]!)),
    nodes_trueleafs: ints(nodes.map((node) => node.leaves[0]!)),
    nodes_falseleafs: ints(nodes.map((node) => node.leaves[1]!)),
    nodes_missing_value_tracks_true: ints(nodes.map(({ split }) => (split?.tracks ? 1 : 0))),
    ...(members.length === 0 ? {} : { membership_values: values(members) }),
    leaf_targetids: ints(leaves.map(({ output }) => output)),
    leaf_weights: values(leaves.map(({ value }) => value)),
    tree_roots: ints(roots),
    n_targets: BigInt(given.outputs),
    aggregate_function: BigInt(aggregate),
  });
}

function fileOf(node: OnnxNode, width: number, isDouble: boolean): Uint8Array {
  const isEnsemble = node.operator === 'TreeEnsemble';
  return writeOnnxFile({
    irVersion: 8,
    producerName: 'decode-laws.test',
    producerVersion: '',
    opsets: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: isEnsemble ? 5 : 3 },
    ],
    metadata: [],
    graph: {
      name: 'trees',
      nodes: [node],
      initializers: [],
      inputs: [buildTensorInfo('x', isDouble ? 11 : 1, [null, FEATURES])],
      outputs: [buildTensorInfo('y', isDouble && isEnsemble ? 11 : 1, [null, width])],
    },
  });
}

function columnsOf(rows: readonly (readonly number[])[]): Float64Array[] {
  return Array.from({ length: FEATURES }, (_, j) => Float64Array.from(rows, (row) => row[j]!));
}

function evaluate(decoded: DecodedCore, columns: readonly Float64Array[]): Float64Array {
  if (decoded.core.kind !== 'trees') throw new Error('no trees were decoded');
  const { ensemble: trees } = decoded.core;
  return applyLink(trees, marginsOf(trees, { rowCount: columns[0]!.length, columns }));
}

/** Equal bit for bit where `bits` says so, else to the tolerance of ONNX scores; NaN equals NaN, 0 equals -0. */
function expectAlike(found: ArrayLike<number>, expected: ArrayLike<number>, bits: boolean): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i]!, expected[i]!];
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (!bits && Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b))) continue;
    expect({ i, score: a }).toEqual({ i, score: b });
  }
}

/** Decodes and runs a node; answers whether it was decoded. */
async function agrees(
  node: OnnxNode,
  width: number,
  isDouble: boolean,
  rows: readonly (readonly number[])[],
  options: { readonly bits: boolean; readonly column?: number } = { bits: true },
): Promise<boolean> {
  const bytes = fileOf(node, width, isDouble);
  const decoded = decodeOnnx(openOnnx(bytes, 'random.onnx'));
  if (decoded === null) return false;
  const columns = columnsOf(rows);
  const reference = await runOnMatrix(bytes, 'x', 'y', columns, isDouble ? 'float64' : 'float32');
  const scores = evaluate(decoded, columns);
  const { column } = options;
  const pick = (all: Float64Array) =>
    column === undefined ? all : all.filter((_, i) => i % width === column);
  expectAlike(pick(scores), pick(reference), options.bits);
  return true;
}

/** True when an output with a base value has no tree: ONNX Runtime drops the base value then, and nothing is decoded. */
function lacksOutput({ trees, outputs, isVector, bases, isDouble }: Ensemble): boolean {
  return bases && !isDouble && !isVector && outputs > trees.length;
}

describe('laws: random graphs, decoded and evaluated plainly, score as ONNX Runtime does', () => {
  it('regressors of every mode, NaN and infinities, several targets, sums', async () => {
    await fc.assert(
      fc.asyncProperty(ensemble, tableRows, async (given, rows) => {
        const node = regressor(given, 'SUM', 'NONE');
        const isDecoded = await agrees(node, given.outputs, given.isDouble, rows, { bits: !given.isDouble });
        expect(isDecoded || lacksOutput(given)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it('averages and transforms', async () => {
    const transforms = fc.constantFrom('NONE', 'LOGISTIC', 'SOFTMAX');
    await fc.assert(
      fc.asyncProperty(ensemble, tableRows, transforms, async (given, rows, transform) => {
        const node = regressor(given, 'AVERAGE', transform);
        const isDecoded = await agrees(node, given.outputs, given.isDouble, rows, { bits: false });
        expect(isDecoded || lacksOutput(given)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it('classifiers: leaves of one class of two, of both, of many', async () => {
    const transforms = fc.constantFrom('NONE', 'LOGISTIC', 'SOFTMAX');
    let decodedCount = 0;
    await fc.assert(
      fc.asyncProperty(ensemble, tableRows, transforms, async (given, rows, transform) => {
        const width = Math.max(2, given.outputs);
        // Of two classes the second column is the score; see `classScores` for the first.
        const column = given.outputs <= 2 && transform !== 'SOFTMAX' ? 1 : undefined;
        const options = { bits: transform !== 'SOFTMAX', ...(column === undefined ? {} : { column }) };
        if (await agrees(classifier(given, transform), width, false, rows, options)) decodedCount += 1;
      }),
      { numRuns: runs },
    );
    expect(decodedCount).toBeGreaterThan(runs / 4);
  });

  it('TreeEnsemble of opset 5 with member sets', async () => {
    let decodedCount = 0;
    await fc.assert(
      fc.asyncProperty(ensemble, tableRows, async (given, rows) => {
        const node = treeEnsemble(given, 1);
        const options = { bits: !given.isDouble };
        if (await agrees(node, given.outputs, given.isDouble, rows, options)) decodedCount += 1;
      }),
      { numRuns: runs },
    );
    expect(decodedCount).toBeGreaterThan(runs / 4);
  });
});
