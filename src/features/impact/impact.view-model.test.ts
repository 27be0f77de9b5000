import { describe, expect, it } from 'vitest';
import type { PredictedImpact, RealisedImpact, RealisedMonth } from '../../core/impact/impact-figures.ts';
import type { Scenario, ScenarioTemplate } from '../../core/money/scenario.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { type ImpactInput, impactView } from './impact.view-model.ts';

/** No-break spaces as they are typed here: "2.46~M". */
const plain = (text: string) => text.replaceAll('\u00A0', '~');
const scenarioOf = (template: ScenarioTemplate, currency = ''): Scenario => ({
  ...defaultScenario(template, null),
  currency,
});

/** A year of 12,000 applications: 3,300 bad ones, 2,600 of them among 5,400 flagged. */
const predicted: PredictedImpact = {
  threshold: 0.25,
  total: {
    ...{ rows: 12_000, flagged: 5400, caught: 2600, missedPositives: 700 },
    ...{ prevented: 2_460_000, spent: 926_000, missed: 553_000, net: 1_534_000, roi: 1_534_000 / 926_000 },
  },
  netInterval: [1_310_000, 1_758_000],
  isYearly: true,
  spending: [
    { label: 'Review cost', amount: 270_000 },
    { label: 'Friction cost', amount: 536_000 },
    { label: 'Fixed cost', amount: 120_000 },
  ],
  months: [],
  undated: 0,
  perDecision: { mean: 1_534_000 / 12_000, deviation: 500, rows: 1336, fixedCost: 10 },
};

const month = (name: string, net: number, change: Partial<RealisedMonth> = {}): RealisedMonth => ({
  ...{ month: name, rows: 1000, known: 1000, flagged: 450, caught: 220, missedPositives: 60 },
  ...{ prevented: net + 80_000, spent: 80_000, missed: 46_000, net, roi: net / 80_000 },
  promised: { net: 128_000, low: 97_000, high: 159_000 },
  ...change,
});

const realised = (
  months: readonly RealisedMonth[],
  total: Partial<RealisedImpact['total']> = {},
): RealisedImpact => ({
  ...{ format: 'cutline-impact-1', outcomesName: 'outcomes.csv', threshold: 0.25, currency: 'EUR' },
  total: {
    ...{ rows: 3000, known: 3000, flagged: 1350, caught: 660, missedPositives: 180 },
    ...{ prevented: 600_000, spent: 240_000, missed: 138_000, net: 360_000, roi: 1.5 },
    promised: { net: 384_000, low: 300_000, high: 468_000 },
    ...total,
  },
  spending: [
    { label: 'Review cost', amount: 200_000 },
    { label: 'Fixed cost', amount: 40_000 },
  ],
  months,
  ...{ unknownIds: 0, otherRows: 0, repeatedIds: 0, contradictions: 0, repeatedDecisions: 0 },
  ...{ withoutOutcome: 0, undated: 0, relabelled: 0 },
});

const view = (change: Partial<ImpactInput> = {}) =>
  impactView({
    dataset: '1,336 test rows',
    isSimulated: false,
    thresholdText: '0.25',
    withoutModel: { everybody: 271_000, nobody: 0 },
    scenario: scenarioOf('lending', 'EUR'),
    predicted,
    realised: null,
    choice: { roiFloor: 0, investment: null },
    outOfBagNet: null,
    ...change,
  });
const answer = (change: Partial<ImpactInput> = {}) =>
  plain(
    view(change)
      .answer.map(({ text }) => text)
      .join(''),
  );
const sentences = (change: Partial<ImpactInput> = {}) =>
  view(change).cards.map(({ name, value, sentence }) => plain(`${name} ${value}. ${sentence}`));

describe('what is predicted', () => {
  it('for a year, in one sentence', () => {
    expect(answer()).toBe(
      'In a year of 12,000 decisions the model would prevent 2.46~M~EUR of losses for 926~k~EUR of reviews, held-up applicants and fixed cost: net value 1.53~M~EUR (95~%: 1.31 to 1.76~M~EUR). Each unit spent brings back 2.66, itself included (ROI~1.66).',
    );
    expect(plain(view().head)).toBe('Predicted for a year of 12,000 decisions, from 1,336 test rows');
  });

  it('in four numbers and four sentences', () => {
    expect(sentences()).toEqual([
      'Prevented 2.46~M. 2,600 of 3,300 bad applications would be stopped for review.',
      'Spent 926~k. 270~k on 5,400 reviews, 536~k on 2,800 good applicants who waited and 120~k fixed.',
      'Missed 553~k. 700 bad applications would score under the line and go through.',
      'Net value 1.53~M. Left after all costs, 95~%: 1.31 to 1.76~M~EUR. Flagging everybody would bring 271~k~EUR.',
    ]);
    expect(view().cards.map(({ exact }) => plain(exact))).toEqual([
      '2,460,000~EUR',
      '926,000~EUR',
      '553,000~EUR',
      '1,534,000~EUR',
    ]);
  });

  it('on these rows without a yearly volume, in the currency of the file', () => {
    const total = { ...predicted.total, rows: 1336 };
    const change = { scenario: scenarioOf('lending'), predicted: { ...predicted, total, isYearly: false } };
    expect(answer(change)).toMatch(
      /^On these 1,336 rows the model would prevent 2\.46~M of losses for 926~k of reviews,/,
    );
    expect(plain(view(change).head)).toBe('Predicted on 1,336 test rows, not scaled to a year');
  });

  it('of a threshold picked on these rows expects what others bring, and says so on the card', () => {
    const outOfBagNet = { value: 1_490_000, low: 1_200_000, high: 1_700_000 };
    expect(answer({ outOfBagNet })).toMatch(
      /for 926~k~EUR of .* fixed cost\. Each unit spent brings back 2\.66, itself included \(ROI~1\.66\)\. Expected net value 1\.49~M~EUR a year on new rows \(95~%: 1\.20 to 1\.70~M~EUR\)\.$/,
    );
    expect(answer({ outOfBagNet })).not.toContain('1.53');
    expect(answer({ outOfBagNet, predicted: { ...predicted, isYearly: false } })).toMatch(
      /Expected net value 1\.49~M~EUR on as many new rows/,
    );
    expect(sentences({ outOfBagNet })[3]).toBe(
      'Net value 1.53~M. Left after all costs by these rows, which picked the threshold; on new ones expect 1.49~M~EUR (95~%: 1.20 to 1.70~M~EUR). Flagging everybody would bring 271~k~EUR.',
    );
  });

  it('states no net value as expected while only the rows that picked the threshold have one', () => {
    const outOfBagNet = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    expect(answer({ outOfBagNet })).toMatch(
      /Each unit spent brings back 2\.66, itself included \(ROI~1\.66\)\.$/,
    );
    expect(answer({ outOfBagNet })).not.toContain('net value');
    expect(sentences({ outOfBagNet })[3]).toBe(
      'Net value 1.53~M. Left after all costs by these rows, which picked the threshold; what new ones bring is not known. Flagging everybody would bring 271~k~EUR.',
    );
  });

  it('says it when costs are higher than what is gained', () => {
    const total = { ...predicted.total, prevented: 800_000, net: -126_000, roi: -126 / 926 };
    const loss = { ...predicted, total, netInterval: [-350_000, 98_000] as const };
    expect(answer({ predicted: loss })).toBe(
      'In a year of 12,000 decisions the model would prevent 800~k~EUR of losses for 926~k~EUR of reviews, held-up applicants and fixed cost: 126~k~EUR more than it would prevent (net value −126~k~EUR, 95~%: −350 to 98.0~k~EUR). Each unit spent brings back 0.86, itself included (ROI~−0.14).',
    );
    expect(sentences({ predicted: loss })[3]).toBe(
      'Net value −126~k. Costs would be higher than what is gained, 95~%: −350 to 98.0~k~EUR. Flagging everybody would bring 271~k~EUR, more than the model; flagging nobody 0~EUR, more than the model.',
    );
  });

  it('says that nobody is flagged', () => {
    const total = {
      ...{ rows: 12_000, flagged: 0, caught: 0, missedPositives: 3300 },
      ...{ prevented: 0, spent: 120_000, missed: 3_010_000, net: -120_000, roi: -1 },
    };
    const none = { ...predicted, total, spending: [{ label: 'Fixed cost', amount: 120_000 }] };
    expect(answer({ predicted: none })).toBe(
      'In a year of 12,000 decisions nobody would be flagged at this threshold: nothing is prevented, 3.01~M~EUR of losses is missed, and the fixed cost of 120~k~EUR is spent.',
    );
    expect(sentences({ predicted: none }).slice(0, 3)).toEqual([
      'Prevented 0. 0 of 3,300 bad applications would be stopped for review.',
      'Spent 120~k. 120~k fixed.',
      'Missed 3.01~M. 3,300 bad applications would score under the line and go through.',
    ]);
    const free = { ...none, total: { ...total, spent: 0, net: 0, roi: Number.NaN }, spending: [] };
    expect(answer({ predicted: free })).toMatch(/3\.01~M~EUR of losses is missed\.$/);
    expect(sentences({ predicted: free })[1]).toBe('Spent 0. Nothing is spent.');
  });

  it('speaks as its template does', () => {
    const spending = [{ label: 'Campaign cost', amount: 54_000 }];
    const total = { ...predicted.total, spent: 54_000, net: 2_406_000, roi: 44.6 };
    const retention = { scenario: scenarioOf('retention'), predicted: { ...predicted, total, spending } };
    expect(answer(retention)).toMatch(
      /would keep 2\.46~M of customer value for 54\.0~k of contacts: net value 2\.41~M/,
    );
    expect(sentences(retention).slice(0, 3)).toEqual([
      'Kept 2.46~M. 2,600 of 3,300 leaving customers would be contacted.',
      'Spent 54.0~k. 54.0~k on 5,400 contacts.',
      'Missed 553~k. 700 leaving customers would score under the line and not be contacted.',
    ]);
    expect(answer({ scenario: scenarioOf('fraud') })).toMatch(
      /would prevent 2\.46~M of fraud for 926~k of reviews, held-up customers and fixed cost/,
    );
    const four = {
      scenario: scenarioOf('fourValues'),
      predicted: {
        ...predicted,
        total: { ...predicted.total, missed: 0 },
        spending: [{ label: 'Flagged negative', amount: 926_000 }],
      },
    };
    expect(answer(four)).toMatch(/would bring in 2\.46~M for 926~k of flagged negatives: net value/);
    expect(sentences(four)[2]).toBe(
      'Missed 0. 700 positives would score under the line and be passed; the scenario counts what they cost in what is spent.',
    );
  });

  it('shows where the money goes in the words of the reader', () => {
    expect(view().flow).toEqual({
      prevented: { label: 'Losses prevented', amount: 2_460_000 },
      spending: [
        { label: 'Reviews', amount: 270_000 },
        { label: 'Good applicants held up', amount: 536_000 },
        { label: 'Fixed cost', amount: 120_000 },
      ],
      net: 1_534_000,
    });
  });

  it('says what needs no model, and where that brings more than the model is expected to', () => {
    const card = (change: Partial<ImpactInput>) => sentences(change)[3];
    const withoutModel = { everybody: 1_500_000, nobody: -120_000 };
    expect(card({ withoutModel })).toMatch(
      /Flagging everybody would bring 1\.50~M~EUR; flagging nobody −120~k~EUR\.$/,
    );
    // The 1.53 M of the rows that picked the threshold are more, the 1.49 M of others are not.
    const outOfBagNet = { value: 1_490_000, low: 1_200_000, high: 1_700_000 };
    expect(card({ withoutModel, outOfBagNet })).toMatch(
      /everybody would bring 1\.50~M~EUR, more than the model;/,
    );
    // As they are written both are 1.53 M.
    expect(card({ withoutModel: { everybody: 1_534_100, nobody: 0 } })).toMatch(/bring 1\.53~M~EUR\.$/);
    expect(card({ withoutModel: { everybody: Number.NaN, nobody: Number.NaN } })).not.toContain('Flagging');
  });

  it('holds the months of the judged rows to no promise of their own, only to what chance moves', () => {
    const { mean } = predicted.perDecision;
    const { promised: _, known: __, ...january } = month('2024-01', 5 * mean, { rows: 100 });
    const dated = { ...predicted, months: [january], undated: 3 };
    const [first] = view({ predicted: dated, choice: { roiFloor: 9, investment: null } }).months;
    // 100 decisions of 1,336: 100 m +- 1.96 x 500 x sqrt(100 x (1 + 100 / 1336)) = 12,783 +- 10,159.
    expect(first).toMatchObject({ kind: 'predicted', known: 100, standing: 'open', isBelowBand: false });
    expect(first!.promised.net).toBeNaN();
    expect(first!.promised.low).toBeCloseTo(100 * mean - 1.959964 * 5000 * Math.sqrt(1 + 100 / 1336), 0);
    expect(first!.isBelowFloor).toBe(false);
    expect(view({ predicted: dated }).notes.map(plain)).toEqual([
      '3~judged rows without a date: in the totals, in no month.',
    ]);
  });

  it('says that months are of these rows where the totals are of a year', () => {
    const { promised: _, known: __, ...january } = month('2024-01', 9000, { rows: 100 });
    const dated = { ...predicted, months: [january] };
    const scale = 'months of these 1,336 rows, not scaled to a year';
    expect(view({ predicted: dated }).monthsScale).toBe(scale);
    expect(plain(view({ predicted: dated }).text)).toContain(
      `Month by month, ${scale}\nJanuary 2024: predicted net value 9.00~k~EUR; ROI 0.11; 100 decisions`,
    );
    expect(view({ predicted: { ...dated, isYearly: false } }).monthsScale).toBeNull();
    expect(view().monthsScale).toBeNull();
  });

  it('calls simulated data simulated before anything else', () => {
    expect(view({ isSimulated: true }).head).toMatch(/^Simulated data\. Predicted for a year/);
    expect(view({ isSimulated: true }).text).toMatch(/^Simulated data\. /);
  });
});

describe('what happened', () => {
  const three = [month('2024-01', 130_000), month('2024-02', 90_000), month('2024-03', 140_000)];

  it('in one sentence, with the months that stayed in the band', () => {
    expect(answer({ realised: realised(three) })).toBe(
      'From January to March 2024 the model would have prevented 600~k~EUR of losses for 240~k~EUR of reviews and fixed cost. Each unit spent would have brought back 2.50, itself included (ROI~1.50). 2 of 3~months stayed in the promised band, 1 fell below it.',
    );
    expect(plain(view({ realised: realised(three) }).head)).toBe(
      'January to March 2024: 3,000~decisions, all with a known outcome, by outcomes.csv',
    );
  });

  it('says that the line need not have been in use, and when these rows picked it', () => {
    const outOfBagNet = { value: 1, low: 0, high: 2 };
    const basis = (change: Partial<ImpactInput>) => view({ realised: realised(three), ...change }).basis;
    expect(basis({})).toBe('Measured as if 0.25 had been the line for these decisions.');
    expect(basis({ outOfBagNet })).toBe(
      'Measured as if 0.25 had been the line for these decisions; it was picked on these same rows, which flatters it.',
    );
    // Kept under another threshold than the one in force: what picked it is not known.
    expect(basis({ outOfBagNet, predicted: { ...predicted, threshold: 0.3 } })).not.toContain('picked');
    const nobody = { ...realised(three), threshold: Number.POSITIVE_INFINITY };
    expect(basis({ realised: nobody })).toBeNull();
    expect(view().basis).toBeNull();
  });

  it('in four sentences, the last against the promise', () => {
    expect(sentences({ realised: realised(three) })).toEqual([
      'Prevented 600~k. 660 of 840 bad applications would have been stopped for review.',
      'Spent 240~k. 200~k on 1,350 reviews and 40.0~k fixed.',
      'Missed 138~k. 180 bad applications scored under the line and would have gone through.',
      'Net value 360~k. Left after all costs: 6~% under the promised 384~k~EUR, inside its band of 300 to 468~k~EUR.',
    ]);
  });

  it('with a loss', () => {
    const total = { prevented: 200_000, net: -40_000, roi: -1 / 6 };
    expect(answer({ realised: realised(three, total) })).toMatch(
      /would have prevented 200~k~EUR of losses for 240~k~EUR of reviews and fixed cost: 40\.0~k~EUR more than it would have prevented\. Each unit spent would have brought back 0\.83, itself included \(ROI~−0\.17\)\./,
    );
    expect(sentences({ realised: realised(three, total) })[3]).toBe(
      'Net value −40.0~k. Costs are higher than what was gained: 424~k~EUR under the promised 384~k~EUR, below its band of 300 to 468~k~EUR.',
    );
  });

  it('of one month, and over the turn of a year', () => {
    expect(answer({ realised: realised([month('2024-02', 90_000)]) })).toMatch(
      /^In February 2024 the model would have prevented .* That fell below the promised band of 97\.0 to 159~k~EUR\.$/,
    );
    const turn = [month('2023-12', 130_000), month('2024-01', 130_000)];
    expect(answer({ realised: realised(turn) })).toMatch(
      /^From December 2023 to January 2024 .* All 2~months stayed in the promised band\.$/,
    );
  });

  it('without a date, against the band of all decisions', () => {
    const undated = realised([]);
    expect(answer({ realised: undated })).toMatch(
      /^On 3,000~decisions with a known outcome the model would have prevented .* That stayed in the promised band of 300 to 468~k~EUR\.$/,
    );
    expect(view({ realised: undated })).toMatchObject({ months: [], alert: null });
  });

  it('with months that wait for outcomes: said, and in no verdict', () => {
    const open = month('2024-04', -50_000, { known: 300 });
    const none = month('2024-05', 0, { known: 0, net: 0, roi: Number.NaN });
    const input = { realised: { ...realised([...three, open, none]), withoutOutcome: 1700 } };
    expect(answer(input)).toMatch(/1 fell below it\. 2~months more wait for most of their outcomes\.$/);
    const { notes, months, alert } = view(input);
    expect(notes[0]).toBe(
      'Most outcomes of April and May 2024 are not known yet: they take no part in band and alert.',
    );
    expect(notes).toHaveLength(2);
    expect(alert).toBeNull();
    expect(months.slice(3)).toMatchObject([
      { kind: 'realised', standing: 'open', isBelowBand: false, isBelowFloor: false },
      { kind: 'predicted', standing: 'open', known: 0, rows: 1000 },
    ]);
    // As the 3,000 known ones were promised 384,000, whatever the page's own threshold promises.
    expect(months[4]!.net).toBeCloseTo(128_000, 6);
  });

  it('before any outcome is known', () => {
    const nothing = { known: 0, flagged: 0, caught: 0, missedPositives: 0, prevented: 0, spent: 0, net: 0 };
    const none = realised([month('2024-01', 0, { known: 0 })], { ...nothing, missed: 0, roi: Number.NaN });
    expect(answer({ realised: none })).toBe(
      'No outcome is known yet for the 3,000 decisions: nothing can be said of what they brought.',
    );
    expect(sentences({ realised: none })[3]).toBe('Net value 0. No outcome is known yet.');
  });

  it('raises the alert for two months in a row below the floor', () => {
    const low = [month('2024-01', 30_000), month('2024-02', 20_000)];
    const choice = { roiFloor: 0.5, investment: null };
    const lasting = view({ realised: realised(low), choice }).alert!;
    expect(lasting.months).toEqual(['2024-01', '2024-02']);
    expect(plain(lasting.sentence)).toBe(
      'ROI has been below its floor of 0.50 for 2~months in a row: January and February 2024.',
    );
    const mended = [...low, month('2024-03', 90_000)];
    expect(plain(view({ realised: realised(mended), choice }).alert!.sentence)).toBe(
      'ROI was below its floor of 0.50 for 2~months in a row: January and February 2024. The month after was no longer below it.',
    );
    const again = [...mended, month('2024-04', 0), month('2024-05', 0), month('2024-06', 0)];
    expect(plain(view({ realised: realised(again), choice }).alert!.sentence)).toBe(
      'ROI has been below its floor of 0.50 for 3~months in a row: April, May and June 2024. It was so before, first in January and February 2024.',
    );
    const once = [...mended, month('2024-04', 20_000)];
    expect(plain(view({ realised: realised(once), choice }).alert!.sentence)).toMatch(
      /February 2024\. The month after was no longer below it\.$/,
    );
    const long = ['2023-11', '2023-12', '2024-01', '2024-02'].map((name) => month(name, 0));
    expect(plain(view({ realised: realised(long), choice }).alert!.sentence)).toBe(
      'ROI has been below its floor of 0.50 for 4~months in a row: November 2023 to February 2024.',
    );
    expect(view({ realised: realised([low[0]!, three[0]!]), choice }).alert).toBeNull();
  });

  it('keeps the currency of a kept impact whatever the scenario says now', () => {
    expect(answer({ realised: realised(three), scenario: scenarioOf('lending', 'USD') })).not.toContain(
      'USD',
    );
  });
});

describe('pay-back', () => {
  const at = (investment: number | null, change: Partial<ImpactInput> = {}) =>
    plain(view({ choice: { roiFloor: 0, investment }, ...change }).payBack);

  it('is asked for first', () => {
    expect(at(null)).toBe('State what the model cost to build to see when that is earned back.');
  });

  it('at the promised net value: a twelfth of the year', () => {
    // 1,534,000 / 12 = 127,833 a month.
    expect(at(250_000)).toBe(
      '250~k~EUR is earned back in 2~months at the promised net value, 128~k a month.',
    );
    expect(at(300_000)).toMatch(/^300~k~EUR is earned back in 2\.4~months/);
    expect(at(3_000_000)).toMatch(/^3\.00~M~EUR is earned back in 24~months/);
  });

  it('at the net value of new rows where these chose the threshold', () => {
    const outOfBagNet = { value: 1_200_000, low: 1_000_000, high: 1_400_000 };
    // 1,200,000 / 12 = 100,000 a month.
    expect(at(250_000, { outOfBagNet })).toBe(
      '250~k~EUR is earned back in 2.5~months at the promised net value, 100~k a month.',
    );
    // 3,000 on 200 rows become 2,000: 5 less a row, so that 1,500 a month of 100 rows become 1,000.
    const here: PredictedImpact = {
      ...{ ...predicted, isYearly: false, total: { ...predicted.total, rows: 200, net: 3000 } },
      months: [month('2024-01', 1000), month('2024-02', 2000)].map((one) => ({ ...one, rows: 100 })),
      perDecision: { ...predicted.perDecision, mean: 15 },
    };
    const onNewRows = { predicted: here, outOfBagNet: { value: 2000, low: 1000, high: 3000 } };
    expect(at(9000, { predicted: here })).toMatch(/in 6~months at the promised net value, 1\.50~k a month/);
    expect(at(9000, onNewRows)).toMatch(/in 9~months at the promised net value, 1\.00~k a month/);
    const { low, high } = view(onNewRows).months[0]!.promised;
    expect((low + high) / 2).toBeCloseTo(1000, 9);
  });

  it('is never without a net value, and not defined without a month', () => {
    const loss = { ...predicted, total: { ...predicted.total, net: -12_000 } };
    expect(at(250_000, { predicted: loss })).toBe(
      'Never at the promised net value, −1.00~k~EUR a month: it is not above 0.',
    );
    expect(at(250_000, { predicted: { ...predicted, isYearly: false } })).toBe(
      'For a pay-back the page needs a net value a month: give the scenario its rows a year, or the table a date column.',
    );
  });

  it('once it has happened, or how far it is', () => {
    const months = [month('2024-01', 130_000), month('2024-02', 90_000)];
    expect(at(200_000, { realised: realised(months) })).toBe(
      'The investment of 200~k~EUR would have been earned back by the end of February 2024, after 2~months of decisions.',
    );
    expect(at(440_000, { realised: realised(months) })).toBe(
      'Not yet: 220~k~EUR of 440~k~EUR so far. 220~k~EUR is earned back in 2~months at the mean net value of the months so far, 110~k a month.',
    );
  });
});

describe('the page as text', () => {
  it('holds what is on screen, one subject a line', () => {
    const months = [month('2024-01', 130_000), month('2024-02', 90_000)];
    const text = plain(view({ realised: realised(months) }).text);
    expect(text.split('\n\n')).toEqual([
      'January to February 2024: 3,000~decisions, all with a known outcome, by outcomes.csv',
      expect.stringMatching(
        /^From January to February 2024 the model would have prevented[^\n]*\nMeasured as if 0\.25 had been the line for these decisions\.$/,
      ),
      expect.stringMatching(
        /^Prevented: 600,000~EUR\. 660 of 840 .*\nSpent: .*\nMissed: .*\nNet value: 360,000~EUR\./,
      ),
      'Where the money went\nLosses prevented: 600~k~EUR\nReviews: −200~k\nFixed cost: −40.0~k\nNet value: 360~k~EUR',
      'Month by month\n' +
        'January 2024: net value 130~k~EUR, promised 97.0 to 159~k~EUR, inside the band; ROI 1.63; 1,000 decisions\n' +
        'February 2024: net value 90.0~k~EUR, promised 97.0 to 159~k~EUR, below the band; ROI 1.13; 1,000 decisions',
      'State what the model cost to build to see when that is earned back.',
      'Threshold 0.25, scenario Lending.',
    ]);
  });
});
