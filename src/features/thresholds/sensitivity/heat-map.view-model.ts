import type { Domain } from '../../../charts/plot-frame.ts';
import type { TableTwin } from '../../../charts/table-twin.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import type { HeatMap } from '../../../core/money/sensitivity-figures.ts';
import { formatMoneyExact, formatThreshold } from '../../../design/format.ts';
import { assumptionLabel, assumptionText } from '../assumption-words.ts';
import { moneyText } from '../display-text.ts';
import { netValueTitle } from '../scale-words.ts';

/** One colour of the map and the net values that it stands for. */
export interface HeatLevel {
  /** Half-open but for the highest: [from, to). */
  readonly from: number;
  readonly to: number;
  /** A CSS colour. */
  readonly colour: string;
  /** Cells of this level as one path in units of cells: x to the right, y upwards from the lowest value. */
  readonly cells: string;
}

/** One ramp for values of one sign; steps q1 to q7 of the design without q4. */
const ramp = ['--q1', '--q2', '--q3', '--q5', '--q6', '--q7'].map((token) => `var(${token})`);
const losses = [90, 60, 30].map((share) => `color-mix(in srgb, var(--loss) ${share}%, var(--surface))`);
const gains = [30, 60, 90].map((share) => `color-mix(in srgb, var(--gain) ${share}%, var(--surface))`);

/**
 * The levels of a map, the lowest net value first: around zero when there are values on both sides of it, three equal steps
 * down to the lowest and three up to the highest; else six equal steps of one ramp.
 */
export function heatLevels({ net, thresholds }: HeatMap): readonly HeatLevel[] {
  const { low, high } = extent(net);
  const isDiverging = low < 0 && high > 0;
  const edges = isDiverging
    ? [low, (2 / 3) * low, low / 3, 0, high / 3, (2 / 3) * high, high]
    : Array.from({ length: ramp.length + 1 }, (_, i) => low + ((high - low) * i) / ramp.length);
  const colours = isDiverging ? [...losses, ...gains] : ramp;
  const levelOf = (value: number) => {
    const found = edges.findIndex((edge, i) => i > 0 && value < edge) - 1;
    return found < 0 ? colours.length - 1 : found;
  };
  const cells = pathsOf(net, thresholds.length, levelOf, colours.length);
  return colours.map((colour, i) => ({ from: edges[i]!, to: edges[i + 1]!, colour, cells: cells[i]! }));
}

function extent(values: Float64Array): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/** Neighbours of a row that share a level are one rectangle: a few hundred in place of thousands. */
function pathsOf(
  net: Float64Array,
  columns: number,
  levelOf: (value: number) => number,
  levels: number,
): readonly string[] {
  const paths: string[][] = Array.from({ length: levels }, () => []);
  for (let start = 0; start < net.length; start += columns) {
    const row = start / columns;
    let from = 0;
    for (let column = 1; column <= columns; column += 1) {
      const level = levelOf(net[start + from]!);
      if (column < columns && levelOf(net[start + column]!) === level) continue;
      paths[level]!.push(`M${from} ${row}h${column - from}v1h${from - column}z`);
      from = column;
    }
  }
  return paths.map((runs) => runs.join(''));
}

/** Half a cell on each side of the outermost values: the axis of cells, not of their middles. */
export function cellDomain(values: Float64Array): Domain {
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 1];
  const half = values.length > 1 ? (high - low) / (values.length - 1) / 2 : Math.abs(low) / 2 || 0.5;
  return [low - half, high + half];
}

/** The best threshold for each value of the assumption, in runs that are not broken by "flag nobody". */
export function bestRuns({ best, values }: HeatMap): readonly (readonly (readonly [number, number])[])[] {
  const runs: [number, number][][] = [];
  best.forEach((threshold, i) => {
    if (Number.isNaN(threshold)) return;
    const isBroken = i === 0 || Number.isNaN(best[i - 1]!);
    if (isBroken) runs.push([]);
    runs.at(-1)!.push([threshold, values[i]!]);
  });
  return runs;
}

/** What the pointer reads at a cell. */
export interface HeatReading {
  readonly threshold: number;
  readonly value: number;
  readonly net: number;
  readonly best: number;
}

/** The cell under a point of the two axes; the nearest one at the edges. */
export function heatAt(map: HeatMap, threshold: number, value: number): HeatReading {
  const column = cellIndex(map.thresholds, threshold);
  const row = cellIndex(map.values, value);
  return {
    threshold: map.thresholds[column]!,
    value: map.values[row]!,
    net: map.net[row * map.thresholds.length + column]!,
    best: map.best[row]!,
  };
}

/** The even spacing of the axis makes this a rounding. */
function cellIndex(values: Float64Array, at: number): number {
  if (values.length < 2) return 0;
  const [low, high] = [values[0]!, values.at(-1)!];
  const index = Math.round(((at - low) / (high - low)) * (values.length - 1));
  return Math.min(Math.max(index, 0), values.length - 1);
}

/** What the map says, for who cannot see it: where the recommended threshold goes as the assumption grows. */
export function heatMessage(map: HeatMap, scenario: Scenario): string {
  const label = assumptionLabel(scenario, map.assumption);
  const at = (index: number) => {
    const best = map.best.at(index) ?? Number.NaN;
    return Number.isNaN(best) ? 'flagging nobody' : formatThreshold(best);
  };
  const text = (index: number) =>
    assumptionText(scenario, map.assumption, map.values.at(index) ?? Number.NaN);
  return `${netValueTitle(scenario)} by threshold and ${lowerFirst(label)}. The best is ${at(0)} at ${text(0)} and ${at(-1)} at ${text(-1)}.`;
}

/**
 * Where the recommendation turns over the range, as a sentence: "From 20 to 500 the recommended threshold goes from 0.03 to
 * 0.69; from 640 on flagging nobody is best."
 */
export function boundarySentence(map: HeatMap, scenario: Scenario): string {
  const text = (index: number) => assumptionText(scenario, map.assumption, map.values[index]!);
  const last = map.best.findLastIndex((best) => !Number.isNaN(best));
  const first = map.best.findIndex((best) => !Number.isNaN(best));
  const label = lowerFirst(assumptionLabel(scenario, map.assumption));
  if (first < 0) return `Flagging nobody is best at every ${label} shown.`;
  const from = formatThreshold(map.best[first]!);
  const to = formatThreshold(map.best[last]!);
  const way =
    first === last
      ? `At ${label} ${text(first)} the recommended threshold is ${from}`
      : from === to
        ? `The recommended threshold stays at ${from} from ${label} ${text(first)} to ${text(last)}`
        : `From ${label} ${text(first)} to ${text(last)} the recommended threshold goes from ${from} to ${to}`;
  if (last < map.best.length - 1) return `${way}; from ${text(last + 1)} on flagging nobody is best.`;
  if (first > 0) return `${way}; up to ${text(first - 1)} flagging nobody is best.`;
  return `${way}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Thresholds of the table: every tenth column of the map and the last, as many as a page has room for. */
const TWIN_STEP = 10;

/** The map as a table: a row for each value of the assumption, its best threshold and net values across the thresholds. */
export function heatTwin(map: HeatMap, scenario: Scenario): TableTwin {
  const columns = map.thresholds.length;
  const shown = [...map.thresholds.keys()].filter((i) => i % TWIN_STEP === 0 || i === columns - 1);
  const money = (amount: number) => formatMoneyExact(Math.round(amount));
  return {
    columns: [
      {
        name: assumptionLabel(scenario, map.assumption),
        values: map.values,
        format: (value) => assumptionText(scenario, map.assumption, value),
      },
      {
        name: 'Best threshold',
        values: map.best,
        format: (value) => (Number.isNaN(value) ? 'flag nobody' : formatThreshold(value)),
      },
      ...shown.map((column) => ({
        name: `Net value at ${formatThreshold(map.thresholds[column]!)}`,
        values: Float64Array.from(map.values, (_, row) => map.net[row * columns + column]!),
        format: money,
      })),
    ],
  };
}

/** The levels' bounds for the legend: "−1.2 M" to "412 k", one more than levels. */
export function levelBounds(levels: readonly HeatLevel[], currency: string): readonly string[] {
  return [...levels.map(({ from }) => from), levels.at(-1)?.to ?? Number.NaN].map((value) =>
    moneyText(value, currency),
  );
}
