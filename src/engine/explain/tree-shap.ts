import { DataError } from '../../core/errors.ts';
import { preparePathDependent } from '../../core/explain/quadrature-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { drain } from '../../core/sliced.ts';
import type { InteractionExplainer, TreeExplainer } from '../shap/tree-explainer.ts';

/** By the plain methods, until the kernels are chosen among. */
export function createTreeExplainer(question: ShapQuestion, _totalRows: number): TreeExplainer {
  if (question.expectation.kind !== 'path-dependent') throw notYet();
  const prepared = preparePathDependent(question);
  return {
    name: 'plain',
    baseValue: prepared.baseValue,
    explain: (block) => drain(prepared.explain(block)),
    explainSliced: (block) => prepared.explain(block),
    release: () => undefined,
  };
}

export function createInteractionExplainer(_question: ShapQuestion): InteractionExplainer {
  throw notYet();
}

function notYet(): DataError {
  return new DataError('invalid-argument', 'Trees are explained by their paths only.');
}
