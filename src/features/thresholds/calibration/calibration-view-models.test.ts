import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../../fixtures/judged-sample.ts';
import { twinCsv, twinView } from '../../../charts/table-twin.ts';
import type {
  CalibrationFigures,
  RecalibrationFigures,
  ReliabilityBin,
} from '../../../core/metrics/calibration-figures.ts';
import type { Estimate } from '../../../core/threshold/uncertainty.ts';
import { outcomeWords } from '../words.ts';
import { calibrationFigureList } from './calibration-figures.view-model.ts';
import { calibrationSentence, leavesUnit, noProbabilities } from './calibration-sentence.ts';
import { benefitDomain, decisionSeries, decisionTwin, usefulRange } from './decision-curve.view-model.ts';
import { cannotRecalibrate, effectSentence, methodName, sidesSentence } from './recalibration.view-model.ts';
import { binRows, reliabilityBars, reliabilityTwin } from './reliability.view-model.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const estimate = (value: number, low: number, high: number): Estimate => ({ value, low, high });
const sure = estimate(1, 0.9, 1.1);

const bin = (meanScore: number, observedRate: number): ReliabilityBin => ({
  rows: 50,
  positives: 50 * observedRate,
  meanScore,
  observedRate,
  interval: [observedRate - 0.1, observedRate + 0.1],
});

const bins = [bin(0.1, 0.12), bin(0.3, 0.28), bin(0.7, 0.74)];

function figuresWith(change: Partial<CalibrationFigures>): CalibrationFigures {
  return {
    equalMass: bins,
    equalWidth: bins,
    eceQuantile10: 0.0207,
    eceUniform10: 0.031,
    mceUniform10: 0.09,
    brier: { value: 0.16, reliability: 0.002, resolution: 0.04, uncertainty: 0.198, skill: 0.192 },
    slope: sure,
    intercept: estimate(0.02, -0.1, 0.14),
    interceptAtSlope1: estimate(0.01, -0.1, 0.12),
    observedToExpected: sure,
    spiegelhalter: { z: 0.4, p: 0.689 },
    decisionCurve: {
      threshold: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
      netBenefit: Float64Array.of(0.2, 0.19, 0.1, -0.01, 0.02, 0),
      flagAll: Float64Array.of(0.2, 0.12, 0, -0.2, -0.5, -1),
    },
    ...change,
  };
}

const judged = judgedSample(fortyRows, sampleScenario).summary;
const words = outcomeWords(sampleScenario);
const say = (change: Partial<CalibrationFigures>, threshold = 0.25) =>
  plain(calibrationSentence(judged, figuresWith(change), threshold, words));

describe('calibrationSentence', () => {
  it('is about right when both intervals hold 1, with the bin nearest to the threshold', () => {
    expect(say({})).toBe(
      'Scores are about right: of the rows scored near 0.300, 28.0 % turned out bad (95 %: 18.0 % to 38.0 %). ECE 0.021.',
    );
    expect(say({}, 0.9)).toContain('near 0.700, 74.0 %');
    // Without a threshold the one nearest to the base rate, 15 of 40.
    expect(say({}, Number.NaN)).toContain('near 0.300');
  });

  it('names the level by observed over expected', () => {
    expect(say({ observedToExpected: estimate(0.8, 0.7, 0.9) })).toMatch(
      /^Scores are too high \(1\.25 times as many expected as seen\): of/,
    );
    expect(say({ observedToExpected: estimate(1.5, 1.2, 1.9) })).toMatch(
      /^Scores are too low \(1\.50 times as many seen as expected\): of/,
    );
  });

  it('names the spread by the slope, beside the level', () => {
    expect(say({ slope: estimate(0.6, 0.5, 0.7) })).toMatch(
      /^Scores are overconfident, too near to 0 and 1: of/,
    );
    const both = { slope: estimate(1.6, 1.3, 1.9), observedToExpected: estimate(0.5, 0.4, 0.6) };
    expect(say(both)).toMatch(/^Scores are too high \(.*\) and underconfident, too near to the middle: of/);
  });

  it('shows a fault by the bin where it is greatest, whatever the threshold', () => {
    const crooked = [bin(0.1, 0.2), bin(0.3, 0.25), bin(0.7, 0.55), bin(0.9, 0.97)];
    const tooHigh = { equalMass: crooked, observedToExpected: estimate(0.8, 0.7, 0.9) };
    expect(say(tooHigh, 0.1)).toContain('near 0.700, 55.0 %');
    const tooLow = { equalMass: crooked, observedToExpected: estimate(1.3, 1.2, 1.4) };
    expect(say(tooLow, 0.9)).toContain('near 0.100, 20.0 %');
    expect(say({ equalMass: crooked, slope: estimate(0.6, 0.5, 0.7) })).toContain('near 0.700, 55.0 %');
    expect(say({ equalMass: crooked, slope: estimate(1.6, 1.5, 1.7) })).toContain('near 0.900, 97.0 %');
  });

  it('is about right only as far as its rows can tell where few rows leave it far from 1', () => {
    expect(say({ slope: estimate(3.336, 0.618, 6.054) })).toMatch(
      /^Scores are about right as far as [\d,]+ rows can tell/u,
    );
  });

  it('is about right near 1, however narrow the interval', () => {
    expect(say({ slope: estimate(0.975, 0.967, 0.983) })).toMatch(/^Scores are about right/);
    expect(say({ observedToExpected: estimate(1.05, 1.04, 1.06) })).toMatch(/^Scores are about right/);
    expect(say({ slope: estimate(0.899, 0.88, 0.92) })).toMatch(/^Scores are overconfident/);
  });

  it('has no example without bins', () => {
    expect(say({ equalMass: [] })).toBe('Scores are about right. ECE 0.021.');
  });

  it('an interval that is not defined decides nothing', () => {
    const none = estimate(Number.NaN, Number.NaN, Number.NaN);
    expect(say({ slope: none, observedToExpected: none })).toMatch(/^Scores are about right/);
  });

  it('says when rows are too few', () => {
    const few = { ...judged, rows: 12, positives: 4, negatives: 8 };
    expect(calibrationSentence(few, figuresWith({}), 0.3, words)).toMatch(/too few rows to be sure of it\.$/);
    expect(say({})).not.toMatch(/too few/);
  });
});

describe('scores that are no probabilities', () => {
  it('are told by their range', () => {
    expect(leavesUnit({ ...judged, lowestScore: -0.001 })).toBe(true);
    expect(leavesUnit({ ...judged, highestScore: 1.001 })).toBe(true);
    expect(leavesUnit({ ...judged, lowestScore: 0, highestScore: 1 })).toBe(false);
  });

  it('are named with it', () => {
    expect(noProbabilities({ ...judged, lowestScore: -3.25, highestScore: 4 })).toMatch(
      /^These scores run from −3\.25 to 4: they are no probabilities/,
    );
  });
});

describe('calibrationFigureList', () => {
  const list = calibrationFigureList(figuresWith({}), { ...judged.metrics, logLoss: 0.4812 });
  const figure = (name: string) => list.find((one) => one.name === name);

  it('has value, interval and meaning', () => {
    expect(figure('Slope')).toMatchObject({ value: '1.000', interval: '[0.900, 1.100]' });
    expect(figure('Brier score')?.about).toBe('reliability 0.002 − resolution 0.040 + uncertainty 0.198');
    expect(plain(figure('Brier skill')?.value ?? '')).toBe('19.2 %');
    expect(figure('Log loss')?.value).toBe('0.481');
    expect(figure('Spiegelhalter Z')?.about).toMatch(/^p 0\.689;/);
  });

  it('does not write a small p as 0, nor an undefined figure as one', () => {
    const none = estimate(Number.NaN, Number.NaN, Number.NaN);
    const odd = calibrationFigureList(
      figuresWith({ slope: none, spiegelhalter: { z: 9, p: 1e-12 } }),
      judged.metrics,
    );
    expect(odd.find(({ name }) => name === 'Spiegelhalter Z')?.about).toMatch(/^p < 0\.001;/);
    expect(odd.find(({ name }) => name === 'Slope')).toMatchObject({ value: 'not defined', interval: '' });
  });
});

describe('the reliability diagram', () => {
  it('draws mean score against observed rate with its interval', () => {
    expect(reliabilityBars([bin(0.3, 0.28)])).toEqual([
      { x: 0.3, y: 0.28, low: 0.28 - 0.1, high: 0.28 + 0.1 },
    ]);
    expect(binRows(bin(0.3, 0.28)).map(({ label, value }) => `${label} ${plain(value)}`)).toEqual([
      'mean score 0.300',
      'observed 28.0 %',
      '95 % interval 18.0 % to 38.0 %',
      'rows 50',
    ]);
  });

  it('is a table, of recalibrated scores with the bins before under those after', () => {
    expect(twinView(reliabilityTwin(bins, null, words)).header[0]).toBe('Mean score');
    const view = twinView(reliabilityTwin(bins.slice(0, 1), bins.slice(1, 2), words));
    expect(view.header).toEqual([
      ...['Scores', 'Mean score', 'Observed bad', '95 % from', '95 % to', 'Rows', 'Positives'],
    ]);
    expect(view.rows.map((row) => row.slice(0, 2))).toEqual([
      ['recalibrated', '0.100'],
      ['as they were', '0.300'],
    ]);
  });
});

describe('the decision curve', () => {
  const { decisionCurve } = figuresWith({});

  it('compares with flagging everybody, and ends a little below nobody', () => {
    expect(decisionSeries(decisionCurve).map(({ values }) => values)).toEqual([
      decisionCurve.netBenefit,
      decisionCurve.flagAll,
    ]);
    const [low, high] = benefitDomain(decisionCurve);
    expect(low).toBeCloseTo(-0.07);
    expect(high).toBeCloseTo(0.216);
    expect(twinCsv(decisionTwin(decisionCurve)).split('\r\n')[1]).toBe('0.1,0.2,0.2');
  });

  it('is useful in the longest run above both', () => {
    expect(usefulRange(decisionCurve)).toEqual([0.2, 0.3]);
    expect(usefulRange({ ...decisionCurve, netBenefit: decisionCurve.flagAll })).toBeNull();
    const toTheEnd = { ...decisionCurve, netBenefit: new Float64Array(6).fill(0.3) };
    expect(usefulRange(toTheEnd)).toEqual([0.1, 0.6]);
  });

  it('has an axis when nothing is ever gained', () => {
    const nothing = new Float64Array(6);
    expect(benefitDomain({ ...decisionCurve, netBenefit: nothing, flagAll: nothing })).toEqual([-1, 1]);
  });
});

describe('recalibration in words', () => {
  const figures: RecalibrationFigures = {
    method: 'isotonic',
    fittedRows: 3118,
    fittedPositives: 878,
    from: Float64Array.of(0, 1),
    to: Float64Array.of(0, 1),
    eceBefore: 0.0434,
    eceAfter: 0.0211,
    brierBefore: 0.16,
    brierAfter: 0.158,
  };

  it('says what was fitted on what, and what it did', () => {
    expect(plain(effectSentence(figures))).toBe(
      'Isotonic, fitted on 3,118 rows outside the split (878 positive). On the judged rows: ECE 0.043 to 0.021, Brier 0.160 to 0.158. A model that was trained on the fitted rows knows them too well, and its scores come out too extreme.',
    );
    const margins = { ...figures, eceBefore: Number.NaN, brierBefore: Number.NaN };
    expect(effectSentence(margins)).toContain('On the judged rows: ECE 0.021, Brier 0.158. A');
    expect(methodName('platt')).toBe('Platt');
  });

  it('needs a split', () => {
    expect(cannotRecalibrate({ split: { column: 'part', value: 'test' } })).toBeNull();
    expect(cannotRecalibrate({ split: null })).toMatch(/Set a split in the workspace first\.$/);
  });

  it('says which rows changed side', () => {
    expect(plain(sidesSentence(312, 312))).toBe('The same 312 rows are flagged.');
    expect(sidesSentence(1, 1)).toBe('The same row is flagged.');
    expect(plain(sidesSentence(312, 316))).toMatch(/^4 rows are flagged now, 316 rows in all:/);
    expect(plain(sidesSentence(312, 311))).toMatch(/^1 row is passed now, 311 rows in all:/);
    expect(sidesSentence(Number.NaN, 311)).toBe('');
  });
});
