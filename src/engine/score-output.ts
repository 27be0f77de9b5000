import { ModelError } from '../core/errors.ts';
import type { Notice } from '../core/table/summary.ts';
import type { BinaryTreeQuirk } from './binary-tree-quirk.ts';
import { positiveColumns } from './positive-columns.ts';

/** A float output of one run: `data` is row-major, `width` values per row. */
export interface OutputTensor {
  readonly name: string;
  readonly data: Float32Array | Float64Array;
  readonly width: number;
}

/** One column of one output. */
export interface OutputColumn {
  readonly output: string;
  readonly column: number;
}

/** Which columns of which outputs make the score, decided once per run of `scoreRows`. */
export interface ScoreChoice {
  /** The score is the sum of these columns. */
  readonly score: readonly OutputColumn[];
  /**
   * All class columns when they must add up to one in every row; empty when the output is a single probability.
   * `half-beside`: ONNX Runtime's [0.5, p], whose first column must be 0.5 instead.
   */
  readonly classes: readonly OutputColumn[];
  readonly check: 'sum-to-one' | 'half-beside' | 'range-only';
  /** What a native file was trained for, in its own words; null when the format does not say. */
  readonly objective: string | null;
  /** For reports: `probabilities, class 1`. */
  readonly description: string;
  readonly notices: readonly Notice[];
}

/** What the choice needs to know besides the outputs themselves. */
export interface ScoreContext {
  readonly modelName: string;
  /** Class labels of the model in column order, or null. */
  readonly classLabels: readonly string[] | null;
  readonly objective: string | null;
  /** The target's values that count as positive; empty while there is no target. */
  readonly positiveValues: readonly string[];
  readonly quirkOf: (output: string) => BinaryTreeQuirk;
}

/**
 * Picks the score among the float outputs of a model (its label output is no float and never a score).
 *
 * In this order: an output with two or more class columns (one named after probabilities first); one single-column
 * output per class, as `zipmap="columns"` makes; a single column, which must prove to lie within [0, 1].
 *
 * @param outputs the float outputs of the first chunk, in file order
 * @throws {ModelError} `no-score-output` when no output, or no single one, can be the score, or when ONNX Runtime is known
 *   to compute this graph wrongly; `positive-class-unknown` when the classes cannot be told apart
 */
export function chooseScoreOutput(outputs: readonly OutputTensor[], context: ScoreContext): ScoreChoice {
  const matrix = preferred(outputs.filter(({ width }) => width >= 2));
  if (matrix !== null) return chooseInMatrix(matrix, context);
  const singles = outputs.filter(({ width }) => width === 1);
  const perClass = chooseAmongClassOutputs(singles, context);
  if (perClass !== null) return perClass;
  const single = singles.length === 1 ? singles[0]! : preferredByName(singles);
  if (single !== null) {
    return {
      score: [{ output: single.name, column: 0 }],
      classes: [],
      check: 'range-only',
      objective: context.objective,
      description: single.name,
      notices: [],
    };
  }
  throw noScoreOutput(outputs, context);
}

function preferredByName(outputs: readonly OutputTensor[]): OutputTensor | null {
  return (
    outputs.find(({ name }) => /prob/i.test(name)) ?? outputs.find(({ name }) => /score/i.test(name)) ?? null
  );
}

function preferred(outputs: readonly OutputTensor[]): OutputTensor | null {
  return preferredByName(outputs) ?? outputs[0] ?? null;
}

function chooseInMatrix(output: OutputTensor, context: ScoreContext): ScoreChoice {
  const { name, width } = output;
  const quirk = context.quirkOf(name);
  refuseQuirk(quirk, name, context);
  const picked = positiveColumns(context.classLabels, width, context.positiveValues);
  const isHalfBeside = quirk === 'half-beside';
  if (isHalfBeside && picked.columns[0] !== 1) throw halfBesideRefusal(name, context);
  return {
    score: picked.columns.map((column) => ({ output: name, column })),
    classes: Array.from({ length: width }, (_, column) => ({ output: name, column })),
    check: isHalfBeside ? 'half-beside' : 'sum-to-one',
    objective: context.objective,
    description: `${name}, ${describeClasses(picked.columns, context.classLabels)}`,
    notices: [...guessNotice(picked.isGuess, name), ...(isHalfBeside ? [halfBesideNotice(name)] : [])],
  };
}

/** `i0`, `i1` (integer labels, sklearn-onnx), or the label itself, alone or at the end of the name. */
function namesClass(outputName: string, label: string): boolean {
  return outputName === label || outputName === `i${label}` || outputName.endsWith(`_${label}`);
}

function chooseAmongClassOutputs(
  outputs: readonly OutputTensor[],
  context: ScoreContext,
): ScoreChoice | null {
  const numbered = outputs.flatMap(({ name }) => /^i(-?\d+)$/.exec(name)?.[1] ?? []);
  const labels = context.classLabels ?? (numbered.length >= 2 ? numbered : []);
  const inOrder = labels.map((label) => outputs.find(({ name }) => namesClass(name, label)));
  if (labels.length < 2 || new Set(inOrder).size !== labels.length || inOrder.includes(undefined))
    return null;
  const picked = positiveColumns(labels, labels.length, context.positiveValues);
  const classes = inOrder.map((output) => ({ output: output!.name, column: 0 }));
  return {
    score: picked.columns.map((i) => classes[i]!),
    classes,
    check: 'sum-to-one',
    objective: context.objective,
    description: `${picked.columns.map((i) => classes[i]!.output).join(' + ')}, ${describeClasses(picked.columns, labels)}`,
    notices: [],
  };
}

function describeClasses(columns: readonly number[], labels: readonly string[] | null): string {
  return columns
    .map((column) => (labels === null ? `column ${column + 1}` : `class ${labels[column]}`))
    .join(' + ');
}

function guessNotice(isGuess: boolean, output: string): Notice[] {
  if (!isGuess) return [];
  return [
    {
      code: 'positive-column-assumed',
      message: `The model does not name its classes; the second column of ${output} is taken as the positive one.`,
    },
  ];
}

function halfBesideNotice(output: string): Notice {
  return {
    code: 'half-beside-probability',
    message: `ONNX Runtime returns 0.5 beside the probability for this tree model (its leaves score class 1 only); the second column of ${output} is the probability and is used as the score.`,
  };
}

function halfBesideRefusal(output: string, context: ScoreContext): ModelError {
  return new ModelError(
    'no-score-output',
    `ONNX Runtime computes only the second column of ${output} for this tree model; the first is 0.5 in every row.`,
    {
      place: { file: context.modelName, node: output },
      advice: 'Choose the class of the second column as positive.',
    },
  );
}

function refuseQuirk(quirk: BinaryTreeQuirk, output: string, context: ScoreContext): void {
  const reasons: Readonly<Partial<Record<BinaryTreeQuirk, string>>> = {
    'raw-margins': `ONNX Runtime leaves out the SOFTMAX of this tree model, so that ${output} holds margins -s and s; which probability is meant cannot be told (softmax of 0 and s, or of -s and s)`,
    'two-bases': `its trees score class 0 only, beside two base values, and ONNX Runtime ignores one of them and contradicts itself between label and probability`,
    'base-ignored': `its trees score class 1 only, beside one base value, which ONNX Runtime leaves out of the probability`,
    'trees-vanish': `ONNX Runtime ignores the trees of this model (its leaves score class 1 only, beside two base values): every row would get the same score`,
  };
  const reason = reasons[quirk];
  if (reason === undefined) return;
  throw new ModelError('no-score-output', `${context.modelName} cannot be scored: ${reason}.`, {
    place: { file: context.modelName, node: output },
    advice:
      'Export it again with post_transform LOGISTIC, leaves that score class 0, and at most one base value.',
  });
}

function noScoreOutput(outputs: readonly OutputTensor[], context: ScoreContext): ModelError {
  const names = outputs.map(({ name }) => `"${name}"`).join(', ');
  const message =
    outputs.length === 0
      ? `${context.modelName} returns labels only; a threshold needs probabilities.`
      : `${context.modelName} returns several numbers per row (${names}), and none of them is named as the probability.`;
  return new ModelError('no-score-output', message, {
    place: { file: context.modelName },
    advice: 'Export the classifier with its probabilities (sklearn-onnx: options={"zipmap": False}).',
  });
}
