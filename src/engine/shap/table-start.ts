import { ModelError } from '../../core/errors.ts';
import { prepareInterventional } from '../../core/explain/interventional-shap.ts';
import { longTreeQuestion } from '../../core/explain/long-trees.ts';
import { MAX_BITS } from '../../core/explain/pattern-groups.ts';
import type { TableKind } from '../../core/explain/pattern-tables.ts';
import type { PreparedShap } from '../../core/explain/prepared-shap.ts';
import { prepareInteractions } from '../../core/explain/quadrature-interactions.ts';
import { preparePathDependent } from '../../core/explain/quadrature-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { SHAP_TABLE_KERNEL_BASE64 } from './table-kernel-bytes.ts';
import { planTables, type TableMemory, type TablePlan } from './table-plan.ts';
import { type Running, startTables } from './table-run.ts';

/** What computes the contributions, for reports. The number changes with anything that could change a result. */
export const TABLE_KERNEL_NAME = 'Cutline SHAP table kernel 1 (WebAssembly SIMD, float64)';

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

/** The plan of a question, or one sentence why the table kernel cannot answer it. O(nodes x depth). */
export function planKernel(question: ShapQuestion, kind: TableKind, memory: TableMemory): TablePlan | string {
  if (compiled === null && !(typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes()))) {
    return 'There is no WebAssembly SIMD here.';
  }
  const plan = planTables(question, kind, memory);
  if (typeof plan === 'string') return plan;
  const { trees, longTrees } = plan.groups;
  if (trees.length === 0 && longTrees.length > 0) {
    return `Each of its trees asks for more than ${MAX_BITS} features on a path.`;
  }
  if (plan.layout.size > MAX_BYTES) {
    return `It would take more than ${MAX_BYTES / 2 ** 20} MB of memory in each worker.`;
  }
  return plan;
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
  return long.expectation.kind === 'path-dependent'
    ? preparePathDependent(long)
    : prepareInterventional(long);
}

/** Why there is no answer: a sentence of {@link planKernel} or another. */
export function tableError(why: string): ModelError {
  return new ModelError('session-failed', `The table kernel cannot explain this model. ${why}`, {
    advice: 'Explain with another method.',
  });
}
