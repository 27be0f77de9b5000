import type { DecodedCore } from '../../core/model/decoded-core.ts';
import type { FeatureStep, PlannedFeature } from '../../core/model/planned-feature.ts';
import type { NativeFeature, NativeModel } from './opened-model.ts';
import { MATRIX_INPUT } from './summarise-model.ts';

/**
 * How the features of a LightGBM or XGBoost file are made of the columns it asks for.
 *
 * When every feature has a name, each is a column of its own (`input` its name, position 0); else all are columns of the
 * one matrix {@link MATRIX_INPUT}, in the file's order. A feature whose categories pandas held becomes the position of its
 * value in their list; every other one is taken as it is.
 *
 * Never throws. Unnamed features are shown as `column 1`, `column 2`, as those of an ONNX matrix are.
 */
export function decodedNative({ features, ensemble }: NativeModel): DecodedCore {
  const isMatrix = features.some(({ name }) => name === null);
  return {
    features: features.map(
      (feature, j): PlannedFeature => ({
        name: feature.name ?? `column ${j + 1}`,
        input: isMatrix || feature.name === null ? MATRIX_INPUT : feature.name,
        position: isMatrix ? j : 0,
        steps: codeSteps(feature),
      }),
    ),
    core: { kind: 'trees', ensemble },
    output: null,
  };
}

function codeSteps({ kind, isCoded, categories }: NativeFeature): readonly FeatureStep[] {
  if (!isCoded || categories === null) return [];
  if (kind === 'text') return [{ kind: 'pandas-code', values: categories }];
  const numberOf = (text: string) => (kind === 'boolean' ? (text === 'True' ? 1 : 0) : Number(text));
  return [{ kind: 'number-code', values: categories.map(numberOf) }];
}
