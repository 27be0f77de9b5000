import type { Series } from '../../charts/series.ts';
import type { Curves } from '../../core/threshold/decision.ts';
import { formatRate } from '../../design/format.ts';

/** Precision, recall and flagged share by threshold, as lines with their names. Colours c1 to c3: outcome colours mean outcome only. */
export function rateSeries(rates: Curves['rates']): readonly Series[] {
  const format = (value: number) => formatRate(value);
  return [
    { key: 'recall', label: 'recall', values: rates.recall, colour: 'c1', format },
    { key: 'precision', label: 'precision', values: rates.precision, colour: 'c2', format },
    { key: 'flagged', label: 'flagged', values: rates.flaggedShare, colour: 'c3', format },
  ];
}
