import type { LinkedTrees } from './linked-trees.ts';

/**
 * Which outputs every row adds to: 1 where some tree names the output in each of its leaves. ONNX Runtime treats an output
 * that the leaves of a row leave out in ways of its own (its base value is dropped; of two classes, the other one changes
 * its meaning).
 *
 * O(nodes + weights).
 */
export function scoredOutputs(trees: LinkedTrees, outputCount: number): Uint8Array {
  const { leafStarts, weightOutputs, whenTrue, whenFalse } = trees;
  const scored = new Uint8Array(outputCount);
  const seenBy = new Int32Array(trees.features.length).fill(-1);
  trees.roots.forEach((root, tree) => {
    const leavesOf = new Map<number, number>();
    let leafCount = 0;
    const open = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next >= 0) {
        if (seenBy[next] === tree) continue;
        // Trees that share nodes are walked once; the second one proves nothing.
        if (seenBy[next] !== -1) return;
        seenBy[next] = tree;
        open.push(whenTrue[next]!, whenFalse[next]!);
        continue;
      }
      leafCount += 1;
      for (let weight = leafStarts[~next]!; weight < leafStarts[~next + 1]!; weight++) {
        const output = weightOutputs[weight]!;
        leavesOf.set(output, (leavesOf.get(output) ?? 0) + 1);
      }
    }
    for (const [output, count] of leavesOf) {
      if (count === leafCount && output >= 0 && output < outputCount) scored[output] = 1;
    }
  });
  return scored;
}
