/** What a line between the margins of two forms means, in words. */
import type { CauseWords, Direction } from './cause-search.ts';
import { figure, offWords } from './cause-words.ts';
import { treesPerOutput } from './ensemble-edits.ts';
import type { MarginScale } from './margin-scale.ts';

/** The other form's margins = factor x own margins + shift. */
export interface Line {
  readonly factor: number;
  readonly shift: number;
}

/** Of two forms, in the direction in which the line leads. */
export interface LineBetween extends Direction {
  readonly line: Line;
}

/** A factor as near as this (relative) to a number of trees is that number. */
const COUNT_SLACK = 1e-4;

/** A forest has at least so many trees: a smaller whole factor is no sign of averaging. */
const FEWEST_TREES = 5;

/** What the factor means (null when it means nothing known), and what the shift means. */
export function lineWords(
  found: LineBetween,
  scale: MarginScale,
): readonly [factor: CauseWords | null, shift: CauseWords] {
  const line = asFile(found);
  return [factorWords(line, scale), shiftWords(line, scale)];
}

/** The line as seen from the form whose trees are known: that is the file that may be wrong. */
function asFile({ own, other, line: { factor, shift } }: LineBetween): LineBetween {
  if (own.trees !== null || other.trees === null) return { own, other, line: { factor, shift } };
  return { own: other, other: own, line: { factor: 1 / factor, shift: -shift / factor } };
}

function shiftWords(
  { own, other, line: { shift } }: LineBetween,
  { unit, toScore }: MarginScale,
): CauseWords {
  const hasNone = own.trees?.ensemble.baseValues.every((base) => base === 0) ?? false;
  const base = unit === '' ? '' : ` (a base score of ${figure(toScore(shift))})`;
  return {
    code: 'base-score',
    explanation: hasNone
      ? `"${own.name}" lost the base score that "${other.name}" has: all its margins are ${offWords(-shift, unit)}${base}.`
      : `The margins of "${own.name}" and "${other.name}" differ by the same ${figure(Math.abs(shift))}${unit} on every row: a base score was lost or added.`,
    advice:
      'Score with the form that has the base score of training, or convert again with a converter that keeps it.',
  };
}

function factorWords(line: LineBetween, { unit }: MarginScale): CauseWords | null {
  const { own, other } = line;
  const { factor } = line.line;
  const trees = treesBehind(line);
  // Without a link there is no sigmoid to lose.
  if (trees === null && unit === '') return null;
  if (trees === null) {
    return {
      code: 'sigmoid',
      explanation: `On every row the margins of "${other.name}" are ${figure(factor)} times those of "${own.name}" (the other way round ${figure(1 / factor)} times): a sigmoid parameter was lost or added.`,
      advice:
        'Score with the form that has the sigmoid parameter, or convert again with leaf values that were multiplied by it first.',
    };
  }
  const [summed, averaged] = factor < 1 ? [own, other] : [other, own];
  return {
    code: 'averaging',
    explanation: `"${summed.name}" adds up the ${trees} trees that "${averaged.name}" averages: its margins are ${trees} times as large on every row.`,
    advice:
      'Score with the form that averages, or convert again with leaf values that were divided by the number of trees first.',
  };
}

/** The number of trees that the factor, or its inverse, is; null when it is none. */
function treesBehind({ own, line: { factor } }: LineBetween): number | null {
  const multiple = Math.max(factor, 1 / factor);
  const count = own.trees === null ? Math.round(multiple) : treesPerOutput(own.trees.ensemble);
  if (own.trees === null && count < FEWEST_TREES) return null;
  return count > 1 && Math.abs(multiple / count - 1) <= COUNT_SLACK ? count : null;
}
