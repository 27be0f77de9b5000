import { expect, test } from 'vitest';
import { twinView } from '../../charts/table-twin.ts';
import { distributionTwin, ratesTwin } from './twins.view-model.ts';

const zeros = new Float64Array(3);

test('all thresholds of a table have the digits that tell its nearest two apart', () => {
  const threshold = Float64Array.of(0.25, 0.50001, 0.50004);
  const twin = ratesTwin({ threshold, precision: zeros, recall: zeros, flaggedShare: zeros });
  expect(twinView(twin).rows.map(([text]) => text)).toEqual(['0.25000', '0.50001', '0.50004']);
  expect(twin.rowAt?.(0.3)).toBe(1);
});

test('the row of a threshold among bins is the bin that holds it, the last one for the highest score', () => {
  const counts = [1, 2, 3, 4];
  const histogram = { low: 0, high: 1, positives: counts, negatives: counts };
  const twin = distributionTwin(histogram, { positive: 'bad', negative: 'good' });
  expect([0, 0.25, 0.6, 1].map((threshold) => twin.rowAt?.(threshold))).toEqual([0, 1, 2, 3]);
});
