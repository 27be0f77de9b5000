/**
 * Tree nodes of an ONNX file with their children found, before they become a `TreeEnsemble`: what both generations of
 * tree operators (TreeEnsembleClassifier and TreeEnsembleRegressor; TreeEnsemble of opset 5) are read into.
 */

/**
 * How a node compares, by the names of the operator's `nodes_modes`. Opset 5's BRANCH_MEMBER is one of two: `member` takes
 * the value without its fraction, `memberExactly` as it is.
 */
export const nodeMode = {
  lessOrEqual: 0,
  less: 1,
  greaterOrEqual: 2,
  greater: 3,
  equal: 4,
  notEqual: 5,
  member: 6,
  memberExactly: 7,
} as const;

export interface LinkedTrees {
  /** Per tree, in the order in which their values are added: a node, or ~leaf. */
  readonly roots: Int32Array;
  /** Per node. */
  readonly features: Int32Array;
  /** {@link nodeMode} */
  readonly modes: Uint8Array;
  readonly values: Float64Array;
  /** 1 where NaN takes the true branch whatever the comparison says. */
  readonly tracksTrue: Uint8Array;
  /** A node, or ~leaf; several parents may share one. */
  readonly whenTrue: Int32Array;
  readonly whenFalse: Int32Array;
  /** Whole numbers from 0: the sets of `member` and `memberExactly` nodes, by node. */
  readonly members: ReadonlyMap<number, Float64Array>;
  /** First weight of each leaf, one entry more than there are leaves. */
  readonly leafStarts: Int32Array;
  /** Per weight: the output it is added to, and the value. */
  readonly weightOutputs: Int32Array;
  readonly weightValues: Float64Array;
  /** TensorProto.DataType of the tensors that hold thresholds or leaf values; null where plain float lists do. */
  readonly tensorType: number | null;
}

/** Groups weights by leaf, keeping their order. */
export function groupByLeaf(
  leafOfWeight: Int32Array,
  leafCount: number,
  outputs: Int32Array,
  values: Float64Array,
): Pick<LinkedTrees, 'leafStarts' | 'weightOutputs' | 'weightValues'> {
  const leafStarts = new Int32Array(leafCount + 1);
  for (const leaf of leafOfWeight) leafStarts[leaf + 1]! += 1;
  for (let leaf = 0; leaf < leafCount; leaf++) leafStarts[leaf + 1]! += leafStarts[leaf]!;
  const next = leafStarts.slice();
  const weightOutputs = new Int32Array(outputs.length);
  const weightValues = new Float64Array(values.length);
  leafOfWeight.forEach((leaf, i) => {
    const at = next[leaf]!;
    next[leaf] = at + 1;
    weightOutputs[at] = outputs[i]!;
    weightValues[at] = values[i]!;
  });
  return { leafStarts, weightOutputs, weightValues };
}
