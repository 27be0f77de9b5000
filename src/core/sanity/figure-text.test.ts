import { expect, it } from 'vitest';
import {
  betweenText,
  countOf,
  countText,
  metricText,
  namesText,
  shareText,
  valueText,
} from './figure-text.ts';

it('writes shares in percent, and never rounds some to none or nearly all to all', () => {
  expect([0, 0.0004, 0.2814, 0.9996, 1, Number.NaN].map(shareText)).toEqual([
    '0.0 %',
    'under 0.1 %',
    '28.1 %',
    'over 99.9 %',
    '100.0 %',
    'not defined',
  ]);
});

it('writes counts with separators and the noun in its number', () => {
  expect([0, 999, 1336, 1234567].map(countText)).toEqual(['0', '999', '1,336', '1,234,567']);
  expect([countOf(1, 'row'), countOf(1336, 'row')]).toEqual(['1 row', '1,336 rows']);
});

it('writes values with four significant digits, neighbours with as many as tell them apart', () => {
  expect([0, 0.28141, -2.5, 1234.56, 12345.6, 1234567, 3.21e-9].map((value) => valueText(value))).toEqual([
    '0',
    '0.2814',
    '-2.5',
    '1235',
    '12,350',
    '1,235,000',
    '3.21e-9',
  ]);
  expect(betweenText(18, 68)).toBe('18 to 68');
  expect(betweenText(1_600_000_000_000, 1_600_000_012_345)).toBe('1,600,000,000,000 to 1,600,000,010,000');
});

it('writes probabilities with three decimals, small ones with two digits', () => {
  expect([0, 0.7037, 0.00012345, Number.NaN].map(metricText)).toEqual([
    '0.000',
    '0.704',
    '0.00012',
    'not defined',
  ]);
});

it('names three things at most', () => {
  expect(namesText(['a'])).toBe('"a"');
  expect(namesText(['a', 'b'])).toBe('"a" and "b"');
  expect(namesText(['a', 'b', 'c'])).toBe('"a", "b" and "c"');
  expect(namesText(['a', 'b', 'c', 'd', 'e'])).toBe('"a", "b", "c" and 2 more');
  expect(namesText([])).toBe('');
});
