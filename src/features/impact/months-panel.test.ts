import { describe, expect, it } from 'vitest';
import { twinCsv, twinView } from '../../charts/table-twin.ts';
import type { ImpactViewMonth } from './impact-view.ts';
import { monthHover, monthMarks, monthsTwin, monthsWords } from './months-panel.view-model.ts';

const month = (name: string, change: Partial<ImpactViewMonth> = {}): ImpactViewMonth => ({
  month: name,
  kind: 'realised',
  rows: 1000,
  known: 900,
  prevented: 160_000,
  spent: 40_000,
  missed: 30_000,
  net: 120_000,
  roi: 3,
  promised: { net: 126_900, low: 100_000, high: 153_800 },
  standing: 'inside',
  isBelowBand: false,
  isBelowFloor: false,
  ...change,
});

describe('monthMarks', () => {
  it('draws the floor as what the ROI floor asks for on what was spent', () => {
    const [mark] = monthMarks([month('2024-01')], 0.5);
    expect(mark).toMatchObject({ month: '2024-01', net: 120_000, floor: 20_000, standing: 'inside' });
    expect(mark?.netText).toBe('120\u00A0k');
    const many = [month('2024-01'), month('2024-02', { net: 9400 }), month('2024-03', { net: 0 })];
    expect(monthMarks(many, 0).map(({ netText }) => netText)).toEqual(['120\u00A0k', '9\u00A0k', '0\u00A0k']);
    expect(monthMarks([month('2024-01', { net: 5.5 })], 0)[0]?.netText).toBe('5.50');
  });

  it('writes nothing under a month without a net value', () => {
    expect(monthMarks([month('2024-01', { net: Number.NaN })], 0)[0]?.netText).toBe('');
  });
});

describe('monthHover', () => {
  it('says the month, how much of it is known, and its figures in full', () => {
    expect(monthHover([month('2024-01')], '2024-01').map(({ value }) => value)).toEqual([
      'realised',
      '900 of 1,000 known',
      '120,000',
      '126,900',
      '100\u00A0k to 154\u00A0k',
      '3.00',
    ]);
    expect(monthHover([], '2024-01')).toEqual([]);
  });
});

describe('monthsTwin', () => {
  it('holds every figure of the picture, months in ISO form', () => {
    const months = [month('2024-01'), month('2024-02', { roi: Number.NaN, spent: 0 })];
    expect(twinView(monthsTwin(months, null)).rows[1]?.slice(0, 4)).toEqual([
      '2024-02',
      'realised',
      '1,000',
      '900',
    ]);
    expect(twinCsv(monthsTwin(months, null)).split('\r\n')[2]).toBe(
      '2024-02,realised,1000,900,160000,0,30000,120000,,126900,100000,153800',
    );
  });
});

describe('monthsWords', () => {
  it('names the months below the band, and counts those that reach it', () => {
    const low = { standing: 'below', isBelowBand: true } as const;
    const words = monthsWords([month('2024-01'), month('2024-07', low), month('2024-11', low)], null);
    expect(words.title).toBe('Net value of each month, against the promise');
    expect(words.low).toBe(
      'Hollow: below the band, July 2024 and November 2024. An alert needs two months in a row under the ROI floor.',
    );
    expect(words.message).toContain('1 of 3 reach the band.');
    expect(words.caption).toContain('2,700\u00A0decisions with a known outcome');
  });

  it('calls predicted months predicted, and tells both apart where both are there', () => {
    const predicted = month('2024-01', { kind: 'predicted', known: 1000, standing: 'open' });
    const alone = monthsWords([predicted], null);
    expect(alone.title).toBe('Net value of each month, as predicted');
    expect(alone.caption).toContain('from the judged rows of the month');
    expect(alone).toMatchObject({ message: 'Predicted net value of 1\u00A0month.', low: null, open: null });
    const both = monthsWords([month('2024-01'), { ...predicted, month: '2024-02', known: 0 }], null);
    expect(both.caption).toMatch(/^900\u00A0decisions with a known outcome; .*diamond: predicted/);
    expect(both.message).toBe(
      'Net value of 1\u00A0month against the promised band. 1 of 1 reach the band. 1\u00A0month more is predicted.',
    );
    expect(both.open).toBeNull();
  });

  it('says that the months are of these rows, in the caption and in the table', () => {
    const predicted = month('2024-01', { kind: 'predicted' });
    const scale = 'months of these 3,000 rows, not scaled to a year';
    expect(monthsWords([predicted], scale).caption).toContain(`judged rows; ${scale}; `);
    expect(twinView(monthsTwin([predicted], scale)).rows[0]?.[1]).toBe(`predicted; ${scale}`);
  });

  it('gives the pointer no promise of a predicted month', () => {
    const labels = monthHover([month('2024-01', { kind: 'predicted' })], '2024-01').map(({ label }) => label);
    expect(labels).not.toContain('promised');
    expect(monthHover([month('2024-01')], '2024-01').map(({ label }) => label)).toContain('promised');
  });

  it('says of open months that they are no verdict', () => {
    const words = monthsWords([month('2024-01'), month('2024-02', { standing: 'open' })], null);
    expect(words.open).toBe('Dashed: too few outcomes are known yet to judge the month.');
    expect(words.message).toContain('1 of 1 reach the band.');
  });
});
