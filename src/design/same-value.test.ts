import { expect, test } from 'vitest';
import { sameValue } from './same-value.ts';

test('options built anew with the same content draw the same', () => {
  const values = Float64Array.of(1, 2);
  const props = () => ({
    frame: { width: 10 },
    series: [{ key: 'a', values, format: (v: number) => String(v) }],
    plateau: [0.1, 0.2],
  });
  expect(sameValue(props(), props())).toBe(true);
});

test('new data, another label or a missing option is a change', () => {
  const values = Float64Array.of(1, 2);
  expect(sameValue({ series: [{ values }] }, { series: [{ values: Float64Array.of(1, 2) }] })).toBe(false);
  expect(sameValue({ series: [{ label: 'a' }] }, { series: [{ label: 'b' }] })).toBe(false);
  expect(sameValue({ plateau: [0.1, 0.2] }, { plateau: null })).toBe(false);
  expect(sameValue({ references: [{ y: 1 }] }, { references: [] })).toBe(false);
});

test('value arrays of plain numbers are compared by reference', () => {
  const series = (values: number[]) => ({ series: [{ values }] });
  const values = [1, 2];
  expect(sameValue(series(values), series(values))).toBe(true);
  expect(sameValue(series(values), series([1, 2]))).toBe(false);
});
