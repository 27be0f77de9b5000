import { goesLeft } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { PatternGroups } from './pattern-groups.ts';

/** Patterns of a run of rows in the groups of one tree: each node is evaluated once, whatever the rule of its split. */
export class PatternMasks {
  readonly #ensemble: TreeEnsemble;
  readonly #groups: PatternGroups;
  /** Per node: where its bytes begin, -1 when it was not evaluated. */
  readonly #starts: Int32Array;
  #nodes: number[] = [];
  /** Per evaluated node and row: 1 when the row goes left. */
  #masks = new Uint8Array(0);
  #rowCount = 0;

  constructor(ensemble: TreeEnsemble, groups: PatternGroups) {
    this.#ensemble = ensemble;
    this.#groups = groups;
    this.#starts = new Int32Array(ensemble.features.length).fill(-1);
  }

  /** Evaluates the nodes of groups [groupStart, groupEnd) for rows [rowStart, rowEnd); what was there is forgotten. */
  load(groupStart: number, groupEnd: number, rows: FeatureBlock, rowStart: number, rowEnd: number): void {
    const { groupOps, opNodes } = this.#groups;
    for (const node of this.#nodes) this.#starts[node] = -1;
    this.#nodes = [];
    this.#rowCount = rowEnd - rowStart;
    for (let op = groupOps[groupStart]!; op < groupOps[groupEnd]!; op++) {
      const node = opNodes[op]!;
      if (this.#starts[node]! >= 0) continue;
      this.#starts[node] = this.#nodes.length * this.#rowCount;
      this.#nodes.push(node);
    }
    const size = this.#nodes.length * this.#rowCount;
    if (this.#masks.length < size) this.#masks = new Uint8Array(size);
    for (const node of this.#nodes) this.#evaluate(node, rows, rowStart);
  }

  /**
   * The patterns of the loaded rows in one of the loaded groups.
   *
   * @param out receives one pattern per row
   */
  patternsOf(group: number, out: Uint16Array): void {
    const { bitCounts, groupOps, opNodes, opBits, opInverted } = this.#groups;
    const masks = this.#masks;
    const rowCount = this.#rowCount;
    out.fill((1 << bitCounts[group]!) - 1, 0, rowCount);
    for (let op = groupOps[group]!; op < groupOps[group + 1]!; op++) {
      const start = this.#starts[opNodes[op]!]!;
      const bit = opBits[op]!;
      // The side on which the condition fails.
      const fails = opInverted[op]!;
      for (let i = 0; i < rowCount; i++) if (masks[start + i] === fails) out[i]! &= ~(1 << bit);
    }
  }

  #evaluate(node: number, rows: FeatureBlock, rowStart: number): void {
    const ensemble = this.#ensemble;
    const column = rows.columns[ensemble.features[node]!]!;
    const start = this.#starts[node]!;
    for (let i = 0; i < this.#rowCount; i++)
      this.#masks[start + i] = goesLeft(ensemble, node, column[rowStart + i]!) ? 1 : 0;
  }
}
