import { goesLeft } from '../trees/evaluate-trees.ts';
import { type FeatureBlock, missingRule, splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';
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
    for (const node of this.#nodes) {
      const column = rows.columns[this.#ensemble.features[node]!]!;
      writeSides(this.#ensemble, node, column, rowStart, this.#rowCount, this.#masks, this.#starts[node]!);
    }
  }

  /**
   * The patterns of the loaded rows in one of the loaded groups.
   *
   * @param out receives one pattern per row
   */
  patternsOf(group: number, out: Uint16Array): void {
    const { bitCounts, groupOps, opNodes, opBits, opInverted } = this.#groups;
    const rowCount = this.#rowCount;
    out.fill((1 << bitCounts[group]!) - 1, 0, rowCount);
    for (let op = groupOps[group]!; op < groupOps[group + 1]!; op++) {
      // The condition fails on the left when it is inverted, else on the right.
      const failing = 1 - opInverted[op]!;
      clearFailing(out, opBits[op]!, this.#masks, this.#starts[opNodes[op]!]!, failing, rowCount);
    }
  }
}

/** Clears a bit in the rows whose byte, beginning at `start`, with its lowest bit flipped when `flip` is 1, is 1. */
function clearFailing(
  patterns: Uint16Array,
  bit: number,
  masks: Uint8Array,
  start: number,
  flip: number,
  rowCount: number,
): void {
  for (let i = 0; i < rowCount; i++) patterns[i]! &= ~((masks[start + i]! ^ flip) << bit);
}

/** Writes for each of some rows 1 when it goes left at a node, else 0, as `goesLeft` has it. */
function writeSides(
  ensemble: TreeEnsemble,
  node: number,
  column: Float64Array,
  rowStart: number,
  rowCount: number,
  out: Uint8Array,
  start: number,
): void {
  const rule = ensemble.rules[node]!;
  const isOrdered = rule === splitRule.less || rule === splitRule.lessOrEqual;
  if (!isOrdered || ensemble.missing[node] === missingRule.nanAndZero) {
    for (let i = 0; i < rowCount; i++)
      out[start + i] = goesLeft(ensemble, node, column[rowStart + i]!) ? 1 : 0;
    return;
  }
  // Splits by order are nearly all there are, and each call of goesLeft looks the node up again.
  const threshold = ensemble.thresholds[node]!;
  const ofMissing = goesLeft(ensemble, node, Number.NaN) ? 1 : 0;
  const isStrict = rule === splitRule.less;
  const isFloat32 = ensemble.comparison === 'float32';
  for (let i = 0; i < rowCount; i++) {
    const value = column[rowStart + i]!;
    const x = isFloat32 ? Math.fround(value) : value;
    const isBelow = isStrict ? x < threshold : x <= threshold;
    out[start + i] = Number.isNaN(x) ? ofMissing : isBelow ? 1 : 0;
  }
}
