import { ModelError } from '../../core/errors.ts';
import { prepareInterventional } from '../../core/explain/interventional-shap.ts';
import { longTreeQuestion } from '../../core/explain/long-trees.ts';
import { MAX_BITS } from '../../core/explain/pattern-groups.ts';
import type { PreparedShap } from '../../core/explain/prepared-shap.ts';
import { prepareInteractions } from '../../core/explain/quadrature-interactions.ts';
import { preparePathDependent } from '../../core/explain/quadrature-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { createQuadratureExplainer, quadratureRefusal } from './quadrature-kernel.ts';
import { SHAP_TABLE_KERNEL_BASE64 } from './table-kernel-bytes.ts';
import { planPairs, planTables, type TableMemory, type TablePlan } from './table-plan.ts';
import { type Running, startTables } from './table-run.ts';

/** What computes the contributions, for reports. The number changes with anything that could change a result. */
export const TABLE_KERNEL_NAME = 'Cutline SHAP table kernel 1 (WebAssembly SIMD, float64)';

/** Most linear memory that one question may take. */
const MAX_BYTES = 512 * 2 ** 20;
const TOO_LARGE = `It would take more than ${MAX_BYTES / 2 ** 20} MB of memory in each worker.`;

let compiled: WebAssembly.Module | null = null;

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(SHAP_TABLE_KERNEL_BASE64), (character) => character.charCodeAt(0));
}

/** Compiled once per thread. */
function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

/** The plan of a question's contributions, or one sentence why the table kernel cannot answer it. O(nodes x depth). */
export function planContributions(question: ShapQuestion, memory: TableMemory): TablePlan | string {
  if (compiled === null && !(typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes()))) {
    return 'There is no WebAssembly SIMD here.';
  }
  const { expectation } = question;
  if (expectation.kind === 'interventional' && expectation.background.rowCount === 0) {
    return 'There are no background rows.';
  }
  const plan = planTables(question, memory);
  if (typeof plan === 'string') return plan;
  const { trees, longTrees } = plan.groups;
  if (trees.length === 0 && longTrees.length > 0) {
    return `Each of its trees asks for more than ${MAX_BITS} features on a path.`;
  }
  return isTooLarge(plan) ? TOO_LARGE : plan;
}

/** Like {@link planContributions}, with the plan of the interactions. */
export function planInteractions(question: ShapQuestion, memory: TableMemory): PairPlans | string {
  const values = planContributions(question, memory);
  if (typeof values === 'string') return values;
  const pairs = planPairs(values, memory);
  return isTooLarge(pairs) ? TOO_LARGE : { values, pairs };
}

/** Interactions need the contributions too, for the diagonal. */
export interface PairPlans {
  readonly values: TablePlan;
  readonly pairs: TablePlan;
}

function isTooLarge({ layout }: TablePlan): boolean {
  return layout.size > MAX_BYTES;
}

/**
 * Fills the kernel's memory for a plan.
 *
 * @throws {ModelError} `session-failed` when the memory cannot be had
 */
export function startKernel(plan: TablePlan): Running {
  try {
    return startTables(plan, kernelModule());
  } catch (error) {
    if (error instanceof RangeError) throw tableError('There is not enough memory for its tables.');
    throw error;
  }
}

/** What explains the trees that are not tabulated, null when all are. */
export function prepareLongTrees({ question, groups, kind }: TablePlan): PreparedShap | null {
  const long = longTreeQuestion(question, groups.longTrees);
  if (long === null) return null;
  if (kind === 'interactions') return prepareInteractions(long);
  if (quadratureRefusal(long) === null) {
    const { baseValue, explainSliced } = createQuadratureExplainer(long);
    return { baseValue, explain: explainSliced };
  }
  return long.expectation.kind === 'path-dependent'
    ? preparePathDependent(long)
    : prepareInterventional(long);
}

/** Why there is no answer: a sentence of {@link planContributions} or another. */
export function tableError(why: string): ModelError {
  return new ModelError('session-failed', `The table kernel cannot explain this model. ${why}`, {
    advice: 'Explain with another method.',
  });
}
