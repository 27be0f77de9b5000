import type { TableTwin } from '../../../charts/table-twin.ts';
import { movableAssumptions } from '../../../core/money/moved-assumption.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import type { MovedAssumption, Tornado, TornadoBar } from '../../../core/money/sensitivity-figures.ts';
import { formatChange, formatMoney, formatMoneyExact, formatThreshold } from '../../../design/format.ts';
import { assumptionLabel, assumptionText } from '../assumption-words.ts';
import { percentText } from '../scale-words.ts';

/** One end of a bar: the assumption's value there, and what net value changes by. */
export interface TornadoEnd {
  readonly valueText: string;
  /** Signed: "−12.1 k". */
  readonly changeText: string;
  /** Signed share of the greatest change of all bars, −1 to 1. */
  readonly reach: number;
}

/** One assumption of the tornado as it is drawn. */
export interface TornadoRow {
  readonly assumption: MovedAssumption;
  readonly label: string;
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
  /** "±12.1 k", or both changes where they differ. */
  readonly changeText: string;
  /** The best threshold at both ends: "best 0.063 to 0.081"; '' where it does not move. */
  readonly bestText: string;
}

/** Whether every bar is of a number that the scenario has: one of another template is no answer to it, not even an old one. */
export function isTornadoOf({ bars }: Tornado, scenario: Scenario): boolean {
  const movable = movableAssumptions(scenario);
  return bars.every(({ assumption }) => movable.includes(assumption));
}

/** The tornado as rows, the strongest first. Call `isTornadoOf` first. */
export function tornadoRows({ net, bars }: Tornado, scenario: Scenario): readonly TornadoRow[] {
  const changes = bars.flatMap((bar) => [Math.abs(bar.netAtLow - net), Math.abs(bar.netAtHigh - net)]);
  const greatest = Math.max(0, ...changes);
  return bars.map((bar) => {
    const end = (value: number, netThere: number): TornadoEnd => ({
      valueText: assumptionText(scenario, bar.assumption, value),
      changeText: formatChange(netThere - net, formatMoney),
      reach: greatest === 0 ? 0 : (netThere - net) / greatest,
    });
    const low = end(bar.lowValue, bar.netAtLow);
    const high = end(bar.highValue, bar.netAtHigh);
    return {
      assumption: bar.assumption,
      label: assumptionLabel(scenario, bar.assumption),
      low,
      high,
      changeText: bothChanges(bar, net, low, high),
      bestText: bestText(bar),
    };
  });
}

function bothChanges(
  { netAtLow, netAtHigh }: TornadoBar,
  net: number,
  low: TornadoEnd,
  high: TornadoEnd,
): string {
  const down = formatMoney(Math.abs(netAtLow - net));
  const isEven = (netAtLow - net) * (netAtHigh - net) < 0 && down === formatMoney(Math.abs(netAtHigh - net));
  return isEven ? `±${down}` : `${low.changeText}, ${high.changeText}`;
}

function bestText({ bestAtLow, bestAtHigh }: TornadoBar): string {
  if (bestAtLow === bestAtHigh) return '';
  return `best ${thresholdOr(bestAtLow)} to ${thresholdOr(bestAtHigh)}`;
}

function thresholdOr(threshold: number | null): string {
  return threshold === null ? 'flag nobody' : formatThreshold(threshold);
}

/** What the tornado says, for who cannot see it. */
export function tornadoMessage(tornado: Tornado, scenario: Scenario): string {
  const [first] = tornadoRows(tornado, scenario);
  const by = percentText(tornado.swing);
  if (first === undefined) return 'No assumption has a value that could be moved.';
  return `Net value with each assumption moved by ${by}, one at a time. ${first.label} moves it most: ${first.changeText}.`;
}

/** The bars with full numbers. */
export function tornadoTwin({ bars }: Tornado, scenario: Scenario): TableTwin {
  const money = (amount: number) => formatMoneyExact(Math.round(amount));
  const number = (read: (bar: TornadoBar) => number | null) =>
    Float64Array.from(bars, (bar) => read(bar) ?? Number.NaN);
  const best = (value: number) => (Number.isNaN(value) ? 'flag nobody' : formatThreshold(value));
  return {
    columns: [
      { name: 'Assumption', values: bars.map((bar) => assumptionLabel(scenario, bar.assumption)) },
      { name: 'From', values: bars.map((bar) => assumptionText(scenario, bar.assumption, bar.lowValue)) },
      { name: 'To', values: bars.map((bar) => assumptionText(scenario, bar.assumption, bar.highValue)) },
      { name: 'Net value from', values: number((bar) => bar.netAtLow), format: money },
      { name: 'Net value to', values: number((bar) => bar.netAtHigh), format: money },
      { name: 'Best threshold from', values: number((bar) => bar.bestAtLow), format: best },
      { name: 'Best threshold to', values: number((bar) => bar.bestAtHigh), format: best },
    ],
  };
}
