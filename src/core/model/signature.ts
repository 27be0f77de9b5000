import type { Notice } from '../table/summary.ts';

/** `number` covers float, double and integer tensors; the engine casts. */
export type ModelInputKind = 'number' | 'string' | 'boolean';

/** One input tensor. `columns` = 1 for [N,1] inputs, F for a matrix, null when the file does not say. */
export interface ModelInput {
  readonly name: string;
  readonly kind: ModelInputKind;
  readonly elementType: string;
  readonly columns: number | null;
  /** Category values that the model's encoder knows, when they can be read from the graph; else null. */
  readonly knownValues: readonly string[] | null;
  /** The same per column of a matrix input, where any is known; absent for [N,1] inputs. */
  readonly knownValuesOfColumns?: readonly (readonly string[] | null)[];
  /** Names that the library made up for the columns of a matrix without names; absent where it makes up none. */
  readonly madeUpNames?: readonly string[];
  /** Smallest and largest value in training, one entry a column of the input; absent where the file does not say. */
  readonly trainingRanges?: readonly (readonly [number, number] | null)[];
}

export type ModelFormat = 'onnx' | 'lightgbm' | 'xgboost';

/** Figures of the trees inside a model. */
export interface TreeStatistics {
  readonly treeCount: number;
  readonly leafCount: number;
  readonly nodeCount: number;
  /** Splits on the longest path from a root to a leaf. */
  readonly maxDepth: number;
  /** Mean over leaves. */
  readonly meanDepth: number;
  readonly maxLeavesOfTree: number;
  readonly categoricalSplits: number;
  /** Margins per row. */
  readonly outputCount: number;
  /** What the file says about how many rows reached each node; null when it does not. */
  readonly covers: 'count' | 'hessian' | null;
  /** Leaves that hold linear models in place of values: no exact SHAP is known of them. */
  readonly hasLinearLeaves: boolean;
  /** Every feature of the core with its splits and, where the file says, their total gain; in the core's order. */
  readonly featureUse: readonly {
    readonly feature: string;
    readonly splits: number;
    readonly gain: number | null;
  }[];
}

/** Figures of the linear model inside a model. */
export interface LinearFacts {
  readonly link: 'identity' | 'logistic' | 'softmax';
  /** One per output. */
  readonly intercepts: readonly number[];
  /** Every feature of the core with its coefficient for each output, in the core's order. */
  readonly coefficients: readonly { readonly feature: string; readonly values: readonly number[] }[];
}

/** What an MLflow model folder says about the model beside the model file itself. */
export interface ModelPackage {
  /** Path of the model file within the folder. */
  readonly dataPath: string;
  readonly flavor: string;
  readonly mlflowVersion: string | null;
  readonly runId: string | null;
  readonly createdAt: string | null;
}

export interface ModelSummary {
  /** SHA-256 of the file, hex: the model's handle. */
  readonly id: string;
  readonly name: string;
  readonly format: ModelFormat;
  /** As said to users: `ONNX`, `LightGBM text (v4)`, `XGBoost UBJSON (1.7.4)`. */
  readonly formatName: string;
  readonly byteLength: number;
  /** What it was trained for, in its own words (`binary:logistic`); null when the file does not say. */
  readonly objective: string | null;
  /** What is inside, where it could be told. */
  readonly core: 'trees' | 'linear' | null;
  readonly trees: TreeStatistics | null;
  /** Present when the core is linear. */
  readonly linear?: LinearFacts;
  /** Null when the model did not come in an MLflow folder. */
  readonly package: ModelPackage | null;
  readonly inputs: readonly ModelInput[];
  /** Names of the features of a single-matrix model when the file carries them; else null. */
  readonly featureNames: readonly string[] | null;
  readonly classLabels: readonly string[] | null;
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  readonly notices: readonly Notice[];
}
