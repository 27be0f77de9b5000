/** The methods that the page offers for a model, those that it cannot be explained by with the reason. */
import type { ExplanationChoice } from '../../core/explain/explanation.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { SelectOption } from '../../design/Select.tsx';

type Method = ExplanationChoice['method'];

type ModelInside = Pick<ModelSummary, 'core' | 'trees'>;

/** In the order of the list; a refused one is listed with its reason and cannot be chosen. */
export function methodOptions(model: ModelInside): readonly SelectOption<Method>[] {
  const refusal = treesRefusal(model);
  const ofTrees = (id: Method, label: string, detail: string): SelectOption<Method> =>
    refusal === null ? { id, label, detail } : { id, label, detail: refusal, isDisabled: true };
  return [
    { id: 'auto', label: 'Recommended', detail: recommended(model) },
    ofTrees('path-dependent', 'Path-dependent', branchWeights(model)),
    ofTrees('interventional', 'Interventional', 'against background rows of your choice'),
    { id: 'sampling', label: 'Sampling', detail: 'for any model, in the score, with sampling error' },
  ];
}

/** Why the methods of trees are not offered, as a sentence below the list; null when they are. */
export function treesRefusal({ core, trees }: ModelInside): string | null {
  if (core === 'trees') return trees?.hasLinearLeaves === true ? LINEAR_LEAVES : null;
  return core === 'linear'
    ? 'The model is linear: it has no trees'
    : 'What is inside this model is not known';
}

const LINEAR_LEAVES = 'The leaves of this model hold linear models';

/** Whether background rows have a say: path-dependent SHAP asks none; whatever is refused it, asks for them. */
export function usesBackground(method: Method, model: ModelInside): boolean {
  if (method === 'interventional' || method === 'sampling') return true;
  return treesRefusal(model) !== null;
}

function branchWeights({ trees }: ModelInside): string {
  if (trees?.covers == null) return 'branches weighted by reference rows';
  return trees.covers === 'count'
    ? 'branches weighted by the rows that trained them'
    : 'branches weighted by the hessians of training';
}

function recommended({ core, trees }: ModelInside): string {
  if (core === 'linear') return 'exact SHAP of a linear model';
  if (core === null || trees?.hasLinearLeaves === true) return 'sampling';
  return trees?.covers == null
    ? 'path-dependent, with covers from reference rows'
    : 'path-dependent, with the covers of the model';
}
