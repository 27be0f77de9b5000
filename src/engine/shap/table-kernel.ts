import { ModelError } from '../../core/errors.ts';
import { prepareInterventional } from '../../core/explain/interventional-shap.ts';
import { longTreeQuestion } from '../../core/explain/long-trees.ts';
import { tabulatedBase } from '../../core/explain/pattern-plan.ts';
import type { PreparedShap } from '../../core/explain/prepared-shap.ts';
import { preparePathDependent } from '../../core/explain/quadrature-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { drain, type Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { createQuadratureExplainer, quadratureRefusal } from './quadrature-kernel.ts';
import { SHAP_TABLE_KERNEL_BASE64 } from './table-kernel-bytes.ts';
import { planTables, TABLE_MEMORY, type TableMemory, type TablePlan } from './table-plan.ts';
import { addTables, type Running, startTables } from './table-run.ts';
import type { TreeExplainer } from './tree-explainer.ts';

/** What computes the contributions, for reports. The number changes with anything that could change a result. */
const TABLE_KERNEL_NAME = 'Cutline SHAP table kernel 1 (WebAssembly SIMD, float64)';

/** Most linear memory that one question may take. */
const MAX_BYTES = 512 * 2 ** 20;

let compiled: WebAssembly.Module | null = null;

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(SHAP_TABLE_KERNEL_BASE64), (character) => character.charCodeAt(0));
}

/** Compiled once per thread. */
function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

function planKernel(question: ShapQuestion, memory: TableMemory): TablePlan | string {
  if (compiled === null && !(typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes()))) {
    return 'There is no WebAssembly SIMD here.';
  }
  const plan = planTables(question, 'contributions', memory);
  if (typeof plan === 'string') return plan;
  const { trees, longTrees } = plan.groups;
  if (trees.length === 0 && longTrees.length > 0)
    return 'All of its trees ask for too many features on a path.';
  if (plan.layout.size > MAX_BYTES) {
    return `It would take more than ${MAX_BYTES / 2 ** 20} MB of memory in each worker.`;
  }
  return plan;
}

/**
 * Why the table kernel cannot answer a question, as one sentence for the reader of a report; null when it can.
 *
 * O(nodes x depth).
 */
export function tableRefusal(question: ShapQuestion): string | null {
  const plan = planKernel(question, TABLE_MEMORY);
  if (typeof plan === 'string') return plan;
  planned = new WeakRef(plan);
  return null;
}

/** The last plan: an explainer is often made right after it was asked whether there can be one. */
let planned: WeakRef<TablePlan> | null = null;

function plannedOrPlan(question: ShapQuestion, memory: TableMemory): TablePlan | string {
  const last = memory === TABLE_MEMORY ? planned?.deref() : undefined;
  planned = null;
  return last?.question === question ? last : planKernel(question, memory);
}

/**
 * SHAP of trees by tables of patterns (docs/methods.md), path-dependent and interventional: exact but for rounding. Tables
 * are built at the first rows; where all of them fit into `memory` they are kept, else they are built again for every
 * 65,536 rows (fewer with many columns), so that blocks should be large. Trees with too long paths are explained one by one
 * and added.
 *
 * One answer at a time: an unfinished one is of no use once another begins. Several explainers may live in one thread.
 *
 * @throws {ModelError} `session-failed` with the sentence of {@link tableRefusal}, or when the memory cannot be had
 */
export function createTableExplainer(
  question: ShapQuestion,
  memory: TableMemory = TABLE_MEMORY,
): TreeExplainer {
  const plan = plannedOrPlan(question, memory);
  if (typeof plan === 'string') throw refused(plan);
  const others = prepareLongTrees(plan);
  let running: Running | null = start(plan);
  const explainSliced = (block: FeatureBlock) => {
    if (running === null) throw refused('It was released.');
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

/** What explains the trees that are not tabulated, null when all are. */
function prepareLongTrees({ question, groups }: TablePlan): PreparedShap | null {
  const long = longTreeQuestion(question, groups.longTrees);
  if (long === null) return null;
  if (quadratureRefusal(long) === null) {
    const { baseValue, explainSliced } = createQuadratureExplainer(long);
    return { baseValue, explain: explainSliced };
  }
  return long.expectation.kind === 'path-dependent'
    ? preparePathDependent(long)
    : prepareInterventional(long);
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

function start(plan: TablePlan): Running {
  try {
    return startTables(plan, kernelModule());
  } catch (error) {
    if (error instanceof RangeError) throw refused('There is not enough memory for its tables.');
    throw error;
  }
}

function refused(why: string): ModelError {
  return new ModelError('session-failed', `The table kernel cannot explain this model. ${why}`, {
    advice: 'Explain with another method.',
  });
}
