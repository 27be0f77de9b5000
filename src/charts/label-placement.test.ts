import { describe, expect, test } from 'vitest';
import { bestPlace, type LabelBox } from './label-placement.ts';
import type { PlotFrame } from './plot-frame.ts';

const frame: PlotFrame = { width: 400, height: 200, left: 40, right: 392, top: 10, bottom: 180 };
const box = (x: number, y: number): LabelBox => ({ x, y, width: 60, height: 13 });
const flat = (y: number) => ({ x: [40, 392], y: [y, y] });

describe('bestPlace', () => {
  test('the first candidate with room wins', () => {
    expect(bestPlace([box(100, 50), box(100, 100)], [flat(150)], [], frame)).toBe(0);
  });

  test('a line through the label sends it elsewhere, also between two drawn points', () => {
    expect(bestPlace([box(100, 50), box(100, 100)], [flat(56)], [], frame)).toBe(1);
  });

  test('a placed label is not covered', () => {
    expect(bestPlace([box(100, 50), box(100, 100)], [], [box(120, 55)], frame)).toBe(1);
  });

  test('the plot is not left', () => {
    expect(bestPlace([box(20, 50), box(100, 50)], [], [], frame)).toBe(1);
    expect(bestPlace([box(100, 175), box(100, 150)], [], [], frame)).toBe(1);
    expect(bestPlace([box(380, 50), box(330, 50)], [], [], frame)).toBe(1);
  });

  test('without room anywhere the least bad wins', () => {
    expect(bestPlace([box(100, 50), box(100, 62)], [flat(56), flat(76)], [], frame)).toBe(1);
  });

  test('a label that is not needed is left out rather than drawn over something', () => {
    expect(bestPlace([box(100, 50)], [flat(56)], [], frame, 0)).toBe(-1);
    expect(bestPlace([box(100, 50)], [flat(90)], [], frame, 0)).toBe(0);
    expect(bestPlace([], [], [], frame)).toBe(-1);
  });

  test('a gap in a line is no obstacle', () => {
    expect(bestPlace([box(100, 50)], [{ x: [40, 392], y: [Number.NaN, 56] }], [], frame)).toBe(0);
  });
});
