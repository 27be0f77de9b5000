import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import {
  bracketText,
  intervalBeside,
  inwardTexts,
  moneyText,
  moneyTextExact,
  rangeText,
  thresholdText,
} from './display-text.ts';

const nb = '\u00A0';

const range = (highestPassed: number, lowestFlagged: number) => ({ highestPassed, lowestFlagged });

describe('thresholdText', () => {
  it('is the shortest decimal with the same rows, three decimals at least', () => {
    expect(thresholdText(0.23612345678, [range(0.2, 0.23612345678)])).toBe('0.236');
    expect(thresholdText(0.06302799123, [range(0.0630001, 0.06302799123)])).toBe('0.06302');
    expect(thresholdText(0.2869812345, [range(0.2866, 0.2869812345)])).toBe('0.2869');
  });

  it('takes the digits from the decision with the same rows; without one six decimals stand in', () => {
    const threshold = 0.4444444444;
    const decisions = [null, range(0.1, 0.3), range(0.4443, 0.4446)];
    expect(thresholdText(threshold, decisions)).toBe('0.4444');
    expect(thresholdText(threshold, [null])).toBe('0.444444');
  });

  it('says what a threshold above every score is', () => {
    expect(thresholdText(Number.POSITIVE_INFINITY, [])).toBe('above every score');
    expect(thresholdText(Number.NaN, [])).toBe('not defined');
  });

  it('law: the text, read back, lies in the same range', () => {
    const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(score, score, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, part) => {
        fc.pre(
          a !== b && Number.isFinite(a) && Number.isFinite(b) && Math.abs(a) < 1e15 && Math.abs(b) < 1e15,
        );
        const around = range(Math.min(a, b), Math.max(a, b));
        const inside = around.highestPassed + part * (around.lowestFlagged - around.highestPassed);
        const threshold = flagsSameRows(around, inside) ? inside : around.lowestFlagged;
        const text = thresholdText(threshold, [around]).replaceAll(',', '').replace('\u2212', '-');
        expect(flagsSameRows(around, Number(text))).toBe(true);
      }),
      { numRuns: process.env.CUTLINE_LANE === 'slow' ? 2000 : 200 },
    );
  });
});

describe('money and ranges', () => {
  it('puts the currency behind a no-break space, and nothing behind what is not defined', () => {
    expect(moneyText(188_240, 'EUR')).toBe(`188${nb}k${nb}EUR`);
    expect(moneyText(188_240, '')).toBe(`188${nb}k`);
    expect(moneyText(Number.NaN, 'EUR')).toBe('not defined');
    expect(moneyTextExact(-1234, 'USD')).toBe(`\u22121,234${nb}USD`);
  });

  it('says a shared unit once and different ones twice', () => {
    expect(rangeText(`168${nb}k`, `208${nb}k`)).toBe(`168 to 208${nb}k`);
    expect(rangeText(`900`, `1.20${nb}k`)).toBe(`900 to 1.20${nb}k`);
    expect(rangeText('1', '2')).toBe('1 to 2');
    expect(intervalBeside(`188${nb}k`, [`168${nb}k`, `208${nb}k`])).toBe('[168, 208]');
    expect(intervalBeside(`188${nb}k`, [`900`, `208${nb}k`])).toBe(`[900, 208${nb}k]`);
  });

  it('has no brackets for an interval that is not defined', () => {
    expect(bracketText([0.8213, 0.8664])).toBe('[0.821, 0.866]');
    expect(bracketText([Number.NaN, 0.9])).toBe('');
  });
});

describe('inwardTexts', () => {
  it('rounds both ends into the run', () => {
    expect(inwardTexts([0.1671, 0.2389], 0.2)).toEqual(['0.17', '0.23']);
    expect(inwardTexts([0.2, 0.26], 0.2)).toEqual(['0.20', '0.26']);
  });

  it('takes more digits rather than leave out the threshold beside it', () => {
    expect(inwardTexts([0.05, 0.10315], 0.1031)).toEqual(['0.0500', '0.1031']);
  });

  it('takes more digits for a short run', () => {
    expect(inwardTexts([0.12345, 0.12395], 0.1236)).toEqual(['0.1235', '0.1239']);
  });

  it('never names a threshold outside a run that three digits can tell apart', () => {
    const run = fc
      .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.001, max: 0.1, noNaN: true }))
      .map(([low, width]) => [low, low + width] as const);
    fc.assert(
      fc.property(run, ([low, high]) => {
        const [from, to] = inwardTexts([low, high], (low + high) / 2).map(Number);
        expect(from).toBeGreaterThanOrEqual(low - 1e-9);
        expect(to).toBeLessThanOrEqual(high + 1e-9);
        expect(from).toBeLessThanOrEqual(to!);
      }),
      { numRuns: 200 },
    );
  });
});
