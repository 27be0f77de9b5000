import type { DecodedCore } from '../../core/model/decoded-core.ts';
import type { PlannedFeature } from '../../core/model/planned-feature.ts';
import type { NativeModel } from './opened-model.ts';
import { MATRIX_INPUT } from './summarise-model.ts';

/**
 * How the features of a LightGBM or XGBoost file are made of the columns it asks for.
 *
 * When every feature has a name, each is a column of its own (`input` its name, position 0); else all are columns of the
 * one matrix {@link MATRIX_INPUT}, in the file's order. A feature whose categories the file lists as texts becomes its
 * code; every other one is taken as it is.
 *
 * Never throws. Unnamed features are shown as `column 1`, `column 2`, as those of an ONNX matrix are.
 */
export function decodedNative({ features, ensemble }: NativeModel): DecodedCore {
  const isMatrix = features.some(({ name }) => name === null);
  return {
    features: features.map(
      ({ name, kind, categories }, j): PlannedFeature => ({
        name: name ?? `column ${j + 1}`,
        input: isMatrix || name === null ? MATRIX_INPUT : name,
        position: isMatrix ? j : 0,
        steps: kind === 'text' ? [{ kind: 'category-code', values: categories ?? [] }] : [],
      }),
    ),
    core: { kind: 'trees', ensemble },
    output: null,
  };
}
