/** Where the steps from gain to net value stand in a picture of a given width. */
import { labelWidth } from '../../charts/label-placement.ts';

export interface WaterfallStep {
  readonly label: string;
  /** Signed: what it adds. Of the last step, the net value: where it ends. */
  readonly amount: number;
  /** "−268 k". */
  readonly text: string;
  readonly kind: 'gain' | 'cost' | 'net';
}

export interface StepPlace {
  readonly step: WaterfallStep;
  /** The label in lines that fit the room of names. */
  readonly lines: readonly string[];
  /** Px of the bar's ends, the left one first. */
  readonly start: number;
  readonly end: number;
  /** Where the sum stands after it. */
  readonly after: number;
}

export interface WaterfallPlaces {
  readonly zero: number;
  readonly steps: readonly StepPlace[];
}

const NAME_SHARE = 0.42;
const GAP = 12;

/** Bars that each start where the one before ended; the net value starts at zero. */
export function waterfallPlaces(steps: readonly WaterfallStep[], width: number): WaterfallPlaces {
  const names = Math.min(
    Math.max(0, ...steps.map(({ label, kind }) => labelWidth(label, kind === 'net') * TEXT_SCALE)),
    width * NAME_SHARE,
  );
  const values = Math.max(0, ...steps.map(({ text, kind }) => labelWidth(text, kind === 'net') * TEXT_SCALE));
  const left = names + GAP;
  const room = Math.max(width - left - values - GAP, 20);
  const sums = runningSums(steps);
  const low = Math.min(0, ...sums.flat());
  const high = Math.max(0, ...sums.flat());
  const x = (amount: number) => left + (high === low ? 0 : ((amount - low) / (high - low)) * room);
  return {
    zero: x(0),
    steps: steps.map((step, index) => {
      const [from, to] = sums[index]!;
      return {
        step,
        lines: linesOf(step.label, names),
        start: Math.min(x(from), x(to)),
        end: Math.max(x(from), x(to)),
        after: x(to),
      };
    }),
  };
}

/** Labels are drawn at 12 px, {@link labelWidth} knows 11. */
const TEXT_SCALE = 12 / 11;

function runningSums(steps: readonly WaterfallStep[]): readonly (readonly [number, number])[] {
  let sum = 0;
  return steps.map(({ amount, kind }) => {
    const from = kind === 'net' ? 0 : sum;
    sum = kind === 'net' ? amount : sum + amount;
    return [from, sum] as const;
  });
}

/** At most two lines; what is longer still ends in an ellipsis. */
function linesOf(label: string, room: number): readonly string[] {
  const fits = (text: string) => labelWidth(text) * TEXT_SCALE <= room + 1;
  if (fits(label)) return [label];
  const words = label.split(' ');
  let first = words[0]!;
  let taken = 1;
  while (taken < words.length && fits(`${first} ${words[taken]}`)) {
    first += ` ${words[taken]}`;
    taken += 1;
  }
  const rest = words.slice(taken).join(' ');
  return (rest === '' ? [first] : [first, rest]).map((line) => cutTo(line, fits));
}

function cutTo(line: string, fits: (text: string) => boolean): string {
  if (fits(line)) return line;
  let length = line.length - 1;
  while (length > 1 && !fits(`${line.slice(0, length)}…`)) length -= 1;
  return `${line.slice(0, length)}…`;
}
