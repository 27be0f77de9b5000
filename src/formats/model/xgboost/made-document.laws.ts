/** XGBoost documents made by hand, for tests. */

/** A document of one tree: root on feature 0 below 1.5, leaves -1 and 2, missing right. */
export function documentOf(changes: {
  readonly learner?: object;
  readonly params?: object;
  readonly booster?: object;
  readonly model?: object;
  readonly tree?: object;
  readonly trees?: readonly object[];
  readonly objective?: string;
  readonly version?: readonly number[];
}): object {
  const tree = {
    id: 0,
    tree_param: { num_feature: '2', num_nodes: '3', size_leaf_vector: '1' },
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [0, 0, 0],
    split_conditions: [1.5, -1, 2],
    split_type: [0, 0, 0],
    default_left: [0, 0, 0],
    sum_hessian: [10, 4, 6],
    loss_changes: [3, 0, 0],
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    ...changes.tree,
  };
  const trees = changes.trees ?? [tree];
  const model = {
    gbtree_model_param: { num_trees: `${trees.length}`, num_parallel_tree: '1' },
    tree_info: trees.map(() => 0),
    trees: trees.map((given, id) => ({ ...tree, id, ...given })),
    ...changes.model,
  };
  return {
    learner: {
      attributes: {},
      feature_names: ['a', 'b'],
      feature_types: ['float', 'float'],
      gradient_booster: { name: 'gbtree', model, ...changes.booster },
      learner_model_param: {
        base_score: '5E-1',
        num_class: '0',
        num_feature: '2',
        num_target: '1',
        ...changes.params,
      },
      objective: { name: changes.objective ?? 'binary:logistic' },
      ...changes.learner,
    },
    version: changes.version ?? [3, 1, 0],
  };
}

/** The bytes of a document, or of a text. */
export function bytesOf(document: object | string): Uint8Array {
  return new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document));
}
