import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import { isDraft } from './draft-groups.ts';
import { MAX_BITS } from './pattern-groups.ts';
import { outlineTrees } from './tree-outline.ts';

/** What the tables of an output's trees would take. */
interface DraftTableSize {
  /** Bytes of all tables of contributions, and of pairs, in float64. */
  readonly contributions: number;
  readonly interactions: number;
  /** Inner nodes of the trees that would be tabulated. */
  readonly nodes: number;
}

/**
 * How large the tables of `planGroups` would be, told from the subtrees before they are merged: groups that can be merged
 * have small tables, so that they hardly count where the total is large. Columns that features share are not seen.
 *
 * @param output the margin that is explained, from 0; trees with a path too long for a table do not count
 * O(nodes x depth), a small part of what the groups cost.
 */
export function draftTableSize(ensemble: TreeEnsemble, output: number): DraftTableSize {
  const { roots, left, right, leafWidth, treeOutputs } = ensemble;
  const outline = outlineTrees(ensemble);
  const size = { contributions: 0, interactions: 0, nodes: 0 };
  const open: number[] = [];
  for (const [tree, root] of roots.entries()) {
    if (leafWidth === 1 && treeOutputs[tree] !== output) continue;
    if (root < 0 || outline.mostFeatures[root]! > MAX_BITS) continue;
    size.nodes += outline.nodesBelow[root]!;
    open.push(root);
  }
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (isDraft(outline, top)) {
      addTable(size, outline.featuresAbove[top]! + outline.nodesBelow[top]!);
      continue;
    }
    const children = [left[top]!, right[top]!];
    const inner = children.filter((child) => child >= 0);
    open.push(...inner);
    // Features of a path that ends here: those above an inner child, or the most below where there is none.
    const features = inner.length > 0 ? outline.featuresAbove[inner[0]!]! : outline.mostFeatures[top]!;
    for (const child of children) if (child < 0) addTable(size, features);
  }
  return size;
}

function addTable(size: { contributions: number; interactions: number }, bits: number): void {
  size.contributions += (8 * bits) << bits;
  size.interactions += (4 * bits * (bits - 1)) << bits;
}
