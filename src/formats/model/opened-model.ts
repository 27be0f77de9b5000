import type { DecodedCore } from '../../core/model/decoded-core.ts';
import type { ModelPackage } from '../../core/model/signature.ts';
import type { Notice } from '../../core/table/summary.ts';
import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { OnnxModel } from './onnx/onnx-model.ts';

/** One feature that a native file asks for. */
export interface NativeFeature {
  /** As the file names it; null when it does not (then only an order can bind it). */
  readonly name: string | null;
  /** What the table must hold; of listed categories (pandas_categorical) what kind of values the list has. */
  readonly kind: 'number' | 'text' | 'boolean';
  /** True when the trees see the position of a value among `categories`, false when they see the value itself. */
  readonly isCoded: boolean;
  /** Of a categorical feature: the values that the file knows, as the table writes them, in the order of their codes; else null. */
  readonly categories: readonly string[] | null;
  /** Smallest and largest value in training, where the file says (LightGBM feature_infos); else null. */
  readonly range: readonly [number, number] | null;
}

/** A LightGBM or XGBoost file as it was read. Its features feed the trees in this order. */
export interface NativeModel {
  readonly name: string;
  readonly byteLength: number;
  /** As said to users: `LightGBM text (v4)`. */
  readonly formatName: string;
  readonly producer: string;
  readonly objective: string;
  readonly features: readonly NativeFeature[];
  readonly classLabels: readonly string[] | null;
  readonly ensemble: TreeEnsemble;
  readonly notices: readonly Notice[];
}

/** A model file that was opened, whatever its format. */
export type OpenedModel = (
  | { readonly format: 'onnx'; readonly onnx: OnnxModel }
  | { readonly format: 'lightgbm' | 'xgboost'; readonly native: NativeModel }
) & {
  readonly name: string;
  /** What is inside, where it could be told; always of a native file. */
  readonly decoded: DecodedCore | null;
  readonly package: ModelPackage | null;
};
