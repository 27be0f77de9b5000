import { type TableTwin, type TwinColumn, twinView } from '../../../charts/table-twin.ts';
import type { GainsBin, RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import {
  formatCount,
  formatMetric,
  formatMoney,
  formatMoneyExact,
  formatRate,
  formatRatio,
  formatThreshold,
} from '../../../design/format.ts';

interface GainsColumn {
  readonly name: string;
  readonly of: (bin: GainsBin, index: number) => number;
  readonly format: (value: number) => string;
  /** In files: the full number under a name that says what it is. */
  readonly fileName?: string;
}

const metric = (value: number) => formatMetric(value);
const rate = (value: number) => formatRate(value);
const ratio = (value: number) => formatRatio(value);
const count = (value: number) => formatCount(value);
const score = (value: number) => formatThreshold(value);

const columns: readonly GainsColumn[] = [
  { name: 'Bin', of: (_, index) => index + 1, format: count },
  { name: 'Score from', of: ({ lowestScore }) => lowestScore, format: score },
  { name: 'to', of: ({ highestScore }) => highestScore, format: score, fileName: 'Score to' },
  { name: 'Rows', of: ({ rows }) => rows, format: count },
  { name: 'Positives', of: ({ positives }) => positives, format: count },
  { name: 'Rate', of: ({ positiveRate }) => positiveRate, format: rate, fileName: 'Positive rate' },
  { name: 'Lift', of: ({ lift }) => lift, format: ratio },
  {
    name: 'Caught so far',
    of: ({ cumulativePositives }) => cumulativePositives,
    format: rate,
    fileName: 'Cumulative share of positives',
  },
  {
    name: 'Lift so far',
    of: ({ cumulativeLift }) => cumulativeLift,
    format: ratio,
    fileName: 'Cumulative lift',
  },
  { name: 'KS', of: ({ ks }) => ks, format: metric },
  { name: 'WoE', of: ({ weightOfEvidence }) => weightOfEvidence, format: metric },
  { name: 'IV', of: ({ informationValue }) => informationValue, format: metric },
  { name: 'O/E', of: ({ observedToExpected }) => observedToExpected, format: ratio },
];

/** Columns of the file only: what the table on the page leaves to its cumulative neighbours. */
const fileColumns: readonly GainsColumn[] = [
  { name: 'Negatives', of: ({ negatives }) => negatives, format: count },
  {
    name: 'Cumulative share of negatives',
    of: ({ cumulativeNegatives }) => cumulativeNegatives,
    format: rate,
  },
  { name: 'Cumulative share of rows', of: ({ cumulativeRows }) => cumulativeRows, format: rate },
];

export interface GainsTableView {
  readonly header: readonly string[];
  readonly rows: readonly GainsRow[];
}

interface GainsRow {
  readonly cells: readonly string[];
  /** Net value of the bin in full; null without money. */
  readonly exactNet: string | null;
  /** The last bin of which rows are flagged. */
  readonly isCurrent: boolean;
}

/**
 * The gains table as the page shows it.
 *
 * @param netName of the money column: "Net value a year"; null without a scenario
 */
export function gainsTableView(
  { gains }: RankingFigures,
  threshold: number,
  netName: string | null,
): GainsTableView {
  const { bins } = gains;
  const view = twinView({
    columns: shownColumns(bins, netName).map((column) => twinColumn(column, bins, false)),
  });
  const current = bins.findLastIndex(({ highestScore }) => highestScore >= threshold);
  return {
    header: view.header,
    rows: view.rows.map((cells, index) => ({
      cells,
      exactNet: netName === null ? null : formatMoneyExact(Math.round(bins[index]!.net)),
      isCurrent: index === current,
    })),
  };
}

/** All columns with full numbers, for the file. */
export function gainsTableTwin({ gains }: RankingFigures, netName: string | null): TableTwin {
  const all = [...shownColumns(gains.bins, netName), ...fileColumns];
  return { columns: all.map((column) => twinColumn(column, gains.bins, true)) };
}

function shownColumns(bins: readonly GainsBin[], netName: string | null): readonly GainsColumn[] {
  const defined = columns.filter(
    ({ name, of }) => name !== 'O/E' || bins.some((bin, i) => !Number.isNaN(of(bin, i))),
  );
  if (netName === null) return defined;
  return [...defined, { name: netName, of: ({ net }) => net, format: (value) => formatMoney(value) }];
}

function twinColumn(column: GainsColumn, bins: readonly GainsBin[], inFile: boolean): TwinColumn {
  const name = inFile ? (column.fileName ?? column.name) : column.name;
  return { name, values: Float64Array.from(bins, column.of), format: column.format };
}
