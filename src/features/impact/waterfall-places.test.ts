import { describe, expect, it } from 'vitest';
import { type WaterfallStep, waterfallPlaces } from './waterfall-places.ts';

const step = (label: string, amount: number, kind: WaterfallStep['kind']): WaterfallStep => ({
  label,
  amount,
  text: String(amount),
  kind,
});

const lending = [
  step('Losses prevented', 1000, 'gain'),
  step('Reviews', -300, 'cost'),
  step('Fixed cost', -100, 'cost'),
  step('Net value', 600, 'net'),
];

describe('waterfallPlaces', () => {
  it('lets each bar start where the one before ended, and the net value at zero', () => {
    const { zero, steps } = waterfallPlaces(lending, 400);
    const [gain, reviews, fixed, net] = steps;
    const unit = (gain!.end - gain!.start) / 1000;
    expect(gain!.start).toBe(zero);
    expect(reviews!.end).toBeCloseTo(gain!.after, 9);
    expect(reviews!.end - reviews!.start).toBeCloseTo(300 * unit, 9);
    expect(fixed!.end).toBeCloseTo(reviews!.after, 9);
    expect(net!.start).toBe(zero);
    expect(net!.end).toBeCloseTo(fixed!.after, 9);
  });

  it('leaves room left of zero for a loss', () => {
    const { zero, steps } = waterfallPlaces(
      [step('Prevented', 100, 'gain'), step('Reviews', -400, 'cost'), step('Net value', -300, 'net')],
      400,
    );
    expect(steps[2]!.end).toBeCloseTo(zero, 9);
    expect(steps[2]!.start).toBeLessThan(zero);
    expect(steps[1]!.start).toBeCloseTo(steps[2]!.start, 9);
  });

  it('stands still when everything is zero', () => {
    const { zero, steps } = waterfallPlaces([step('Net value', 0, 'net')], 400);
    expect(steps[0]).toMatchObject({ start: zero, end: zero });
  });

  it('writes a long label in two lines and cuts what is longer still', () => {
    const long = step('Good applicants that waited for a second look and went away', -5, 'cost');
    const { steps } = waterfallPlaces([long], 300);
    expect(steps[0]!.lines).toHaveLength(2);
    expect(steps[0]!.lines[1]!.endsWith('…')).toBe(true);
    expect(waterfallPlaces(lending, 400).steps[0]!.lines).toEqual(['Losses prevented']);
  });
});
