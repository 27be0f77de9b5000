import type { TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';

/**
 * An ensemble with trees of one leaf behind its own where ONNX Runtime would not read it as it is meant: for outputs that no
 * tree adds to, and for two classes with a margin each. Margins stay what they are.
 */
export function withLeafTreesFor(ensemble: TreeEnsemble): TreeEnsemble {
  return withEveryOutput(withBaseTrees(ensemble));
}

/**
 * Two classes of a margin each: with trees of one leaf in place of the base values, which ONNX Runtime reads as those of one
 * margin; and as every row then scores both classes, it takes neither for the only one.
 */
function withBaseTrees(ensemble: TreeEnsemble): TreeEnsemble {
  const { outputCount, classCount, leafWidth, baseValues } = ensemble;
  if (outputCount !== 2 || classCount !== 2) return ensemble;
  const outputs = leafWidth > 1 ? [0] : [0, 1];
  const grown = withLeafTrees(ensemble, outputs, baseValues);
  return { ...grown, baseValues: new Float64Array(2) };
}

/** With a tree of one zero for each output that no tree adds to: ONNX Runtime drops the base value of such an output. */
function withEveryOutput(ensemble: TreeEnsemble): TreeEnsemble {
  const { outputCount, leafWidth, treeOutputs } = ensemble;
  const added = Array.from({ length: outputCount }, (_, k) => k).filter((k) => !treeOutputs.includes(k));
  if (leafWidth > 1 || added.length === 0) return ensemble;
  return withLeafTrees(ensemble, added, new Float64Array(added.length));
}

/** With trees of one leaf behind the others: one per output given, with its values (`leafWidth` each). */
function withLeafTrees(
  ensemble: TreeEnsemble,
  outputs: readonly number[],
  values: Float64Array,
): TreeEnsemble {
  const { leafWidth, leafValues, roots, treeOutputs, treeWeights } = ensemble;
  const leafCount = leafValues.length / leafWidth;
  return {
    ...ensemble,
    roots: Int32Array.from([...roots, ...outputs.map((_, i) => ~(leafCount + i))]),
    treeOutputs: Int32Array.from([...treeOutputs, ...outputs]),
    treeWeights: treeWeights === null ? null : Float64Array.from([...treeWeights, ...outputs.map(() => 1)]),
    leafValues: Float64Array.from([...leafValues, ...values]),
  };
}
