import { describe, expect, it } from 'vitest';
import { intervalPicture, intervalScale } from './interval-scale.ts';

const nb = '\u00A0';
const best = { value: 100, low: 60, high: 140 };
const poor = { value: 10, low: -20, high: 40 };

describe('the scale of the intervals', () => {
  it('holds the intervals of all that earn at least half of the best', () => {
    expect(intervalScale([best, { value: 50, low: 20, high: 90 }, poor])).toMatchObject({
      low: 20,
      high: 140,
      best: 100,
      label: '20 to 140',
    });
  });

  it('holds all of them where nothing earns, and is none without an estimate', () => {
    const lost = [
      { value: -10, low: -20, high: 0 },
      { value: -90, low: -99, high: -80 },
    ];
    expect(intervalScale(lost)).toMatchObject({ low: -99, high: 0, best: -10 });
    expect(intervalScale([])).toBeNull();
    expect(intervalScale([{ value: 5, low: Number.NaN, high: Number.NaN }])).toBeNull();
  });

  it('places dot, ends and the out-of-bag value as shares of the width', () => {
    const scale = intervalScale([best])!;
    expect(intervalPicture(best, 80, scale)).toEqual({
      kind: 'drawn',
      from: 0,
      to: 1,
      dot: 0.5,
      expected: 0.25,
      best: 0.5,
    });
    expect(intervalPicture(best, 10, scale)).toMatchObject({ expected: Number.NaN });
    expect(intervalPicture(poor, 5, scale)).toEqual({ kind: 'below', text: `\u2039${nb}60` });
  });
});
