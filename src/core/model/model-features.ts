import type { MappingChoices } from './mapping.ts';
import type { ModelInput, ModelInputKind, ModelSummary } from './signature.ts';

/** One number or text that the model takes per row. */
export interface ModelFeature {
  /** Input name, feature name from the metadata, or `column i` (from 1) of a matrix without names. */
  readonly feature: string;
  readonly input: string;
  /** Column within the input, from 0. */
  readonly position: number;
  readonly kind: ModelInputKind;
  /** As in ModelInput. */
  readonly elementType: string;
  readonly knownValues: readonly string[] | null;
  /** False when the file does not name the feature, so that only an order can bind it. */
  readonly named: boolean;
  /** What the library calls a feature without a name (`Column_0`): it binds only a table that has all such names. */
  readonly madeUpName: string | null;
}

/**
 * The features of a model in the order of its inputs and their columns.
 *
 * A matrix whose width the file leaves open is as wide as its names, or as the order that the user gave.
 */
export function modelFeatures(model: ModelSummary, choices: MappingChoices): ModelFeature[] {
  const unnamed = model.inputs.filter((input) => input.columns !== 1 && model.featureNames === null);
  return model.inputs.flatMap((input) => {
    if (input.columns === 1 && !(model.inputs.length === 1 && model.featureNames?.length === 1)) {
      return [featureOf(input, 0, input.name, true)];
    }
    const names = model.featureNames;
    const width = input.columns ?? names?.length ?? openWidth(unnamed, choices);
    const prefix = unnamed.length > 1 ? `${input.name} ` : '';
    return Array.from({ length: width }, (_, position) => {
      const name = names?.[position];
      return featureOf(input, position, name ?? `${prefix}column ${position + 1}`, name !== undefined);
    });
  });
}

/** Columns left in the order for the one matrix that does not state its width; 0 when that cannot be told. */
function openWidth(unnamed: readonly ModelInput[], choices: MappingChoices): number {
  const open = unnamed.filter((input) => input.columns === null);
  if (open.length !== 1 || choices.order === null) return 0;
  const stated = unnamed.reduce((sum, input) => sum + (input.columns ?? 0), 0);
  return Math.max(0, choices.order.length - stated);
}

function featureOf(input: ModelInput, position: number, feature: string, named: boolean): ModelFeature {
  const ofColumn = input.knownValuesOfColumns?.[position];
  return {
    feature,
    input: input.name,
    position,
    kind: input.kind,
    elementType: input.elementType,
    knownValues: ofColumn === undefined ? input.knownValues : ofColumn,
    named,
    madeUpName: input.madeUpNames?.[position] ?? null,
  };
}
