import { childOf, type DocumentNode, damagedAt } from './document-node.ts';
import type { XgboostObjective } from './read-objective.ts';

/**
 * The margins that every row begins with, one per output.
 *
 *     logistic objectives: -ln(1 / p - 1)     exponential ones: ln(p)     others: p        in float32
 *
 * XGBoost writes base_score as "5E-1", since 3.1 as "[5E-1]" or with one number per output.
 * @param learner the document's `learner`; 0.5 holds when it does not say
 * @throws {FormatError} `corrupt-model` when it is no number, outside of the objective's range, or of another length
 * Source: XGBoost 1.7 and 3.1, `regression_loss.h` (ProbToMargin).
 */
export function readBaseValues(
  learner: DocumentNode,
  { base }: Pick<XgboostObjective, 'base'>,
  outputCount: number,
): Float64Array {
  const node = childOf(childOf(learner, 'learner_model_param'), 'base_score');
  const written = node.value === undefined ? [0.5] : numbersIn(node);
  if (written.length !== 1 && written.length !== outputCount) {
    throw damagedAt(node, `has ${written.length} values for ${outputCount} outputs`);
  }
  const margins = written.map((value) => toMargin(Math.fround(value), base));
  if (!margins.every(Number.isFinite)) throw damagedAt(node, `(${written.join(', ')}) is out of range`);
  return Float64Array.from({ length: outputCount }, (_, k) => margins[margins.length === 1 ? 0 : k]!);
}

function numbersIn(node: DocumentNode): number[] {
  const { value } = node;
  if (typeof value === 'number') return [value];
  if (typeof value !== 'string') throw damagedAt(node, 'is not a number');
  const inside = /^\s*\[(.*)\]\s*$/.exec(value)?.[1] ?? value;
  return inside.split(',').map((part) => {
    if (part.trim() === '') throw damagedAt(node, 'is not a number');
    return Number(part);
  });
}

function toMargin(value: number, base: XgboostObjective['base']): number {
  const { fround } = Math;
  if (base === 'log') return fround(Math.log(value));
  if (base === 'none') return value;
  return -fround(Math.log(fround(fround(1 / value) - 1)));
}
