import type { Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { PatternMasks } from './pattern-masks.ts';
import { type PatternPlan, treeRuns } from './pattern-plan.ts';
import { placeCount } from './pattern-tables.ts';

/** The patterns of some rows in a group, and where the group's table is. */
export interface GroupRows {
  readonly group: number;
  readonly tables: Float64Array;
  /** Where the table begins: place k at pattern p is number k x 2^bits + p from here. */
  readonly table: number;
  /** Per row, from `rowStart` on. */
  readonly patterns: Uint16Array;
  readonly rowStart: number;
  readonly rowCount: number;
}

/** Rows that run over a batch of tables between two yields. */
const CHUNK_ROWS = 1024;

/**
 * Hands every group and every row of a block to `addGroup`, in runs of rows. For each row groups ascend, so that sums over
 * them do not depend on the rows beside it. Progress is in rows.
 */
export function* rowsByGroups(
  plan: PatternPlan,
  block: FeatureBlock,
  addGroup: (rows: GroupRows) => void,
): Sliced<void> {
  const { rowCount: total } = block;
  const { batches, groups, question, kind } = plan;
  const masks = new PatternMasks(question.ensemble, groups);
  const patterns = new Uint16Array(Math.min(CHUNK_ROWS, total));
  for (const [done, batch] of batches.entries()) {
    const tables = plan.tablesOf(batch);
    for (let rowStart = 0; rowStart < total; rowStart += CHUNK_ROWS) {
      const rowCount = Math.min(CHUNK_ROWS, total - rowStart);
      let table = 0;
      for (const { start, end } of treeRuns(groups, batch)) {
        masks.load(start, end, block, rowStart, rowStart + rowCount);
        for (let group = start; group < end; group++) {
          masks.patternsOf(group, patterns);
          addGroup({ group, tables, table, patterns, rowStart, rowCount });
          table += placeCount(groups, group, kind) << groups.bitCounts[group]!;
        }
      }
      yield { done: Math.floor((total * done + rowStart + rowCount) / batches.length), total };
    }
  }
}
