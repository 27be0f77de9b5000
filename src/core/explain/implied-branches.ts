import { missingRule, splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';

/**
 * The branches among some of one feature that the others do not imply: a row that takes those takes all of them.
 *
 * `x <= 3` implies `x <= 5` when missing values cannot tell the two apart. Equalities and category sets are kept.
 *
 * @param branches of nodes that split on one feature: twice the node, plus 1 for right
 * @returns at least one of them, in their order
 */
export function withoutImplied(ensemble: TreeEnsemble, branches: readonly number[]): readonly number[] {
  let kept: number[] = [];
  for (const branch of branches) {
    if (kept.some((other) => implies(ensemble, other, branch))) continue;
    kept = kept.filter((other) => !implies(ensemble, branch, other));
    kept.push(branch);
  }
  return kept;
}

/** Whether every row that takes branch a takes branch b; false also where it cannot be told. */
function implies(ensemble: TreeEnsemble, a: number, b: number): boolean {
  const { rules, missing, defaultLeft, thresholds } = ensemble;
  const [nodeA, nodeB, goesRight] = [a >> 1, b >> 1, (a & 1) === 1];
  const [ruleA, ruleB] = [rules[nodeA]!, rules[nodeB]!];
  if ((a & 1) !== (b & 1) || !isOrdered(ruleA) || !isOrdered(ruleB)) return false;
  if (missing[nodeA] !== missing[nodeB]) return false;
  const takesMissing = (node: number) => (defaultLeft[node] === 1) !== goesRight;
  if (missing[nodeA] !== missingRule.nanIsZero && takesMissing(nodeA) && !takesMissing(nodeB)) return false;
  const [thresholdA, thresholdB] = [thresholds[nodeA]!, thresholds[nodeB]!];
  if (thresholdA === thresholdB) {
    return ruleA === ruleB || ruleA === (goesRight ? splitRule.lessOrEqual : splitRule.less);
  }
  return goesRight ? thresholdA > thresholdB : thresholdA < thresholdB;
}

function isOrdered(rule: number): boolean {
  return rule === splitRule.less || rule === splitRule.lessOrEqual;
}
