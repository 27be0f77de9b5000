import { drain, type Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { prepareInterventional } from './interventional-shap.ts';
import { longTreeQuestion } from './long-trees.ts';
import { PatternMasks } from './pattern-masks.ts';
import { type PatternPlan, planPatterns, type TableBatch, treeRuns } from './pattern-plan.ts';
import type { Contributions, PreparedShap } from './prepared-shap.ts';
import { preparePathDependent } from './quadrature-shap.ts';
import type { ShapQuestion } from './shap-question.ts';

/**
 * SHAP of trees by pattern tables (docs/methods.md): per group of leaves, the contributions of all patterns of its
 * conditions are computed once; each row then costs one look-up per group and column. Exact but for rounding, for path-dependent
 * and interventional questions; trees with longer paths than can be tabulated are answered one by one.
 *
 * Tables are built at the first block and kept when all of them are few (48 MB), else built again for each block, a few
 * at a time: for blocks of a thousand rows and more.
 */
export function preparePatternShap(question: ShapQuestion): PreparedShap {
  const plan = planPatterns(question, 'contributions');
  const long = longTreeQuestion(question, plan.groups.longTrees);
  const prepared = long === null ? null : prepareDirect(long);
  return {
    baseValue: plan.baseValue + (prepared?.baseValue ?? 0),
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const out = yield* addTables(plan, block);
      if (prepared !== null) {
        const rest = yield* prepared.explain(block);
        for (let i = 0; i < out.length; i++) out[i]! += rest[i]!;
      }
      return out;
    },
  };
}

function prepareDirect(question: ShapQuestion): PreparedShap {
  return question.expectation.kind === 'path-dependent'
    ? preparePathDependent(question)
    : prepareInterventional(question);
}

/** {@link preparePatternShap} for one block, in one go. */
export function patternShap(question: ShapQuestion, block: FeatureBlock): Contributions {
  const { baseValue, explain } = preparePatternShap(question);
  return { baseValue, values: drain(explain(block)) };
}

/** Rows that run over a batch of tables between two yields. */
const CHUNK_ROWS = 1024;

function* addTables(plan: PatternPlan, block: FeatureBlock): Sliced<Float64Array> {
  const { rowCount } = block;
  const { batches, question } = plan;
  const out = new Float64Array(question.columnCount * rowCount);
  const room = {
    masks: new PatternMasks(question.ensemble, plan.groups),
    patterns: new Uint16Array(Math.min(CHUNK_ROWS, rowCount)),
  };
  for (const [done, batch] of batches.entries()) {
    const tables = plan.tablesOf(batch);
    for (let start = 0; start < rowCount; start += CHUNK_ROWS) {
      const end = Math.min(start + CHUNK_ROWS, rowCount);
      addBatch(plan, batch, tables, block, start, end, room, out);
      yield { done: Math.floor((rowCount * done + end) / batches.length), total: rowCount };
    }
  }
  return out;
}

interface RowRoom {
  readonly masks: PatternMasks;
  readonly patterns: Uint16Array;
}

function addBatch(
  { groups }: PatternPlan,
  batch: TableBatch,
  tables: Float64Array,
  block: FeatureBlock,
  rowStart: number,
  rowEnd: number,
  { masks, patterns }: RowRoom,
  out: Float64Array,
): void {
  const { groupSlots, slotColumns, bitCounts } = groups;
  let table = 0;
  for (const run of treeRuns(groups, batch)) {
    masks.load(run.start, run.end, block, rowStart, rowEnd);
    for (let group = run.start; group < run.end; group++) {
      masks.patternsOf(group, patterns);
      for (let slot = groupSlots[group]!; slot < groupSlots[group + 1]!; slot++) {
        const to = slotColumns[slot]! * block.rowCount + rowStart;
        addPlace(out, to, tables, table, patterns, rowEnd - rowStart);
        table += 1 << bitCounts[group]!;
      }
    }
  }
}

/** Adds to each row the number of its pattern; that of pattern 0 is at `table`. */
function addPlace(
  out: Float64Array,
  to: number,
  tables: Float64Array,
  table: number,
  patterns: Uint16Array,
  rowCount: number,
): void {
  for (let i = 0; i < rowCount; i++) out[to + i]! += tables[table + patterns[i]!]!;
}
