import { describe, expect, it } from 'vitest';
import { twinCsv } from '../../../charts/table-twin.ts';
import { defaultScenario } from '../../../core/money/scenario-templates.ts';
import type { HeatMap, MoneyTheory, Tornado } from '../../../core/money/sensitivity-figures.ts';
import { assumptionText, startingRange } from '../assumption-words.ts';
import {
  bestRuns,
  boundarySentence,
  cellDomain,
  heatAt,
  heatLevels,
  heatTwin,
} from './heat-map.view-model.ts';
import { breakEvenFigures, theoryWords } from './theory.view-model.ts';
import { isTornadoOf, tornadoMessage, tornadoRows, tornadoTwin } from './tornado.view-model.ts';

const nb = '\u00A0';
const lending = defaultScenario('lending', 'Amount');
const plain = (text: string) => text.replaceAll(nb, ' ');

const tornado: Tornado = {
  threshold: 0.2,
  swing: 0.2,
  net: 1000,
  bars: [
    {
      assumption: 'lossRate',
      lowValue: 0.64,
      highValue: 0.96,
      netAtLow: 600,
      netAtHigh: 1400,
      bestAtLow: null,
      bestAtHigh: 0.15,
    },
    {
      assumption: 'reviewCost',
      lowValue: 40,
      highValue: 60,
      netAtLow: 1100,
      netAtHigh: 900,
      bestAtLow: 0.2,
      bestAtHigh: 0.2,
    },
  ],
};

describe('the tornado', () => {
  const rows = tornadoRows(tornado, lending);

  it('reaches to both sides as shares of the strongest change', () => {
    expect(rows.map(({ low, high }) => [low.reach, high.reach])).toEqual([
      [-1, 1],
      [0.25, -0.25],
    ]);
    expect(rows[0]).toMatchObject({ label: 'Loss rate', changeText: '±400', low: { valueText: '0.64' } });
  });

  it('is not shown for a scenario that has other numbers', () => {
    expect(isTornadoOf(tornado, lending)).toBe(true);
    expect(isTornadoOf(tornado, defaultScenario('fourValues', null))).toBe(false);
  });

  it('says both changes where they differ, and where the best threshold goes', () => {
    const [bar] = tornadoRows({ ...tornado, bars: [{ ...tornado.bars[0]!, netAtHigh: 1200 }] }, lending);
    expect(bar?.changeText).toBe('−400, +200');
    expect(rows.map(({ bestText }) => bestText)).toEqual(['best flag nobody to 0.150', '']);
    expect(plain(tornadoMessage(tornado, lending))).toContain(
      'moved by 20 %, one at a time. Loss rate moves it most: ±400.',
    );
    expect(twinCsv(tornadoTwin(tornado, lending))).toContain('Loss rate,0.64,0.96,600,1400');
  });
});

const map: HeatMap = {
  assumption: 'reviewCost',
  thresholds: Float64Array.of(0.2, 0.4, 0.6),
  values: Float64Array.of(0, 100, 200),
  net: Float64Array.of(90, 90, 30, 10, 45, 60, -60, -20, -5),
  best: Float64Array.of(0.25, 0.55, Number.NaN),
};

describe('the map of threshold and assumption', () => {
  it('turns at zero when there is money on both sides of it, else climbs one ramp', () => {
    const levels = heatLevels(map);
    expect(levels.map(({ from }) => from)).toEqual([-60, -40, -20, 0, 30, 60]);
    // -60 alone in the lowest level, -20 and -5 in the one below zero.
    expect(levels.map(({ cells }) => cells)).toEqual([
      'M0 2h1v1h-1z',
      '',
      'M1 2h2v1h-2z',
      'M0 1h1v1h-1z',
      'M2 0h1v1h-1zM1 1h1v1h-1z',
      'M0 0h2v1h-2zM2 1h1v1h-1z',
    ]);
    const gains = heatLevels({ ...map, net: map.net.map((net) => net + 100) });
    expect(gains[0]?.from).toBe(40);
    expect(gains.every(({ colour }) => colour.startsWith('var(--q'))).toBe(true);
  });

  it('has every cell in exactly one level', () => {
    const areaOf = (cells: string) =>
      [...cells.matchAll(/h(\d+)v1/gu)].reduce((sum, [, width]) => sum + Number(width), 0);
    expect(heatLevels(map).reduce((sum, { cells }) => sum + areaOf(cells), 0)).toBe(9);
    const flat = heatLevels({ ...map, net: new Float64Array(9) });
    expect(flat.reduce((sum, { cells }) => sum + areaOf(cells), 0)).toBe(9);
  });

  it('reads the cell under a point, and the nearest at the edges', () => {
    expect(heatAt(map, 0.43, 120)).toEqual({ threshold: 0.4, value: 100, net: 45, best: 0.55 });
    expect(heatAt(map, 5, -5)).toMatchObject({ threshold: 0.6, value: 0, net: 30 });
    expect(cellDomain(map.values)).toEqual([-50, 250]);
    expect(cellDomain(Float64Array.of(10))).toEqual([5, 15]);
  });

  it('ends its boundary where flagging nobody is best, and says from where on', () => {
    expect(bestRuns(map)).toEqual([
      [
        [0.25, 0],
        [0.55, 100],
      ],
    ]);
    expect(boundarySentence(map, lending)).toBe(
      'From review cost 0 to 100 the recommended threshold goes from 0.250 to 0.550; from 200 on flagging nobody is best.',
    );
    const once = { ...map, best: map.best.map((best, i) => (i === 0 ? best : Number.NaN)) };
    expect(boundarySentence(once, lending)).toBe(
      'At review cost 0 the recommended threshold is 0.250; from 100 on flagging nobody is best.',
    );
    const never = { ...map, best: map.best.map(() => Number.NaN) };
    expect(boundarySentence(never, lending)).toBe('Flagging nobody is best at every review cost shown.');
    expect(twinCsv(heatTwin(map, lending))).toContain(
      'Review cost,Best threshold,Net value at 0.200,Net value at 0.600',
    );
  });

  it('begins from nothing to ten times a cost of each row, inside the range', () => {
    expect(startingRange(lending, 'reviewCost')).toEqual([0, 500]);
    expect(startingRange(lending, 'lossRate')).toEqual([0, 1]);
    expect(startingRange(lending, 'frictionCost')).toEqual([0, 100]);
    expect(startingRange({ ...lending, rowsPerYear: 1000 }, 'rowsPerYear')).toEqual([500, 2000]);
    expect(startingRange(defaultScenario('fourValues', null), 'flagNegative')).toEqual([-20, 0]);
    expect(assumptionText(lending, 'lossRate', 0.8)).toBe('0.80');
  });
});

const theory: MoneyTheory = {
  breakEvenPrecision: 0.228,
  breakEvenRecall: 0.9,
  breakEvenThreshold: 0.1,
  theoreticalThreshold: 0.228,
  rowWiseRange: [0.228, 0.228],
  netRowWise: 1_646_000,
  netAtTheoretical: 1_646_000,
  netAtEmpirical: 1_690_000,
  gapError: 100_000,
  empiricalThreshold: 0.191,
  calibratedThreshold: 0.191,
};
const yearly = { ...lending, rowsPerYear: 12_000 };

describe('the check against theory', () => {
  it('says the gap as money and holds it against its own sampling error', () => {
    const words = theoryWords(theory, yearly);
    expect(plain(words.sentence)).toBe(
      'With these costs and perfect calibration the threshold would be 0.228. The data says 0.191. Taking 0.228 costs 44.0 k a year, well inside its sampling error.',
    );
    expect(plain(words.gap)).toBe(
      'A chance of 22.8 % to be bad is reached at a score of 0.191, not at 0.228: the gap is one of calibration, or of chance.',
    );
    expect(words.rowWise).toBe('');
    expect(theoryWords({ ...theory, gapError: 50_000 }, yearly).sentence).toContain(
      ', inside its sampling error.',
    );
    expect(plain(theoryWords({ ...theory, gapError: 20_000 }, yearly).sentence)).toContain(
      ', more than its sampling error of ±20.0 k.',
    );
  });

  it('says where rows have thresholds of their own', () => {
    const words = theoryWords({ ...theory, rowWiseRange: [0.1, 0.3], gapError: Number.NaN }, lending);
    expect(plain(words.rowWise)).toBe(
      'Rows differ in what they are worth: half of them have a threshold of their own from 0.100 to 0.300. Deciding each row by its own would bring 1.65 M on these rows.',
    );
    expect(words.sentence.endsWith('on these rows.')).toBe(true);
  });

  it('has words for costs that leave nothing to choose', () => {
    const at = (theoreticalThreshold: number, rowWiseRange: MoneyTheory['rowWiseRange'] = [0.2, 0.2]) =>
      theoryWords({ ...theory, theoreticalThreshold, rowWiseRange }, lending).sentence;
    expect(at(Number.POSITIVE_INFINITY)).toContain('flag nobody');
    expect(at(0)).toContain('flag everybody');
    // A mean row says nothing of the best ones.
    expect(at(Number.POSITIVE_INFINITY, [0.3, Number.POSITIVE_INFINITY])).toContain('on average: only rows');
    expect(at(0, [0, 0.1])).toContain('but for rows that are worth less');
    expect(at(Number.NaN)).toContain('check their signs');
    const nobody = { ...theory, empiricalThreshold: Number.NaN };
    expect(theoryWords(nobody, lending).sentence).toContain('The data says to flag nobody.');
  });

  it('lists the break-even figures, undefined ones in words', () => {
    expect(breakEvenFigures(theory).map(({ value }) => value)).toEqual(['0.228', '0.228', '0.900']);
    const none = {
      ...theory,
      breakEvenPrecision: Number.NaN,
      theoreticalThreshold: Number.POSITIVE_INFINITY,
    };
    expect(breakEvenFigures(none).map(({ value }) => value)).toEqual(['not defined', 'not defined', '0.900']);
  });
});
