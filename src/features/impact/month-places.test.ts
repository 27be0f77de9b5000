import { describe, expect, it } from 'vitest';
import { labelWidth } from '../../charts/label-placement.ts';
import { type MonthMark, monthName, monthPlaces } from './month-places.ts';

const mark = (month: string, net: number, standing: MonthMark['standing'] = 'inside'): MonthMark => ({
  month,
  kind: 'realised',
  net,
  netText: `${net}`,
  promised: { net: 100, low: 80, high: 120 },
  floor: 0,
  standing,
});

describe('monthPlaces', () => {
  it('puts each month into the middle of its room and its net value on the axis', () => {
    const { frame, axis, months, zero } = monthPlaces([mark('2024-01', 0), mark('2024-02', 120)], 800, 300);
    const slot = (frame.right - frame.left) / 2;
    expect(months.map(({ x }) => x)).toEqual([frame.left + slot / 2, frame.left + 1.5 * slot]);
    expect(axis.domain[0]).toBe(0);
    expect(months[0]?.y).toBe(zero);
    expect(months[1]?.y).toBeCloseTo(frame.bottom - (120 / axis.domain[1]) * (frame.bottom - frame.top), 9);
  });

  it('leaves the room of a month without decisions empty, over the turn of a year', () => {
    const { frame, months, hasYears } = monthPlaces([mark('2023-11', 1), mark('2024-02', 1)], 800, 300);
    const slot = (frame.right - frame.left) / 4;
    expect(months[1]!.x - months[0]!.x).toBeCloseTo(3 * slot, 9);
    expect(hasYears).toBe(true);
    expect(months.map(({ year }) => year)).toEqual(['2023', '']);
  });

  it('drops names and numbers that would meet, but not those of low months', () => {
    const many = Array.from({ length: 24 }, (_, i) =>
      mark(
        `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
        125_000,
        i === 5 ? 'below' : 'inside',
      ),
    );
    const wide = monthPlaces(many, 1600, 300);
    expect(wide.months.every(({ showsName, showsNet }) => showsName && showsNet)).toBe(true);
    const narrow = monthPlaces(many, 700, 300);
    expect(narrow.months.filter(({ showsNet }) => showsNet).map(({ mark: { month } }) => month)).toEqual([
      '2022-06',
    ]);
    const phone = monthPlaces(many, 358, 300);
    const named = phone.months.filter(({ showsName }) => showsName);
    expect(named.length).toBeLessThan(24);
    for (const [i, place] of named.slice(1).entries())
      expect(place.x - named[i]!.x).toBeGreaterThanOrEqual(labelWidth(place.name));
  });

  it('one stray date does not squeeze the others: gaps of more than fifty years are left out', () => {
    const { frame, months } = monthPlaces([mark('1900-01', 1), mark('2024-01', 1)], 800, 300);
    expect(months[1]!.x - months[0]!.x).toBeCloseTo((frame.right - frame.left) / 2, 9);
  });

  it('keeps the words at the right apart and leaves them out on narrow pictures', () => {
    const tight = { ...mark('2024-01', 100), promised: { net: 100, low: 99, high: 101 }, floor: 100.5 };
    const { side } = monthPlaces([tight], 800, 300);
    expect(side.map(({ text }) => text)).toEqual(['95\u00A0% band', 'ROI floor', 'promised']);
    expect(side[1]!.y - side[0]!.y).toBeGreaterThanOrEqual(13);
    expect(side[2]!.y - side[1]!.y).toBeGreaterThanOrEqual(13);
    expect(monthPlaces([tight], 358, 300).side).toEqual([]);
  });

  it('names the band of predicted months, but no promise', () => {
    const predicted = { ...mark('2024-01', 100), promised: { net: NaN, low: 80, high: 120 }, floor: NaN };
    expect(monthPlaces([predicted], 800, 300).side.map(({ text }) => text)).toEqual(['95\u00A0% band']);
  });

  it('a promise that is not defined takes no part in the axis', () => {
    const none = { ...mark('2024-01', 40), promised: { net: NaN, low: NaN, high: NaN }, floor: NaN };
    const { axis, side } = monthPlaces([none], 800, 300);
    expect(axis.domain).toEqual([0, 40]);
    expect(side).toEqual([]);
  });

  it('has no months to place', () => {
    expect(monthPlaces([], 800, 300).months).toEqual([]);
  });
});

describe('monthName', () => {
  it('says a month in words, and leaves what is none', () => {
    expect(monthName('2024-03', 'long', 'en')).toBe('March 2024');
    expect(monthName('2024-03', 'short', 'en')).toBe('Mar');
    expect(monthName('2024-13', 'short', 'en')).toBe('2024-13');
  });
});
