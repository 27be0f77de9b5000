import type { GrownNode } from './grow-forest.ts';

/** decision_type of LightGBM: missing is NaN, and where it goes. */
const NAN_RIGHT = 8;
const NAN_LEFT = 10;

/** Grown trees as a LightGBM text model, which the product reads, and LightGBM itself. */
export function lightgbmText(trees: readonly GrownNode[], features: number): string {
  const names = Array.from({ length: features }, (_, j) => `x${j}`);
  const texts = trees.map(treeText);
  return [
    'tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n',
    `max_feature_idx=${features - 1}\nobjective=binary sigmoid:1\nfeature_names=${names.join(' ')}\n`,
    `feature_infos=${names.map(() => '[-1e300:1e300]').join(' ')}\n`,
    `tree_sizes=${texts.map(({ length }) => length).join(' ')}\n\n`,
    ...texts,
    'end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:null\n',
  ].join('');
}

/** Inner nodes and leaves are numbered apart; a leaf as a child is ~leaf. */
function treeText(root: GrownNode, tree: number): string {
  const splits: GrownNode[] = [];
  const leaves: GrownNode[] = [];
  const numbers = new Map<GrownNode, number>();
  const visit = (node: GrownNode): void => {
    const list = node.children === null ? leaves : splits;
    const place = list.push(node) - 1;
    numbers.set(node, node.children === null ? ~place : place);
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  const ofSplits = (name: string, value: (node: GrownNode) => number) =>
    `${name}=${splits.map(value).join(' ')}\n`;
  const ofLeaves = (name: string, value: (node: GrownNode) => number) =>
    `${name}=${leaves.map(value).join(' ')}\n`;
  return [
    `Tree=${tree}\nnum_leaves=${leaves.length}\nnum_cat=0\n`,
    ofSplits('split_feature', ({ feature }) => feature),
    ofSplits('split_gain', () => 1),
    ofSplits('threshold', ({ threshold }) => threshold),
    ofSplits('decision_type', ({ defaultLeft }) => (defaultLeft ? NAN_LEFT : NAN_RIGHT)),
    ofSplits('left_child', ({ children }) => numbers.get(children![0])!),
    ofSplits('right_child', ({ children }) => numbers.get(children![1])!),
    ofLeaves('leaf_value', ({ value }) => value),
    ofLeaves('leaf_weight', ({ rows }) => rows),
    ofLeaves('leaf_count', ({ rows }) => rows),
    ofSplits('internal_value', () => 0),
    ofSplits('internal_weight', ({ rows }) => rows),
    ofSplits('internal_count', ({ rows }) => rows),
    'is_linear=0\nshrinkage=0.08\n\n\n',
  ].join('');
}
