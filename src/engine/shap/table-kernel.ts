import { tabulatedBase } from '../../core/explain/pattern-plan.ts';
import type { PreparedShap } from '../../core/explain/prepared-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { drain, type Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { TABLE_MEMORY, type TableMemory, type TablePlan } from './table-plan.ts';
import { addTables, type Running } from './table-run.ts';
import {
  planContributions,
  prepareLongTrees,
  startKernel,
  TABLE_KERNEL_NAME,
  tableError,
} from './table-start.ts';
import type { TreeExplainer } from './tree-explainer.ts';

/**
 * Why the table kernel cannot answer a question, as one sentence for the reader of a report; null when it can.
 *
 * O(nodes x depth).
 */
export function tableRefusal(question: ShapQuestion): string | null {
  const plan = planContributions(question, TABLE_MEMORY);
  if (typeof plan === 'string') return plan;
  planned = new WeakRef(plan);
  return null;
}

/** The last plan: an explainer is often made right after it was asked whether there can be one. */
let planned: WeakRef<TablePlan> | null = null;

function plannedOrPlan(question: ShapQuestion, memory: TableMemory): TablePlan | string {
  const last = memory === TABLE_MEMORY ? planned?.deref() : undefined;
  planned = null;
  return last?.question === question ? last : planContributions(question, memory);
}

/**
 * SHAP of trees by tables of patterns (docs/methods.md), path-dependent and interventional: exact but for rounding. Tables
 * are built at the first rows; where all of them fit into `memory` they are kept, else they are built again for every
 * 65,536 rows (fewer with many columns), so that blocks should be large. Trees with too long paths are explained one by one
 * and added.
 *
 * One answer at a time: an unfinished one throws when it goes on after another began. Several explainers may live in one
 * thread.
 *
 * @throws {ModelError} `session-failed` with the sentence of {@link tableRefusal}, or when the memory cannot be had
 */
export function createTableExplainer(
  question: ShapQuestion,
  memory: TableMemory = TABLE_MEMORY,
): TreeExplainer {
  const plan = plannedOrPlan(question, memory);
  if (typeof plan === 'string') throw tableError(plan);
  const others = prepareLongTrees(plan);
  let running: Running | null = startKernel(plan);
  const explainSliced = (block: FeatureBlock) => {
    if (running === null) throw tableError('It was released.');
    return explainBoth(running, others, block);
  };
  return {
    name: TABLE_KERNEL_NAME,
    baseValue: tabulatedBase(question, plan) + (others?.baseValue ?? 0),
    explain: (block) => drain(explainSliced(block)),
    explainSliced,
    release() {
      running = null;
    },
  };
}

function* explainBoth(
  running: Running,
  others: PreparedShap | null,
  block: FeatureBlock,
): Sliced<Float64Array> {
  const values = yield* addTables(running, block);
  if (others === null) return values;
  const rest = yield* others.explain(block);
  for (let i = 0; i < values.length; i++) values[i]! += rest[i]!;
  return values;
}
