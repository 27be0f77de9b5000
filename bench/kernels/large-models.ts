import { growTree, type MadeNode, randomForestOnnx } from '../scoring/random-forest-onnx.ts';
import { seededUniform } from '../seeded-uniform.ts';

/** Leaves of a tree: what a large boosted model has. */
const LEAVES = 255;
const FEATURES = 60;
const SEED = 20_26;

/** A made-up model file of a format. */
export interface MadeModel {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first texts of a made-up sequence that fill about `bytes` bytes, each the text of one tree. */
function fillWithTrees(
  bytes: number,
  textOf: (nodes: readonly MadeNode[], tree: number) => string,
): string[] {
  const uniform = seededUniform(SEED);
  const texts: string[] = [];
  for (let size = 0; size < bytes; size += texts[texts.length - 1]!.length) {
    const nodes = growTree({ trees: 1, leaves: LEAVES, features: FEATURES }, uniform);
    texts.push(textOf(nodes, texts.length));
  }
  return texts;
}

function featureNames(): string[] {
  return Array.from({ length: FEATURES }, (_, j) => `x${j}`);
}

/** LightGBM numbers inner nodes and leaves apart; a leaf as a child is ~leaf. */
function lightgbmTree(nodes: readonly MadeNode[], tree: number): string {
  let inner = 0;
  let leaves = 0;
  const numbers = nodes.map(({ children }) => (children === null ? ~leaves++ : inner++));
  const splits = nodes.filter(({ children }) => children !== null);
  const line = (name: string, values: readonly (number | string)[]) => `${name}=${values.join(' ')}\n`;
  const eachLeaf = (value: (leaf: number) => number) => Array.from({ length: leaves }, (_, i) => value(i));
  return [
    `Tree=${tree}\n`,
    line('num_leaves', [leaves]),
    line('num_cat', [0]),
    line(
      'split_feature',
      splits.map(({ feature }) => feature),
    ),
    line(
      'split_gain',
      splits.map(({ threshold }) => threshold * 100),
    ),
    line(
      'threshold',
      splits.map(({ threshold }) => threshold),
    ),
    line(
      'decision_type',
      splits.map(() => 10),
    ),
    line(
      'left_child',
      splits.map(({ children }) => numbers[children![0]]!),
    ),
    line(
      'right_child',
      splits.map(({ children }) => numbers[children![1]]!),
    ),
    line(
      'leaf_value',
      eachLeaf((i) => (i - 127) / 1033),
    ),
    line(
      'leaf_weight',
      eachLeaf((i) => 10 + i / 7),
    ),
    line(
      'leaf_count',
      eachLeaf((i) => 20 + i),
    ),
    line(
      'internal_value',
      splits.map(() => 0),
    ),
    line(
      'internal_weight',
      splits.map(() => 100),
    ),
    line(
      'internal_count',
      splits.map(() => 400),
    ),
    line('is_linear', [0]),
    line('shrinkage', [0.1]),
    '\n\n',
  ].join('');
}

export function largeLightgbm(bytes: number): MadeModel {
  const trees = fillWithTrees(bytes, lightgbmTree);
  const head = [
    'tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n',
    `max_feature_idx=${FEATURES - 1}\nobjective=binary sigmoid:1\n`,
    `feature_names=${featureNames().join(' ')}\nfeature_infos=${featureNames()
      .map(() => '[0:1]')
      .join(' ')}\n`,
    `tree_sizes=${trees.map(({ length }) => length).join(' ')}\n\n`,
  ].join('');
  const tail =
    'end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:null\n';
  return { name: 'LightGBM text', bytes: new TextEncoder().encode(head + trees.join('') + tail) };
}

function xgboostTree(nodes: readonly MadeNode[], tree: number): string {
  const parents = new Int32Array(nodes.length).fill(2_147_483_647);
  for (const [i, { children }] of nodes.entries()) for (const child of children ?? []) parents[child] = i;
  const single = (value: number) => Math.fround(value).toPrecision(8).replace(/0+$/, '0');
  return JSON.stringify({
    base_weights: nodes.map((_, i) => Number(single(i / 1033))),
    ...{ categories: [], categories_nodes: [], categories_segments: [], categories_sizes: [] },
    default_left: nodes.map((_, i) => i % 2),
    id: tree,
    left_children: nodes.map(({ children }) => children?.[0] ?? -1),
    loss_changes: nodes.map(({ threshold }) => Number(single(threshold * 100))),
    parents: [...parents],
    right_children: nodes.map(({ children }) => children?.[1] ?? -1),
    split_conditions: nodes.map(({ children, threshold }, i) =>
      Number(single(children === null ? i / 1033 : threshold)),
    ),
    split_indices: nodes.map(({ feature }) => feature),
    split_type: nodes.map(() => 0),
    sum_hessian: nodes.map((_, i) => 1000 - i),
    tree_param: {
      num_deleted: '0',
      num_feature: String(FEATURES),
      num_nodes: String(nodes.length),
      size_leaf_vector: '1',
    },
  });
}

export function largeXgboost(bytes: number): MadeModel {
  const trees = fillWithTrees(bytes, xgboostTree);
  const shell = {
    learner: {
      attributes: {},
      feature_names: featureNames(),
      feature_types: featureNames().map(() => 'float'),
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: '1', num_trees: String(trees.length) },
          tree_info: trees.map(() => 0),
          trees: ['TREES'],
        },
        name: 'gbtree',
      },
      learner_model_param: {
        ...{ base_score: '5E-1', boost_from_average: '1', num_class: '0', num_target: '1' },
        num_feature: String(FEATURES),
      },
      objective: { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
    },
    version: [2, 1, 0],
  };
  const [before, after] = JSON.stringify(shell).split('"TREES"');
  return { name: 'XGBoost JSON', bytes: new TextEncoder().encode(`${before}${trees.join(',')}${after}`) };
}

/** Bytes of a node in an ONNX file, about: six attributes of whole numbers, one of texts, one of floats. */
const ONNX_NODE_BYTES = 30;

export function largeOnnx(bytes: number): MadeModel {
  const trees = Math.round(bytes / (2 * LEAVES - 1) / ONNX_NODE_BYTES);
  return { name: 'ONNX', bytes: randomForestOnnx({ trees, leaves: LEAVES, features: FEATURES }, SEED) };
}
