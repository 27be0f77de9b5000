import { drain, type Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { longTreeQuestion } from './long-trees.ts';
import type { PatternGroups } from './pattern-groups.ts';
import { planPatterns, type TableRoom } from './pattern-plan.ts';
import { type GroupRows, rowsByGroups } from './pattern-rows.ts';
import { preparePatternShap } from './pattern-shap.ts';
import type { Contributions, PreparedShap } from './prepared-shap.ts';
import { prepareInteractions } from './quadrature-interactions.ts';
import type { ShapQuestion } from './shap-question.ts';

/**
 * SHAP interaction values by pattern tables: as `prepareInteractions`, with the pairs of each group tabulated like its
 * contributions. Values: rowCount x columnCount x columnCount, symmetric; the diagonal is what makes a row of the matrix
 * add up to the column's contribution.
 *
 * @param room memory for tables; 48 MB when left out
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `empty-sample` for a background without rows
 */
export function preparePatternInteractions(question: ShapQuestion, room?: TableRoom): PreparedShap {
  const contributions = preparePatternShap(question, room);
  const plan = planPatterns(question, 'interactions', room);
  const long = longTreeQuestion(question, plan.groups.longTrees);
  const ofLong = long === null ? null : prepareInteractions(long);
  const { columnCount } = question;
  return {
    baseValue: contributions.baseValue,
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const out = new Float64Array(block.rowCount * columnCount * columnCount);
      yield* rowsByGroups(plan, block, (rows) => addPairs(plan.groups, rows, columnCount, out));
      if (ofLong !== null) addMatrices(out, yield* ofLong.explain(block));
      completeMatrices(out, columnCount, yield* contributions.explain(block), block.rowCount);
      return out;
    },
  };
}

/** {@link preparePatternInteractions} for one block, in one go. */
export function patternInteractions(question: ShapQuestion, block: FeatureBlock): Contributions {
  const { baseValue, explain } = preparePatternInteractions(question);
  return { baseValue, values: drain(explain(block)) };
}

/** Adds the pairs of a group's columns above the diagonal. */
function addPairs(
  { groupSlots, slotColumns, bitCounts }: PatternGroups,
  { group, tables, table, patterns, rowStart, rowCount }: GroupRows,
  columnCount: number,
  out: Float64Array,
): void {
  const columns = slotColumns.subarray(groupSlots[group]!, groupSlots[group + 1]!);
  let place = table;
  for (let a = 0; a < columns.length; a++) {
    for (let b = a + 1; b < columns.length; b++) {
      const [low, high] = [Math.min(columns[a]!, columns[b]!), Math.max(columns[a]!, columns[b]!)];
      let cell = (rowStart * columnCount + low) * columnCount + high;
      for (let i = 0; i < rowCount; i++, cell += columnCount * columnCount)
        out[cell]! += tables[place + patterns[i]!]!;
      place += 1 << bitCounts[group]!;
    }
  }
}

function addMatrices(out: Float64Array, others: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i]! += others[i]!;
}

/** Below the diagonal what is above it; on it what is left of the contribution. */
function completeMatrices(
  out: Float64Array,
  columnCount: number,
  contributions: Float64Array,
  rowCount: number,
): void {
  for (let row = 0; row < rowCount; row++) {
    const matrix = row * columnCount * columnCount;
    for (let a = 0; a < columnCount; a++) {
      let main = contributions[a * rowCount + row]!;
      for (let b = 0; b < columnCount; b++) {
        if (b === a) continue;
        if (b < a) out[matrix + a * columnCount + b] = out[matrix + b * columnCount + a]!;
        main -= out[matrix + a * columnCount + b]!;
      }
      out[matrix + a * columnCount + a] = main;
    }
  }
}
