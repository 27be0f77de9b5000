import type { ShapQuestion } from './shap-question.ts';

/**
 * The part of a question that is about some of its trees: those whose paths have too many features for a table. The base
 * value of the ensemble is left to the others, so that both answers add up.
 *
 * @param trees numbers of trees of the question's output
 * @returns null when there are none
 */
export function longTreeQuestion(question: ShapQuestion, trees: Int32Array): ShapQuestion | null {
  if (trees.length === 0) return null;
  const { ensemble } = question;
  const { roots, treeOutputs, treeWeights, baseValues } = ensemble;
  return {
    ...question,
    ensemble: {
      ...ensemble,
      roots: trees.map((tree) => roots[tree]!),
      treeOutputs: trees.map((tree) => treeOutputs[tree]!),
      treeWeights: treeWeights === null ? null : Float64Array.from(trees, (tree) => treeWeights[tree]!),
      baseValues: new Float64Array(baseValues.length),
    },
  };
}
