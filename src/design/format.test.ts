import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatCountOf,
  formatDecimals,
  formatDuration,
  formatInterval,
  formatMetric,
  formatMoney,
  formatMoneyExact,
  formatPercentTick,
  formatPoints,
  formatRate,
  formatRatio,
  formatRowsPerSecond,
  formatThreshold,
  formatTimeLeft,
  formatValue,
  notDefined,
} from './format.ts';

/** Tests write a plain space where the page has the no-break space. */
const plain = (text: string) => text.replaceAll('\u00A0', ' ');

describe('rates, metrics, counts', () => {
  test('metrics have three decimals, rates are percent with one, counts have separators', () => {
    expect(formatMetric(0.8514, 'en')).toBe('0.851');
    expect(formatRatio(1.774, 'en')).toBe('1.77');
    expect(formatRatio(9_999.994, 'en')).toBe('9,999.99');
    expect(formatRatio(-8_896_266.33, 'en')).toBe('\u22128.90\u00A0M');
    expect(formatRate(0.4701, 'en')).toBe('47.0\u00A0%');
    expect(formatCount(1336, 'en')).toBe('1,336');
    expect(plain(formatCountOf(1, 'row', 'rows', 'en'))).toBe('1 row');
    expect(plain(formatCountOf(4454, 'row', 'rows', 'en'))).toBe('4,454 rows');
  });

  test('the locale gives separators', () => {
    expect(formatMetric(0.8514, 'de')).toBe('0,851');
    expect(plain(formatRate(0.4701, 'de'))).toBe('47,0 %');
    expect(formatCount(1234567, 'de')).toBe('1.234.567');
    expect(plain(formatMoney(1_690_000, 'de'))).toBe('1,69 M');
  });

  test('NaN is said in words, never shown as 0 and never given a unit', () => {
    for (const format of [formatMetric, formatRate, formatCount, formatMoney, formatMoneyExact, formatRatio])
      expect(format(Number.NaN, 'en')).toBe(notDefined);
    expect(formatChange(Number.NaN, formatMetric, 'en')).toBe(notDefined);
    expect(formatPoints(Number.NaN, 'en')).toBe(notDefined);
    expect(formatDuration(Number.NaN, 'en')).toBe(notDefined);
    expect(formatBytes(Number.NaN, 'en')).toBe(notDefined);
    expect(formatRowsPerSecond(Number.NaN, 'en')).toBe(notDefined);
  });

  test('rounding to zero leaves no minus sign', () => {
    expect(formatMetric(-0.0001, 'en')).toBe('0.000');
    expect(formatMoneyExact(-0.001, 'en')).toBe('0');
    expect(formatMetric(-0.5, 'en')).toBe('\u22120.500');
  });
});

describe('money', () => {
  test.each([
    [0, '0'],
    [50, '50'],
    [12.5, '12.50'],
    [999, '999'],
    [999.4, '999'],
    [999.6, '1.00 k'],
    [1000, '1.00 k'],
    [412_345, '412 k'],
    [999_600, '1.00 M'],
    [1_690_000, '1.69 M'],
    [-386_000, '\u2212386 k'],
    [2.5e9, '2.50 B'],
    [3e12, '3.00 T'],
  ])('%d is %s', (amount, text) => {
    expect(plain(formatMoney(amount, 'en'))).toBe(text);
  });

  test('exact money keeps cents only where there are some', () => {
    expect(formatMoneyExact(1_690_123, 'en')).toBe('1,690,123');
    expect(formatMoneyExact(1_690_123.5, 'en')).toBe('1,690,123.50');
    expect(formatMoneyExact(1_690_123.001, 'en')).toBe('1,690,123');
  });

  test('law: three significant digits, whatever the size', () => {
    const scale: Record<string, number> = { k: 1e3, M: 1e6, B: 1e9, T: 1e12 };
    fc.assert(
      fc.property(fc.double({ min: 1000, max: 9e14, noNaN: true }), (amount) => {
        const [figure, unit] = plain(formatMoney(amount, 'en')).split(' ') as [string, string];
        const shown = Number(figure.replaceAll(',', '')) * scale[unit]!;
        expect(Math.abs(shown - amount) / amount).toBeLessThanOrEqual(0.00501);
      }),
      { numRuns: 200 },
    );
  });
});

describe('decimals', () => {
  test('as many as are asked for, whatever the number', () => {
    expect([formatDecimals(0.0214, 4, 'en'), formatDecimals(-2, 1, 'en')]).toEqual(['0.0214', '\u22122.0']);
    expect(formatDecimals(Number.NaN, 2)).toBe(notDefined);
  });
});

describe('changes and intervals', () => {
  test('a change has its sign, none has none', () => {
    expect(formatChange(0.186, formatMetric, 'en')).toBe('+0.186');
    expect(formatChange(-0.108, formatMetric, 'en')).toBe('\u22120.108');
    expect(formatChange(0, formatMetric, 'en')).toBe('0.000');
    expect(formatChange(0.0001, formatMetric, 'en')).toBe('0.000');
    expect(plain(formatChange(182_000, formatMoney, 'en'))).toBe('+182 k');
    expect(plain(formatPoints(0.167, 'en'))).toBe('+16.7 pt');
    expect(plain(formatPoints(-0.167, 'en'))).toBe('\u221216.7 pt');
  });

  test('an estimate carries its interval', () => {
    expect(formatInterval(0.812, [0.79, 0.834], formatMetric, 'en')).toBe('0.812 [0.790, 0.834]');
  });
});

describe('thresholds', () => {
  test('flagging nobody is said', () => {
    expect(formatThreshold(Number.POSITIVE_INFINITY)).toBe('above every score');
    expect(formatThreshold(Number.NaN)).toBe(notDefined);
  });
});

describe('columns, time, speed, size', () => {
  test.each([
    [0, '0'],
    [846, '846'],
    [12.345678, '12.3457'],
    [1234567, '1,234,567'],
    [1234567.4, '1,234,567'],
    [0.00001234, '1.234e\u22125'],
    [Number.NaN, notDefined],
  ])('value %d is %s', (value, text) => {
    expect(formatValue(value, 'en')).toBe(text);
  });

  test.each([
    [0, '0 ms'],
    [340, '340 ms'],
    [999.7, '1,000 ms'],
    [1500, '1.5 s'],
    [9960, '10 s'],
    [12_000, '12 s'],
    [59_600, '1 min 00 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 05 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(plain(formatDuration(ms, 'en'))).toBe(text);
  });

  test('time left is rounded up to whole seconds and empty while unknown', () => {
    expect(plain(formatTimeLeft(11_200, 'en'))).toBe('12 s left');
    expect(plain(formatTimeLeft(3_000, 'en'))).toBe('3 s left');
    expect(plain(formatTimeLeft(2_001, 'de'))).toBe('3 s left');
    expect(plain(formatTimeLeft(400, 'en'))).toBe('less than 1 s left');
    expect(formatTimeLeft(Number.NaN)).toBe('');
    expect(formatTimeLeft(Number.POSITIVE_INFINITY)).toBe('');
  });

  test('speed and size', () => {
    expect(plain(formatRowsPerSecond(1_690_000, 'en'))).toBe('1.69 M rows/s');
    expect(plain(formatRowsPerSecond(812.3, 'en'))).toBe('812 rows/s');
    expect(plain(formatBytes(0, 'en'))).toBe('0 B');
    expect(plain(formatBytes(14_200_000, 'en'))).toBe('14.2 MB');
    expect(plain(formatBytes(999_999, 'en'))).toBe('1.00 MB');
  });
});

test('a tick of a share is a whole percent, and zero has no unit', () => {
  expect([0, 0.2, 0.125, 1].map((share) => formatPercentTick(share))).toEqual([
    '0',
    '20\u00A0%',
    '13\u00A0%',
    '100\u00A0%',
  ]);
});
