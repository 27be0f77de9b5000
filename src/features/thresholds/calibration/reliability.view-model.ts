import type { IntervalBar } from '../../../charts/IntervalBars.tsx';
import type { TableTwin } from '../../../charts/table-twin.ts';
import type { ReliabilityBin } from '../../../core/metrics/calibration-figures.ts';
import { formatCount, formatRate, formatThreshold } from '../../../design/format.ts';
import type { OutcomeWords } from '../words.ts';

/** How the ten bins are cut. */
export type Binning = 'equalMass' | 'equalWidth';

/** Dots with their intervals: mean score against observed rate. */
export function reliabilityBars(bins: readonly ReliabilityBin[]): readonly IntervalBar[] {
  return bins.map(({ meanScore, observedRate, interval }) => ({
    x: meanScore,
    y: observedRate,
    low: interval[0],
    high: interval[1],
  }));
}

/** The bins as a table; of recalibrated scores first these, then the bins of the scores as they were. */
export function reliabilityTwin(
  bins: readonly ReliabilityBin[],
  before: readonly ReliabilityBin[] | null,
  { positive }: OutcomeWords,
): TableTwin {
  const all = [...bins, ...(before ?? [])];
  const column = (of: (bin: ReliabilityBin) => number) => Float64Array.from(all, of);
  const scores = all.map((_, index) => (index < bins.length ? 'recalibrated' : 'as they were'));
  const rate = (value: number) => formatRate(value);
  return {
    columns: [
      ...(before === null ? [] : [{ name: 'Scores', values: scores }]),
      {
        name: 'Mean score',
        values: column((bin) => bin.meanScore),
        format: (value) => formatThreshold(value),
      },
      { name: `Observed ${positive}`, values: column((bin) => bin.observedRate), format: rate },
      { name: '95 % from', values: column(({ interval }) => interval[0]), format: rate },
      { name: '95 % to', values: column(({ interval }) => interval[1]), format: rate },
      { name: 'Rows', values: column((bin) => bin.rows), format: (value) => formatCount(value) },
      { name: 'Positives', values: column((bin) => bin.positives), format: (value) => formatCount(value) },
    ],
  };
}

/** What the pointer reads at a bin. */
export function binRows(bin: ReliabilityBin): readonly { label: string; value: string; ink: null }[] {
  const [low, high] = bin.interval.map((end) => formatRate(end));
  return [
    { label: 'mean score', value: formatThreshold(bin.meanScore), ink: null },
    { label: 'observed', value: formatRate(bin.observedRate), ink: null },
    { label: '95 % interval', value: `${low} to ${high}`, ink: null },
    { label: 'rows', value: formatCount(bin.rows), ink: null },
  ];
}
