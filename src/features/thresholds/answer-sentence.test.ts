import { describe, expect, it } from 'vitest';
import type { JudgedSample, SampleRow } from '../../../fixtures/judged-sample.ts';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import type { Uncertainty } from '../../core/threshold/uncertainty.ts';
import { answerSentence } from './answer-sentence.ts';
import type { VersusAnswer } from './versus.ts';

function sentenceAt(
  sample: JudgedSample,
  threshold: number,
  versus: VersusAnswer | null = null,
  uncertainty: Uncertainty | null = null,
): string {
  const { summary, answer } = sample;
  const parts = answerSentence({
    summary,
    answer,
    decision: sample.at(threshold),
    versus,
    uncertainty,
    plateauShare: 0.01,
  });
  return parts
    .map((part) => part.text)
    .join('')
    .replaceAll('\u00A0', ' ');
}

const lending = judgedSample(fortyRows, sampleScenario);

describe('answerSentence', () => {
  it('says what is flagged and caught with its interval, what it is worth, and how far the threshold may move', () => {
    // All 40 rows flagged: 15 caught of 15, net 15 × 1,000 − 40 × 100 = 11,000. A positive at the lowest score makes
    // this the best; the next threshold (39 rows, 14 caught) is worth 10,100, more than 1 % less. Values per row: 15 of
    // 900, 25 of -100; s² = (12.4e6 - 11,000² / 40) / 39 = 240,385; 1.96 · √(40 s²) = 6,078.
    expect(sentenceAt(lending, 0.025)).toBe(
      'At 0.025 you flag 100.0 % of applicants and catch 100.0 % of the bad ones (95 %: 79.6 to 100.0 %).' +
        ' Net value on these rows 11.0 k (95 % for a fixed threshold: 4.92 to 17.1 k). No neighbouring threshold comes within 1 % of it;' +
        ' it was picked on these rows, so expect less on new ones.',
    );
  });

  it('names a plateau by ends that lie inside it', () => {
    const flat = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 0 });
    // Without a cost every threshold up to the lowest positive (the lowest score) is best, and only that one.
    expect(sentenceAt(flat, 0.025)).toContain('No neighbouring threshold comes within 1 %');
    const threeBest = judgedSample(
      [
        { score: 0.9, positive: true, amount: 100_000 },
        ...Array.from({ length: 20 }, (_, i) => ({
          score: 0.5 + i / 100,
          positive: i % 2 === 0,
          amount: 100,
        })),
        ...Array.from({ length: 20 }, (_, i) => ({ score: 0.01 * i, positive: false, amount: 100 })),
      ],
      { ...sampleScenario, reviewCost: 30 },
    );
    const [low, high] = threeBest.answer.money?.plateau ?? [Number.NaN, Number.NaN];
    const said =
      /Any threshold from ([\d.]+) to ([\d.]+) is within 1 % of the best, which was picked on these rows: expect less on new ones\./u.exec(
        sentenceAt(threeBest, low),
      );
    expect(Number(said?.[1])).toBeGreaterThanOrEqual(low);
    expect(Number(said?.[2])).toBeLessThanOrEqual(high);
  });

  it('outside the plateau says what the best would bring and that it was picked on these rows', () => {
    // At 0.3 rows 12 to 40 are flagged: 12 caught, net 12,000 − 2,900 = 9,100; the best is 11,000.
    expect(sentenceAt(lending, 0.3)).toContain(
      ' The best on these rows, 0.025, brings 1.90 k more; it was picked on the same rows, so expect less on new ones.',
    );
  });

  it('says that a rule picks on these rows, whichever rule it is', () => {
    const capacity = lending.answer.strategies.find(({ rule }) => rule === 'capacity')!.decision!;
    expect(sentenceAt(lending, capacity.threshold)).toMatch(
      /brings 7\.00 k more; both were picked on the same rows, so expect less on new ones\.$/u,
    );
    const plain = judgedSample(fortyRows, null);
    expect(sentenceAt(plain, capacity.threshold)).toMatch(
      /This threshold was picked on these rows, so expect less on new ones\. Set a scenario/u,
    );
    expect(sentenceAt(plain, 0.3)).not.toContain('picked');
  });

  it('says which one amount stands for every row, and that ours is assumed', () => {
    // 10 of 15 caught among 20 flagged: 10 × 5,000 × 0.8 − 20 × 50 = 39,000.
    const untouched = defaultScenario('lending', null);
    expect(sentenceAt(judgedSample(fortyRows, untouched), 0.525)).toContain(
      ' Net value on these rows, with an assumed 5,000 a row, 39.0 k (95 %',
    );
    const constant = (amount: number) =>
      sentenceAt(judgedSample(fortyRows, { ...sampleScenario, amount: { constant: amount } }), 0.525);
    expect(constant(5000)).toContain(' Net value on these rows, with 5,000 a row, 48.0 k (95 %');
    expect(constant(1000)).toContain(' Net value on these rows, with 1,000 a row, 8.00 k (95 %');
  });

  it('speaks of rows and positives, and asks for a scenario, when there is none', () => {
    const sentence = sentenceAt(judgedSample(fortyRows, null), 0.525);
    expect(sentence).toMatch(
      /^At 0\.525 you flag 50\.0 % of rows and catch 66\.7 % of the positives \(95 %: /u,
    );
    expect(sentence).toMatch(/Set a scenario to see what that is worth\.$/u);
  });

  it('says that flagging nobody is best when no threshold earns its cost', () => {
    const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });
    expect(dear.answer.strategies.find(({ rule }) => rule === 'maxNet')?.reason).toBe('flag-nobody');
    expect(sentenceAt(dear, 0.525)).toContain(
      'With these costs no threshold earns more than it costs here: flagging nobody is best.',
    );
  });

  it('does not say that no threshold earns its cost when passing earns more than all of them', () => {
    const values = { flagPositive: 0, flagNegative: -10, passPositive: -1, passNegative: 100 };
    const passing = judgedSample(fortyRows, { ...defaultScenario('fourValues', null), ...values });
    // 25 good ones passed at 100, 15 bad ones at −1.
    expect(passing.answer.money?.flagNobody).toBe(2485);
    expect(sentenceAt(passing, 0.525)).toContain(
      ' With these values flagging nobody is best: it brings 2.49 k on these rows, and no threshold brings more.',
    );
  });

  it('says so when nothing is flagged', () => {
    expect(sentenceAt(lending, 1.5)).toMatch(
      /^At 1\.500 you flag no applicants: nothing is caught and nothing is spent\./u,
    );
  });

  it('puts too few rows before everything else', () => {
    const few = judgedSample(fortyRows.slice(0, 12), sampleScenario);
    expect(sentenceAt(few, 0.1)).toMatch(
      /^Too few rows for a safe answer: 3 bad and 9 good of 12 rows\. At 0\.100 you flag /u,
    );
  });

  it('has one thing to say when all scores are equal', () => {
    const equal: SampleRow[] = fortyRows.map((row) => ({ ...row, score: 0.42 }));
    expect(sentenceAt(judgedSample(equal, sampleScenario), 0.42)).toMatch(
      /^Every score is 0\.420: no threshold tells one row from another\./u,
    );
  });

  it('writes the currency after the money', () => {
    const euro = judgedSample(fortyRows, { ...sampleScenario, currency: 'EUR' });
    expect(sentenceAt(euro, 0.025)).toContain('11.0 k EUR (95 % for a fixed threshold: 4.92 to 17.1 k EUR)');
  });

  it('speaks of customers and churners, of transactions and frauds', () => {
    const kept = judgedSample(fortyRows, defaultScenario('retention', null));
    expect(sentenceAt(kept, 0.525)).toMatch(/of customers and catch 66\.7 % of the churners/u);
    const fraud = judgedSample(fortyRows, defaultScenario('fraud', 'amount'));
    expect(sentenceAt(fraud, 0.525)).toMatch(/of transactions and catch 66\.7 % of the frauds/u);
  });

  it('adds what the threshold brings under a second scenario, and where that one would have it', () => {
    // 300 a review at 0.525: 10 × 1,000 − 20 × 300 = 4,000, its best; at 0.025: 15,000 − 12,000 = 3,000.
    const dear = judgedSample(fortyRows, { ...sampleScenario, name: 'Dear reviews', reviewCost: 300 });
    expect(sentenceAt(lending, 0.025, versusAt(dear, 0.025))).toMatch(
      / Under Dear reviews it brings 3\.00 k; the best there is 0\.\d+ with \d\.\d+ k\.$/u,
    );
    const best = dear.answer.strategies.find(({ rule }) => rule === 'maxNet')!.decision!;
    expect(sentenceAt(lending, best.threshold, versusAt(dear, best.threshold))).toMatch(
      /, the best there too\.$/u,
    );
    const hopeless = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });
    expect(sentenceAt(lending, 0.025, versusAt(hopeless, 0.025))).toMatch(
      / Under Lending as saved it brings −65\.0 k; flagging nobody is best there\.$/u,
    );
  });
});

function versusAt(sample: JudgedSample, threshold: number): VersusAnswer {
  const { scenario, money, strategies } = sample.answer;
  return { answer: { scenario: scenario!, money: money!, strategies }, decision: sample.at(threshold) };
}

describe('the headline', () => {
  /** Out-of-bag values by hand; nothing else of them is read. */
  const expected = (nets: Partial<Record<string, readonly [number, number, number]>>): Uncertainty => ({
    replicates: 1000,
    seed: 1,
    bins: 40,
    isExact: true,
    strategies: Object.entries(nets).map(([rule, [value, low, high] = [0, 0, 0]]) => {
      const none = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
      return {
        rule: rule as 'maxNet',
        reached: 1000,
        threshold: none,
        flaggedShare: none,
        precision: none,
        recall: none,
        net: none,
        roi: none,
        outOfBagNet: { value, low, high },
      };
    }),
    fixed: null,
  });

  it('of a threshold that a rule picked is its out-of-bag value, and the optimum on these rows is not said', () => {
    const said = sentenceAt(lending, 0.025, null, expected({ maxNet: [9800, 3100, 16_000] }));
    expect(said).toContain(' Expected net value 9.80 k on as many new rows (95 %: 3.10 to 16.0 k).');
    expect(said).not.toContain('11.0 k');
    expect(said).not.toContain('expect less');
  });

  it('of any other threshold is its own value on these rows', () => {
    const said = sentenceAt(lending, 0.3, null, expected({ maxNet: [9800, 3100, 16_000] }));
    expect(said).toContain(' Net value on these rows 9.10 k (95 %: ');
  });

  it('holds another rule against max net value by what both are expected to bring', () => {
    const capacity = lending.answer.strategies.find(({ rule }) => rule === 'capacity')!.decision!.threshold;
    const both = expected({ maxNet: [9800, 3100, 16_000], capacity: [3900, 1000, 6000] });
    expect(sentenceAt(lending, capacity, null, both)).toContain(
      ' Max net value, at 0.025, is expected to bring 5.90 k more.',
    );
    const worse = expected({ maxNet: [3000, 1000, 5000], capacity: [3900, 1000, 6000] });
    expect(sentenceAt(lending, capacity, null, worse)).toContain(
      ' Max net value, at 0.025, is not expected to bring more on new rows.',
    );
  });

  it('says a year once money is scaled to one', () => {
    // 4,000 a year of 40 rows: 100 times 11,000, less 50,000 that the model costs.
    const year = judgedSample(fortyRows, { ...sampleScenario, rowsPerYear: 4000, fixedCost: 50_000 });
    expect(sentenceAt(year, 0.025)).toContain(' Net value 1.05 M a year (95 % for a fixed threshold: ');
    expect(sentenceAt(year, 0.025, null, expected({ maxNet: [1e6, 9e5, 1.1e6] }))).toContain(
      ' Expected net value 1.00 M a year on new rows (95 %: ',
    );
  });

  it('tells a fixed cost that nothing earns back from costs that make every flag a loss', () => {
    const lost = judgedSample(fortyRows, { ...sampleScenario, fixedCost: 20_000 });
    expect(sentenceAt(lost, 0.025)).toContain(
      ' No threshold earns the fixed cost back; this one loses least.',
    );
    expect(sentenceAt(lost, 0.3)).toContain(
      ' No threshold earns the fixed cost back; the best, 0.025, loses 9.00 k.',
    );
    const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });
    expect(sentenceAt(dear, 0.3)).toContain('flagging nobody is best');
    // No fixed cost at all: what is passed costs more still than what is flagged.
    const values = { flagPositive: -100, flagNegative: -10, passPositive: -500, passNegative: 0 };
    const least = judgedSample(fortyRows, { ...defaultScenario('fourValues', null), ...values });
    expect(sentenceAt(least, 0.525)).toMatch(
      / With these values no threshold brings more than it costs; the best, [\d.]+, loses [\d.]+ k\./u,
    );
  });
});
