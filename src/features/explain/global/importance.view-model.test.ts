import { describe, expect, it } from 'vitest';
import { twinCsv, twinView } from '../../../charts/table-twin.ts';
import { explanation, plan, sampledExplanation } from '../sample.laws.ts';
import {
  drawnRows,
  hoverLines,
  importanceMessage,
  importanceTwin,
  importanceView,
  othersText,
} from './importance.view-model.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ').replaceAll('\u2212', '-');

describe('importanceView', () => {
  const view = importanceView(explanation);

  it('the largest first, ties in the order of the model', () => {
    expect(view.rows.map(({ name }) => name)).toEqual(['Income', 'Age', 'Time', 'Home']);
    expect(view.rows.map(({ feature }) => feature)).toEqual([1, 0, 3, 2]);
  });

  it('shares of the sum, lengths of the longest, and who has no say', () => {
    expect(view.rows.map(({ share }) => share)).toEqual([0.6, 0.2, 0.2, 0]);
    expect(view.rows[1]?.length).toBeCloseTo(1 / 3, 12);
    expect(view.unused).toBe(1);
  });

  it('one scale for all: three decimals, more where the largest is small, fewer where it is large', () => {
    const texts = (largest: number) =>
      importanceView({ ...explanation, meanAbsolute: Float64Array.of(largest, largest / 2, 0, 0) }).rows.map(
        ({ text }) => text,
      );
    expect(view.rows.map(({ text }) => text)).toEqual(['0.600', '0.200', '0.200', '0.000']);
    expect(texts(0.0214).slice(0, 2)).toEqual(['0.0214', '0.0107']);
    expect(texts(12.5).slice(0, 2)).toEqual(['12.500', '6.250']);
    expect(texts(25_000).slice(0, 2)).toEqual(['25,000', '12,500']);
    expect(texts(2e-9).map(plain)).toEqual(['2.000e-9', '1.000e-9', '0.000', '0.000']);
  });

  it('the share is not defined where nothing moves the score', () => {
    const still = importanceView({ ...explanation, meanAbsolute: new Float64Array(4) });
    expect(still.rows.map(({ share, length }) => [share, length])).toEqual(Array(4).fill([Number.NaN, 0]));
    expect(still.rows.map(({ name }) => name)).toEqual(['Age', 'Income', 'Home', 'Time']);
    expect(importanceMessage(still)).toBe('No feature moves the score.');
  });

  it('names the space: margin where the link is not logistic, score where the score is explained', () => {
    expect(view.unit).toBe('log-odds');
    const unitOf = (change: Partial<typeof plan>) =>
      importanceView({ ...explanation, plan: { ...plan, ...change } }).unit;
    expect(unitOf({ isLogOdds: false })).toBe('margin');
    expect(unitOf({ space: 'score', isLogOdds: false })).toBe('score');
  });

  it('says the three largest to those who do not see the picture', () => {
    expect(plain(importanceMessage(view))).toBe(
      'Mean absolute SHAP of 4 features in log-odds. Income is the largest, 0.600; then Age 0.200, Time 0.200.',
    );
  });
});

describe('drawnRows', () => {
  it('the twenty largest, until all are asked for', () => {
    const features = Array.from({ length: 23 }, (_, i) => ({ name: `f${i}`, column: `f${i}` }));
    const values = Float64Array.from(features, (_, i) => i);
    const view = importanceView({
      plan: { ...plan, features },
      meanAbsolute: values,
      mean: values,
      standardErrors: null,
    });
    expect(drawnRows(view, false).map(({ feature }) => feature)).toEqual(
      Array.from({ length: 20 }, (_, i) => 22 - i),
    );
    expect(drawnRows(view, true)).toHaveLength(23);
    expect(plain(othersText(view, false) ?? '')).toBe(
      '3 other features, mean |SHAP| added up: 3 in log-odds, 1.2 % of all.',
    );
    expect(othersText(view, true)).toBeNull();
    expect(othersText(importanceView(explanation), false)).toBeNull();
  });
});

describe('exact numbers', () => {
  const view = importanceView(explanation);

  it('of the feature under the pointer, with its direction', () => {
    const [first] = view.rows;
    expect(hoverLines(first!, view.unit).map(([, value]) => plain(value))).toEqual([
      '0.6',
      '+0.01',
      '60.0 %',
    ]);
  });

  it('with their standard errors where they are estimates', () => {
    const sampled = importanceView(sampledExplanation);
    const [income, age] = sampled.rows;
    expect([income!.label, age!.label]).toEqual(['0.600 ± 0.02', '0.200 ± 0.01']);
    expect(hoverLines(age!, sampled.unit)[1]).toEqual(['standard error', '0.0125']);
    const { header, rows } = twinView(importanceTwin(sampled));
    expect(header[2]).toBe('Standard error, score');
    expect(rows[1]?.map(plain)).toEqual(['Age', '0.2', '0.0125', '-0.05', '20.0 %']);
    expect(plain(importanceMessage(sampled))).toContain('Income is the largest, 0.600 ± 0.02; then Age');
    expect(view.rows[0]!.label).toBe('0.600');
  });

  it('in the table: signed means, the column only where it has another name', () => {
    const { header, rows } = twinView(importanceTwin(view));
    expect(header).toEqual(['Feature', 'Mean |SHAP|, log-odds', 'Mean SHAP, log-odds', 'Share']);
    expect(rows[1]?.map(plain)).toEqual(['Age', '0.2', '-0.05', '20.0 %']);
    const [age, ...others] = plan.features;
    const renamed = [{ ...age!, column: 'age_years' }, ...others];
    const twin = importanceTwin(importanceView({ ...explanation, plan: { ...plan, features: renamed } }));
    expect(twinCsv(twin).split('\r\n')[2]).toBe('Age,age_years,0.2,-0.05,0.2');
  });
});
