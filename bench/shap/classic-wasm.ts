import type { FeatureBlock } from '../../src/core/trees/tree-ensemble.ts';
import type { ClassicTrees } from './classic-tree-shap.ts';

const PAGE_BYTES = 65_536;
const PATH_ENTRY_BYTES = 32;

interface ClassicExports {
  setTrees(...addresses: number[]): void;
  explain(
    roots: number,
    trees: number,
    rows: number,
    count: number,
    width: number,
    out: number,
    paths: number,
  ): void;
}

/** Classic TreeSHAP of one forest in WebAssembly. */
export interface ClassicWasm {
  /** As `classicTreeShap`. */
  explain(block: FeatureBlock, rows: readonly [number, number]): Float64Array;
}

/**
 * Readies the compiled classic.as.ts for a forest.
 *
 * @param rowCount rows that are explained at once, at most
 */
export function createClassicWasm(
  wasm: Uint8Array<ArrayBuffer>,
  trees: ClassicTrees,
  rowCount: number,
  features: number,
): ClassicWasm {
  const { covers, depth } = trees;
  const parts = [
    ...[trees.features, trees.thresholds, trees.defaultLeft, trees.left, trees.right],
    ...[trees.values, covers.nodes, covers.leaves],
  ];
  const room = rowCount * features * 8;
  const pathBytes = ((depth + 2) * (depth + 3) * PATH_ENTRY_BYTES) / 2;
  // The module keeps its few statics at the beginning of the memory.
  let size = 1024;
  const take = (bytes: number) => {
    const at = size;
    size += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const addresses = parts.map(({ byteLength }) => take(byteLength));
  const roots = take(trees.roots.byteLength);
  const [rowsAt, outAt, paths] = [take(room), take(room), take(pathBytes)];
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE_BYTES) });
  for (const [i, part] of [...parts, trees.roots].entries()) {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    new Uint8Array(memory.buffer).set(bytes, [...addresses, roots][i]!);
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  const kernel = exports as unknown as ClassicExports;
  kernel.setTrees(...addresses);
  return {
    explain({ columns }, [start, end]) {
      const rows = new Float64Array(memory.buffer, rowsAt, rowCount * features);
      const out = new Float64Array(memory.buffer, outAt, (end - start) * features).fill(0);
      for (let row = start; row < end; row++) {
        for (let j = 0; j < features; j++) rows[(row - start) * features + j] = columns[j]![row]!;
      }
      kernel.explain(roots, trees.roots.length, rowsAt, end - start, features, outAt, paths);
      return out.slice();
    },
  };
}
