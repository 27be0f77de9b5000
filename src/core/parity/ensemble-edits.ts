/** What converters and tools are known to do to a tree ensemble, each as a change that can be made and tried. */
import { missingRule, splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { SampledTrees } from './cause-sample.ts';
import { figure, listOfNames, offWords } from './cause-words.ts';
import type { CauseCode } from './form-comparison.ts';

/** A change to the ensemble of one form (`own`) that gives what the other form (`other`) computes. */
export interface EnsembleEdit {
  readonly code: CauseCode;
  /** The changed ensemble; null when there is nothing to change. */
  readonly apply: (ensemble: TreeEnsemble) => TreeEnsemble | null;
  /** @param own, other names of the forms */
  readonly explain: (trees: SampledTrees, own: string, other: string) => string;
  readonly advice: string;
}

/** In the order in which they are tried. */
export const ensembleEdits: readonly EnsembleEdit[] = [
  {
    code: 'base-score',
    apply: (e) => (e.baseValues.some((base) => base !== 0) ? withBase(e, () => 0) : null),
    explain: ({ ensemble: e }, own, other) => `"${other}" lost the base score of "${own}": ${baseWords(e)}.`,
    advice: adviceOf('onnxmltools 1.12 or newer, which keeps base_score'),
  },
  {
    code: 'base-score',
    apply: (e) =>
      e.link.kind === 'logistic' && e.baseValues.some((base) => base !== 0)
        ? withBase(e, probabilityOf)
        : null,
    explain: ({ ensemble: e }, own, other) =>
      `"${other}" takes the base score of "${own}" for log-odds although it is a probability: it adds ${figure(probabilityOf(e.baseValues[0]!))} to every margin instead of ${figure(e.baseValues[0]!)}.`,
    advice: adviceOf('a converter that turns base_score into log-odds'),
  },
  {
    code: 'tree-weights',
    apply: (e) => (e.treeWeights?.some((weight) => weight !== 1) ? { ...e, treeWeights: null } : null),
    explain: ({ ensemble: e }, own, other) =>
      `"${other}" lost the tree weights of "${own}" (dart): ${weightWords(e)}.`,
    advice: adviceOf('leaf values that were multiplied by the weights of their trees first'),
  },
  {
    code: 'averaging',
    apply: (e) => (e.averageOver === 1 ? null : { ...e, averageOver: 1 }),
    explain: ({ ensemble: e }, own, other) =>
      `"${other}" adds up the trees that "${own}" averages: its margins are ${figure(e.averageOver)} times as large.`,
    advice: adviceOf('leaf values that were divided by the number of trees first'),
  },
  {
    code: 'averaging',
    apply: (e) =>
      e.averageOver === 1 && treesPerOutput(e) > 1 ? { ...e, averageOver: treesPerOutput(e) } : null,
    explain: ({ ensemble: e }, own, other) =>
      `"${own}" adds up the trees that "${other}" averages: its margins are ${figure(treesPerOutput(e))} times as large.`,
    advice: adviceOf('leaf values that were divided by the number of trees first'),
  },
  {
    code: 'sigmoid',
    apply: (e) =>
      e.link.kind === 'logistic' && e.link.slope !== 1
        ? { ...e, link: { kind: 'logistic', slope: 1 } }
        : null,
    explain: ({ ensemble: e }, own, other) =>
      `"${other}" lost the sigmoid parameter of "${own}": the margin is to be multiplied by ${figure(slopeOf(e))} before it becomes a probability, and is not.`,
    advice: adviceOf('leaf values that were multiplied by the sigmoid parameter first'),
  },
  {
    code: 'margin-not-probability',
    apply: (e) => (e.link.kind === 'identity' ? null : { ...e, link: { kind: 'identity' } }),
    explain: (_, own, other) =>
      `"${other}" holds raw margins (log-odds) where "${own}" returns probabilities.`,
    advice: 'Export probabilities, or apply the link of the model to the margins first.',
  },
  {
    code: 'zero-as-missing',
    apply: (e) => withMissing(e, missingRule.nanAndZero, missingRule.nan),
    explain: (_, own, other) =>
      `"${own}" treats zeros as missing (zero_as_missing), and "${other}" does not.`,
    advice: zeroAdvice(),
  },
  {
    code: 'zero-as-missing',
    apply: (e) => withMissing(e, missingRule.nan, missingRule.nanAndZero),
    explain: (_, own, other) =>
      `"${other}" treats zeros as missing (zero_as_missing), and "${own}" does not.`,
    advice: zeroAdvice(),
  },
  {
    code: 'missing-as-zero',
    apply: (e) => withMissing(e, missingRule.nan, missingRule.nanIsZero),
    explain: (_, own, other) =>
      `"${other}" takes missing values for 0, and "${own}" sends them the way that its splits say.`,
    advice: fillAdvice(),
  },
  {
    code: 'missing-as-zero',
    apply: (e) =>
      withMissing({ ...e, defaultLeft: e.defaultLeft.map(() => 0) }, missingRule.nanIsZero, missingRule.nan),
    explain: (_, own, other) =>
      `"${own}" takes missing values for 0 (use_missing=false), and "${other}" sends them to the right of every split.`,
    advice: fillAdvice(),
  },
  {
    code: 'float32-input',
    apply: (e) => withFloat32(e, Math.fround),
    explain: float32Words,
    advice: float32Advice(),
  },
  {
    code: 'float32-input',
    apply: (e) => withFloat32(e, froundDown),
    explain: float32Words,
    advice: float32Advice(),
  },
  {
    code: 'float32-input',
    apply: (e) => (e.comparison === 'float32' ? { ...e, comparison: 'float64' } : null),
    explain: (_, own, other) =>
      `"${own}" rounds feature values to single precision (float32) before it compares them, and "${other}" does not: values next to a threshold take the other branch.`,
    advice: float32Advice(),
  },
];

function adviceOf(remedy: string): string {
  return `Score with the form that has it, or convert again with ${remedy}.`;
}

function zeroAdvice(): string {
  return 'Score with the form that the model was trained as; ONNX cannot say zero_as_missing, so set zeros to missing in the data before such a file scores them.';
}

function fillAdvice(): string {
  return 'Treat missing values as in training: leave them empty for a model that splits on them, and fill them with 0 only for one that was trained so.';
}

/** @returns advice for features that float32 cannot hold */
export function float32Advice(): string {
  return 'Score with the native file, or train on features that float32 can hold (days instead of milliseconds, no account numbers).';
}

function float32Words(trees: SampledTrees, own: string, other: string): string {
  const names = coarseFeatures(trees);
  const where = names.length === 0 ? '' : ` (most in ${listOfNames(names)})`;
  return `"${other}" rounds feature values and thresholds to single precision (float32), and "${own}" does not: values next to a threshold${where} take the other branch.`;
}

/** Features that lose values to float32, those first that lose most of their spread. */
function coarseFeatures({ ensemble, featureNames, block }: SampledTrees): string[] {
  const loss = block.columns.map((column, j) => (ensemble.features.includes(j) ? lossToFloat32(column) : 0));
  return [...loss.keys()]
    .filter((j) => loss[j]! > 0)
    .sort((a, b) => loss[b]! - loss[a]!)
    .map((j) => featureNames[j] ?? `feature ${j}`);
}

/** The largest rounding error of a column's finite values, as a share of their spread. */
function lossToFloat32(column: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let error = 0;
  for (const value of column) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    error = Math.max(error, Math.abs(value - Math.fround(value)));
  }
  return most > least ? error / (most - least) : 0;
}

function withBase(ensemble: TreeEnsemble, change: (base: number) => number): TreeEnsemble {
  return { ...ensemble, baseValues: ensemble.baseValues.map(change) };
}

function probabilityOf(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

/** Trees that are added up for each margin. */
export function treesPerOutput({ roots, outputCount, leafWidth }: TreeEnsemble): number {
  return leafWidth > 1 ? roots.length : roots.length / outputCount;
}

function slopeOf({ link }: TreeEnsemble): number {
  return link.kind === 'logistic' ? link.slope : 1;
}

function baseWords({ baseValues, link }: TreeEnsemble): string {
  const base = baseValues[0]!;
  if (baseValues.length > 1) return 'the margins of the classes are shifted against each other';
  if (link.kind !== 'logistic') return `all its margins are ${offWords(-base, '')}`;
  return `all its margins are ${offWords(-base, ' log-odds')} (a base score of ${figure(probabilityOf(base))})`;
}

function weightWords({ treeWeights }: TreeEnsemble): string {
  const weights = Float64Array.from(treeWeights ?? []).sort();
  const range = `from ${figure(weights[0]!)} to ${figure(weights[weights.length - 1]!)}`;
  return `they run ${range}, and it takes all ${weights.length} trees in full`;
}

function withMissing(ensemble: TreeEnsemble, from: number, to: number): TreeEnsemble | null {
  const isChanged = (rule: number, node: number) => rule === from && ensemble.rules[node]! < splitRule.equal;
  if (!ensemble.missing.some(isChanged)) return null;
  return { ...ensemble, missing: ensemble.missing.map((rule, node) => (isChanged(rule, node) ? to : rule)) };
}

function withFloat32(ensemble: TreeEnsemble, round: (x: number) => number): TreeEnsemble | null {
  if (ensemble.comparison === 'float32') return null;
  const thresholds = ensemble.thresholds.map((threshold, node) =>
    ensemble.rules[node]! < splitRule.equal ? round(threshold) : threshold,
  );
  return { ...ensemble, comparison: 'float32', thresholds };
}

/** The largest float32 that is not above x: what keeps x32 <= threshold true for all float32 values that were below it. */
function froundDown(x: number): number {
  const nearest = Math.fround(x);
  if (!(nearest > x)) return nearest;
  const bits = new Int32Array(Float32Array.of(nearest).buffer);
  // Float32 patterns count away from zero on either side of it.
  bits[0]! += nearest > 0 ? -1 : 1;
  return new Float32Array(bits.buffer)[0]!;
}
