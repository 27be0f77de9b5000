import { tabulatedBase } from '../../core/explain/pattern-plan.ts';
import type { PreparedShap } from '../../core/explain/prepared-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { drain, type Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { TABLE_MEMORY, type TableMemory } from './table-plan.ts';
import { addTables, type Running } from './table-run.ts';
import {
  type PairPlans,
  planInteractions,
  prepareLongTrees,
  startKernel,
  TABLE_KERNEL_NAME,
  tableError,
} from './table-start.ts';
import type { InteractionExplainer } from './tree-explainer.ts';

interface Runnings {
  readonly values: Running;
  readonly pairs: Running;
}

/** Like `tableRefusal`, for {@link createTableInteractions}. */
export function tableInteractionRefusal(question: ShapQuestion): string | null {
  const plans = planInteractions(question, TABLE_MEMORY);
  if (typeof plans === 'string') return plans;
  planned = new WeakRef(plans);
  return null;
}

/** The last plans: an explainer is often made right after it was asked whether there can be one. */
let planned: WeakRef<PairPlans> | null = null;

function plannedOrPlan(question: ShapQuestion, memory: TableMemory): PairPlans | string {
  const last = memory === TABLE_MEMORY ? planned?.deref() : undefined;
  planned = null;
  return last?.values.question === question ? last : planInteractions(question, memory);
}

/**
 * Interactions of columns by tables of patterns: like `createTableExplainer`, and a row of each matrix adds up to the
 * contribution that it gives. Pairs of features of one column belong to the diagonal.
 *
 * @throws {ModelError} `session-failed` with the sentence of {@link tableInteractionRefusal}, or when the memory cannot be had
 */
export function createTableInteractions(
  question: ShapQuestion,
  memory: TableMemory = TABLE_MEMORY,
): InteractionExplainer {
  const plans = plannedOrPlan(question, memory);
  if (typeof plans === 'string') throw tableError(plans);
  const others = prepareLongTrees(plans.pairs);
  let runnings: Runnings | null = { values: startKernel(plans.values), pairs: startKernel(plans.pairs) };
  const explainSliced = (block: FeatureBlock) => {
    if (runnings === null) throw tableError('It was released.');
    return explainPairs(runnings, others, block);
  };
  return {
    name: TABLE_KERNEL_NAME,
    baseValue: tabulatedBase(question, plans.values) + (others?.baseValue ?? 0),
    explain: (block) => drain(explainSliced(block)),
    explainSliced,
    release() {
      runnings = null;
    },
  };
}

function* explainPairs(
  { values, pairs }: Runnings,
  others: PreparedShap | null,
  block: FeatureBlock,
): Sliced<Float64Array> {
  const contributions = yield* addTables(values, block);
  const cells = yield* addTables(pairs, block);
  const out = matrices(contributions, cells, values.plan.question.columnCount, block.rowCount);
  if (others === null) return out;
  const rest = yield* others.explain(block);
  for (let i = 0; i < out.length; i++) out[i]! += rest[i]!;
  return out;
}

/** Both halves of each matrix from its pairs; the diagonal is what is left of a column's contribution. */
function matrices(
  contributions: Float64Array,
  cells: Float64Array,
  columns: number,
  rows: number,
): Float64Array {
  const out = new Float64Array(rows * columns * columns);
  for (let row = 0; row < rows; row++) {
    const first = row * columns * columns;
    for (let a = 0; a < columns; a++) out[first + a * columns + a] = contributions[a * rows + row]!;
    for (let a = 0, pair = 0; a < columns; a++) {
      for (let b = a + 1; b < columns; b++, pair++) {
        const value = cells[pair * rows + row]!;
        out[first + a * columns + b] = value;
        out[first + b * columns + a] = value;
        out[first + a * columns + a]! -= value;
        out[first + b * columns + b]! -= value;
      }
    }
  }
  return out;
}
