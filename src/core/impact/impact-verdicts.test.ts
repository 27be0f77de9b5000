import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RealisedMonth } from './impact-figures.ts';
import { floorAlert, meanMonthlyNet, paidBackIn, payBackMonths, standingOf } from './impact-verdicts.ts';
import { monthName, monthNumber, monthNumberOf } from './month.ts';

/** A month of 100 decisions whose net value is `roi` times the 10 spent; the band is 0 to 20. */
const month = (name: string, roi: number, change: Partial<RealisedMonth> = {}): RealisedMonth => ({
  ...{ month: name, rows: 100, known: 100, flagged: 10, caught: 5, missedPositives: 1 },
  ...{ prevented: 10 + 10 * roi, spent: 10, missed: 3, net: 10 * roi, roi },
  promised: { net: 10, low: 0, high: 20 },
  ...change,
});

describe('standingOf', () => {
  it('is inside, below or above the band; its ends are inside', () => {
    const standings = [-0.1, 0, 1, 2, 2.1].map((roi) => standingOf(month('2024-01', roi)));
    expect(standings).toEqual(['below', 'inside', 'inside', 'inside', 'above']);
  });

  it('is open below half of the outcomes, and without a band', () => {
    expect(standingOf(month('2024-01', -5, { known: 49 }))).toBe('open');
    expect(standingOf(month('2024-01', -5, { known: 50 }))).toBe('below');
    expect(standingOf(month('2024-01', -5, { rows: 0, known: 0 }))).toBe('open');
    expect(standingOf(month('2024-01', 1, { promised: { net: 1, low: NaN, high: NaN } }))).toBe('open');
  });
});

describe('floorAlert', () => {
  const months = (...rois: number[]) =>
    rois.map((roi, i) => month(`2024-${String(i + 1).padStart(2, '0')}`, roi));

  it('needs two months in a row below the floor', () => {
    expect(floorAlert(months(1, 0.4, 1, 0.4, 1), 0.5)).toBeNull();
    expect(floorAlert(months(1, 0.5, 0.5), 0.5)).toBeNull();
    expect(floorAlert([], 0.5)).toBeNull();
    expect(floorAlert(months(1, 0.4, 0.3, 1), 0.5)).toEqual({
      ...{ first: ['2024-02', '2024-03'], latest: ['2024-02', '2024-03'] },
      ...{ run: ['2024-02', '2024-03'], isLasting: false },
    });
  });

  it('names the first and the latest pair, the run that the latest ends, and whether it lasts', () => {
    expect(floorAlert(months(0, 0, 1, 1, 0, 0, 0), 0.5)).toEqual({
      ...{ first: ['2024-01', '2024-02'], latest: ['2024-06', '2024-07'] },
      ...{ run: ['2024-05', '2024-06', '2024-07'], isLasting: true },
    });
  });

  it('lets open months and months without spending neither count nor break', () => {
    const gap = [
      month('2024-01', 0),
      month('2024-02', 3, { known: 10 }),
      month('2024-03', Number.NaN),
      month('2024-06', 0),
    ];
    expect(floorAlert(gap, 0.5)).toMatchObject({ first: ['2024-01', '2024-06'], isLasting: true });
    expect(floorAlert([...gap, month('2024-07', 0, { known: 10 })], 0.5)).toMatchObject({ isLasting: true });
    expect(floorAlert([month('2024-01', 0), month('2024-02', 0, { known: 10 })], 0.5)).toBeNull();
  });
});

describe('pay-back', () => {
  it('divides the investment by the monthly net value', () => {
    expect(payBackMonths(600, 100)).toBe(6);
    expect(payBackMonths(0, -5)).toBe(0);
    expect(payBackMonths(600, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(payBackMonths(600, -1)).toBe(Number.POSITIVE_INFINITY);
    expect(payBackMonths(600, Number.NaN)).toBeNaN();
  });

  it('takes the mean over calendar months, empty ones too', () => {
    const nets = [
      { month: '2023-12', net: 60 },
      { month: '2024-02', net: 30 },
    ];
    expect(meanMonthlyNet(nets)).toBe(30);
    expect(meanMonthlyNet([])).toBeNaN();
  });

  it('finds the month in which the sum first reaches the investment', () => {
    const nets = [5, -2, 4, 1].map((net, i) => ({ month: `2024-0${i + 1}`, net }));
    expect(paidBackIn(nets, 5)).toBe('2024-01');
    expect(paidBackIn(nets, 7)).toBe('2024-03');
    expect(paidBackIn(nets, 9)).toBeNull();
    expect(paidBackIn([], 1)).toBeNull();
  });
});

describe('months', () => {
  it('are those of UTC, and come back from their names', () => {
    const last = monthNumber(Date.UTC(2024, 11, 31, 23, 59, 59));
    expect(monthName(last)).toBe('2024-12');
    expect(monthName(last + 1)).toBe('2025-01');
    expect(monthNumberOf('2024-12')).toBe(last);
    expect(monthNumber(Date.UTC(1969, 0, 1)) - monthNumber(Date.UTC(1968, 11, 31))).toBe(1);
  });

  it('law: as the platform has them, on any day of the calendar', () => {
    const numRuns = process.env.CUTLINE_LANE === 'slow' ? 100_000 : 1000;
    const day = fc.integer({ min: Date.UTC(100, 0, 1), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(day, (epochMs) => {
        expect(monthName(monthNumber(epochMs))).toBe(new Date(epochMs).toISOString().slice(0, 7));
      }),
      { numRuns },
    );
  });

  it('are not of what is no date', () => {
    expect(monthNumber(Number.NaN)).toBeNaN();
    for (const name of ['2024-13', '2024-00', '2024', 'x']) expect(monthNumberOf(name)).toBeNaN();
  });
});
