import { drain, type Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { prepareInterventional } from './interventional-shap.ts';
import { longTreeQuestion } from './long-trees.ts';
import type { PatternGroups } from './pattern-groups.ts';
import { planPatterns, type TableRoom } from './pattern-plan.ts';
import { type GroupRows, rowsByGroups } from './pattern-rows.ts';
import type { Contributions, PreparedShap } from './prepared-shap.ts';
import { preparePathDependent } from './quadrature-shap.ts';
import type { ShapQuestion } from './shap-question.ts';

/**
 * SHAP of trees by pattern tables (docs/methods.md): per group of leaves, the contributions of all patterns of its
 * conditions are computed once; each row then costs one look-up per group and column. Exact but for rounding, for
 * path-dependent and interventional questions; trees with longer paths than can be tabulated are answered one by one.
 *
 * Tables are built at the first block and kept when all of them are few (48 MB), else built again for each block, a few
 * at a time: for blocks of a thousand rows and more.
 *
 * @param room memory for tables; 48 MB when left out
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `empty-sample` for a background without rows
 */
export function preparePatternShap(question: ShapQuestion, room?: TableRoom): PreparedShap {
  const plan = planPatterns(question, 'contributions', room);
  const long = longTreeQuestion(question, plan.groups.longTrees);
  const ofLong = long === null ? null : prepareUntabulated(long);
  return {
    baseValue: plan.baseValue + (ofLong?.baseValue ?? 0),
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const out = new Float64Array(question.columnCount * block.rowCount);
      yield* rowsByGroups(plan, block, (rows) => addContributions(plan.groups, rows, block.rowCount, out));
      if (ofLong !== null) {
        const rest = yield* ofLong.explain(block);
        for (let i = 0; i < out.length; i++) out[i]! += rest[i]!;
      }
      return out;
    },
  };
}

/** {@link preparePatternShap} for one block, in one go. */
export function patternShap(question: ShapQuestion, block: FeatureBlock): Contributions {
  const { baseValue, explain } = preparePatternShap(question);
  return { baseValue, values: drain(explain(block)) };
}

function prepareUntabulated(question: ShapQuestion): PreparedShap {
  return question.expectation.kind === 'path-dependent'
    ? preparePathDependent(question)
    : prepareInterventional(question);
}

function addContributions(
  { groupSlots, slotColumns, bitCounts }: PatternGroups,
  { group, tables, table, patterns, rowStart, rowCount }: GroupRows,
  columnLength: number,
  out: Float64Array,
): void {
  let place = table;
  for (let slot = groupSlots[group]!; slot < groupSlots[group + 1]!; slot++) {
    const to = slotColumns[slot]! * columnLength + rowStart;
    for (let i = 0; i < rowCount; i++) out[to + i]! += tables[place + patterns[i]!]!;
    place += 1 << bitCounts[group]!;
  }
}
