import type { DecodedCore } from '../../core/model/decoded-core.ts';
import type { Notice } from '../../core/table/summary.ts';
import { classLabels } from '../../formats/model/onnx/class-labels.ts';
import type { OpenedModel } from '../../formats/model/opened-model.ts';
import { positiveColumns } from '../positive-columns.ts';

/** What is explained of a model: one margin, or (where no single margin moves the score) the score itself. */
export type ExplainedOutput = {
  /** The class whose margin or score it is, several joined by ` + `; null when the model names none. */
  readonly className: string | null;
  readonly notices: readonly Notice[];
} & (
  | {
      readonly kind: 'margin';
      /** Number of the margin, from 0. */
      readonly output: number;
      /** −1 when a rising margin lowers the score. */
      readonly sign: 1 | -1;
    }
  | { readonly kind: 'score' }
);

/**
 * The margin whose rise raises the score, by the same rule that picks the score's class column (`positiveColumns`).
 *
 * One margin of two classes speaks for the second one: where the first is positive, the sign is −1. Of K margins the one of
 * the only positive class is taken; several positive classes have no margin in common, so that their score is explained.
 *
 * @param core           what the model is inside; null when that is not known, and then the score is explained
 * @param positiveValues the target's values that count as positive; empty while there is no target
 * @throws {ModelError} `positive-class-unknown` when the classes cannot be told apart
 */
export function explainedOutput(
  opened: OpenedModel,
  core: DecodedCore['core'] | null,
  positiveValues: readonly string[],
): ExplainedOutput {
  const labels = labelsOf(opened);
  const shape = core === null ? null : core.kind === 'trees' ? core.ensemble : core.linear;
  const columnCount = shape === null ? (labels?.length ?? 1) : columnsOf(shape);
  if (columnCount < 2) {
    const only = { className: null, notices: [] };
    return shape === null ? { kind: 'score', ...only } : { kind: 'margin', output: 0, sign: 1, ...only };
  }
  const { columns, isGuess } = positiveColumns(labels, columnCount, positiveValues);
  const className = labels === null ? null : columns.map((column) => labels[column]).join(' + ');
  const notices = isGuess ? [assumedColumn()] : [];
  if (shape === null) return { kind: 'score', className, notices };
  const [column = 0] = columns;
  if (columns.length > 1)
    return { kind: 'score', className, notices: [...notices, severalClasses(className)] };
  if (shape.outputCount === 1)
    return { kind: 'margin', output: 0, sign: column === 1 ? 1 : -1, className, notices };
  return { kind: 'margin', output: column, sign: 1, className, notices: [...notices, ...besideOthers(core)] };
}

function columnsOf({ outputCount, classCount }: { outputCount: number; classCount: number }): number {
  return outputCount === 1 ? classCount : outputCount;
}

/** Class labels in column order; native files number their classes from 0 when they keep no names. */
function labelsOf(opened: OpenedModel): readonly string[] | null {
  if (opened.format === 'onnx') return classLabels(opened.onnx);
  const { classLabels: named, ensemble } = opened.native;
  return (
    named ??
    (ensemble.classCount === 0 ? null : Array.from({ length: ensemble.classCount }, (_, k) => `${k}`))
  );
}

function assumedColumn(): Notice {
  return {
    code: 'positive-column-assumed',
    message: 'The model does not name its classes; its second one is taken as the positive one.',
  };
}

function severalClasses(className: string | null): Notice {
  return {
    code: 'several-positive-classes',
    message: `The score adds up several classes${className === null ? '' : ` (${className})`}, which have no margin in common: the score itself is explained, by sampling.`,
  };
}

/** With a link over all margins, the margin of one class is not all that decides about its probability. */
function besideOthers(core: DecodedCore['core'] | null): Notice[] {
  const link = core?.kind === 'trees' ? core.ensemble.link.kind : core?.linear.link;
  if (link !== 'softmax') return [];
  return [
    {
      code: 'margin-of-one-class',
      message:
        'The contributions speak of the margin of the positive class alone; its probability depends on the margins of the other classes too.',
    },
  ];
}
