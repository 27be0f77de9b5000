import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import { assumptionsOf, defaultScenario, scenarioTemplates, templateNames } from './scenario-templates.ts';

const canonical = {
  template: 'lending',
  name: 'Base case',
  currency: 'EUR',
  amount: { column: 'Amount' },
  lossRate: 0.6,
  reviewCost: 25,
  frictionCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
} as const;

describe('reading a scenario', () => {
  it('reads the canonical form as it stands', () => {
    expect(parseScenario(canonical)).toEqual({ scenario: canonical, notices: [] });
    const constant = { ...canonical, amount: { constant: 1200 } };
    expect(parseScenario(constant).scenario).toEqual(constant);
    expect(parseScenario(JSON.parse(JSON.stringify(canonical))).scenario).toEqual(canonical);
  });

  it('fills in what is absent', () => {
    const { scenario, notices } = parseScenario({ template: 'lending' });
    expect(scenario).toEqual(defaultScenario('lending', null));
    expect(notices.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^scenario-default .*"amount": 5000/),
      expect.stringMatching(/^scenario-default .*"lossRate": 0.8/),
      expect.stringMatching(/^scenario-default .*"reviewCost": 50/),
    ]);
    expect(defaultScenario('lending', null)).toEqual({
      template: 'lending',
      name: 'Lending',
      currency: '',
      amount: { constant: 5000 },
      lossRate: 0.8,
      reviewCost: 50,
      frictionCost: 0,
      fixedCost: 0,
      rowsPerYear: null,
    });
    const withNulls = parseScenario({ kind: 'lending', amount: null, lossRate: null });
    expect(withNulls.scenario).toEqual(defaultScenario('lending', null));
    expect(defaultScenario('lending', 'Loan').amount).toEqual({ column: 'Loan' });
  });

  it.each([
    [{ amount: 'Amount' }, { amount: { column: 'Amount' } }],
    [{ amount: 900 }, { amount: { constant: 900 } }],
    [{ amountColumn: 'Amount' }, { amount: { column: 'Amount' } }],
    [{ amount_column: 'Amount' }, { amount: { column: 'Amount' } }],
    [{ amountConstant: 900 }, { amount: { constant: 900 } }],
    [{ amount_constant: 900 }, { amount: { constant: 900 } }],
    [{ loss_rate: 0.5 }, { lossRate: 0.5 }],
    [{ review_cost: 7 }, { reviewCost: 7 }],
    [{ costPerReview: 7 }, { reviewCost: 7 }],
    [{ cost_per_review: 7 }, { reviewCost: 7 }],
    [{ review: 0 }, { reviewCost: 0 }],
    [{ lossrate: 0.5 }, { lossRate: 0.5 }],
    [{ 'Review-Cost': 7 }, { reviewCost: 7 }],
    [{ kind: 'lending' }, {}],
    [{ type: 'lending' }, {}],
    [{ template: 'lending', currency: ' usd' }, { currency: 'USD' }],
  ])('understands %o', (json, part) => {
    const { scenario, notices } = parseScenario(json);
    expect(scenario).toEqual({ ...defaultScenario('lending', null), ...part });
    const given = Object.keys(part).filter((key) => key !== 'currency').length;
    expect(notices.map(({ code }) => code)).toEqual(Array(3 - given).fill('scenario-default'));
  });

  it.each([
    [
      { template: 'retention', customer_value: 900, discount: 5, save_rate: 0.2, contactCost: 4 },
      {
        template: 'retention',
        name: 'Retention',
        currency: '',
        amount: { constant: 900 },
        saveRate: 0.2,
        campaignCost: 4,
        fixedCost: 0,
        rowsPerYear: null,
      },
      ['scenario-unknown-key'],
    ],
    [
      { template: 'Fraud', transactionAmount: 'Value', 'review-cost': 3, friction: 7, chargeback_fee: 20 },
      {
        template: 'fraud',
        name: 'Fraud',
        currency: '',
        amount: { column: 'Value' },
        reviewCost: 3,
        frictionCost: 7,
        chargebackCost: 20,
        fixedCost: 0,
        rowsPerYear: null,
      },
      [],
    ],
  ])('reads %o', (json, scenario, codes) => {
    const read = parseScenario(json);
    expect(read.scenario).toEqual(scenario);
    expect(read.notices.map(({ code }) => code)).toEqual(codes);
    expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual({ scenario, notices: [] });
  });

  it.each([
    [{}, { fixedCost: 0, rowsPerYear: null, frictionCost: 0 }],
    [
      { fixed_cost: 900, annualRows: 60_000 },
      { fixedCost: 900, rowsPerYear: 60_000 },
    ],
    [
      { rowsPerYear: null, friction: 8 },
      { rowsPerYear: null, frictionCost: 8 },
    ],
  ])('%o is none without a word, or as given', (json, part) => {
    const { frictionCost, fixedCost, rowsPerYear, ...needed } = canonical;
    const { scenario, notices } = parseScenario({ ...needed, ...json });
    expect(scenario).toEqual({ ...canonical, ...part });
    expect(notices).toEqual([]);
  });

  it('reads four values: constants, numbers times a column, and both ways to name the column', () => {
    const wanted = {
      template: 'fourValues',
      name: 'Four values',
      currency: '',
      amount: { constant: 0 },
      fixedCost: 0,
      rowsPerYear: null,
      flagPositive: 0.8,
      flagNegative: -50,
      passPositive: -1,
      passNegative: 0.1,
      columns: { flagPositive: 'Amount', flagNegative: null, passPositive: 'Debt', passNegative: 'Margin' },
    };
    const short = {
      template: 'four-values',
      tp: { column: 'Amount', times: 0.8 },
      fp: -50,
      passPositive: -1,
      passNegative: { column: 'Margin', times: 0.1 },
      columns: { passPositive: 'Debt' },
    };
    expect(parseScenario(short)).toEqual({ scenario: wanted, notices: [] });
    expect(parseScenario(wanted)).toEqual({ scenario: wanted, notices: [] });
    expect(parseScenario({ ...short, tp: 'Amount' }).scenario).toEqual({ ...wanted, flagPositive: 1 });
    const few = parseScenario({ flagPositive: 5, columns: { passNegative: 'Margin' } });
    expect(few.scenario).toMatchObject({
      template: 'fourValues',
      flagPositive: 5,
      flagNegative: 0,
      passNegative: 1,
    });
    expect(few.notices.map(({ message }) => /"(\w+)"/.exec(message)?.[1])).toEqual([
      'template',
      ...['flagNegative', 'passPositive', 'passNegative'],
    ]);
  });

  it.each(templateNames)('fills in what is absent from %s, and says each', (template) => {
    if (template === 'fourValues') {
      const nothing = { flagPositive: 0, flagNegative: 0, passPositive: 0, passNegative: 0 };
      expect(parseScenario({ template }).scenario).toEqual({
        ...defaultScenario(template, null),
        ...nothing,
      });
      return;
    }
    const { scenario, notices } = parseScenario({ template });
    expect(scenario).toEqual(defaultScenario(template, null));
    expect(notices.map(({ message }) => /"(\w+)": ([\d.]+)/.exec(message)?.slice(1))).toEqual([
      ['amount', String(scenarioTemplates[template].amount.start)],
      ...assumptionsOf(template)
        .filter(({ isOptional }) => !isOptional)
        .map(({ name, start }) => [name, String(start)]),
    ]);
  });

  it('takes the template from the numbers when none is named, and says so', () => {
    const kept = parseScenario({ amount: 600, saveRate: 0.4, campaignCost: 8 });
    expect(kept.scenario).toEqual({
      ...defaultScenario('retention', null),
      amount: { constant: 600 },
      saveRate: 0.4,
      campaignCost: 8,
    });
    expect(kept.notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('retention is assumed'),
    ]);
    expect(parseScenario({ reviewCost: 5, friction: 3 }).scenario.template).toBe('fraud');
    expect(parseScenario({ reviewCost: 5 }).scenario.template).toBe('lending');
  });

  it('says which keys it left aside', () => {
    const { notices } = parseScenario({ ...canonical, loss: 0.4, comment: 'draft' });
    expect(notices.map(({ code, message }) => [code, /"(\w+)"/.exec(message)?.[1]])).toEqual([
      ['scenario-unknown-key', 'loss'],
      ['scenario-unknown-key', 'comment'],
    ]);
  });

  it.each([
    [null, 'not a JSON object'],
    [[], 'not a JSON object'],
    ['lending', 'not a JSON object'],
    [{}, 'not a scenario'],
    [{ target: 'Status', rows: 4454 }, 'not a scenario'],
    [{ template: 'lottery' }, '"lending", "retention", "fraud"'],
    [{ template: 3 }, '"template"'],
    [{ lossRate: 1.01 }, '"lossRate"'],
    [{ lossRate: -0.1 }, '"lossRate"'],
    [{ lossRate: '0.8' }, '"lossRate"'],
    [{ lossRate: Number.NaN }, '"lossRate"'],
    [{ reviewCost: -1 }, '"reviewCost"'],
    [{ reviewCost: Infinity }, '"reviewCost"'],
    [{ amount: -1 }, '"amount"'],
    [{ amount: '' }, '"amount"'],
    [{ amount: true }, '"amount"'],
    [{ amount: [] }, '"amount"'],
    [{ amount: {} }, '"amount"'],
    [{ amount: { column: 'A', constant: 1 } }, '"amount"'],
    [{ amount: { column: 5 } }, '"amount.column"'],
    [{ amount: { constant: '5' } }, '"amount.constant"'],
    [{ amount: { column: 'A', factor: 2 } }, '"factor"'],
    [{ amountColumn: 5 }, '"amountColumn"'],
    [{ amountConstant: 'A' }, '"amountConstant"'],
    [{ amount: 5, amountColumn: 'A' }, 'twice'],
    [{ reviewCost: 5, review: 6 }, 'twice'],
    [{ saveRate: 1.5 }, '"saveRate"'],
    [{ template: 'retention', campaignCost: -1 }, '"campaignCost"'],
    [{ template: 'fraud', friction: 'much' }, '"friction"'],
    [{ template: 'fraud', name: 5 }, '"name"'],
    [{ template: 'retention', currency: 'Euro' }, '"currency"'],
    [{ template: 'lending', fixedCost: -1 }, '"fixedCost"'],
    [{ template: 'fraud', rowsPerYear: 0 }, 'above 0'],
    [{ template: 'fraud', rowsPerYear: -5 }, '"rowsPerYear"'],
    [{ template: 'lending', frictionCost: 'some' }, '"frictionCost"'],
    [{ template: 'fourValues', flagPositive: true }, '"flagPositive"'],
    [{ template: 'fourValues', flagPositive: Number.NaN }, '"flagPositive"'],
    [{ template: 'fourValues', flagPositive: { times: 2 } }, '"flagPositive.column"'],
    [{ template: 'fourValues', flagPositive: { column: 'A', times: '2' } }, '"flagPositive.times"'],
    [{ template: 'fourValues', flagPositive: { column: 'A', by: 2 } }, '"by"'],
    [{ template: 'fourValues', flagPositive: 'A', columns: { flagPositive: 'B' } }, 'twice'],
    [{ template: 'fourValues', columns: 'A' }, '"columns"'],
    [{ template: 'fourValues', columns: { flagged: 'A' } }, '"flagged"'],
    [{ template: 'fourValues', columns: { flagPositive: 5 } }, '"columns.flagPositive"'],
  ])('refuses %o, naming %s', (json, named) => {
    expect(() => parseScenario(json)).toThrow(
      expect.objectContaining({
        name: 'DataError',
        code: 'invalid-scenario',
        message: expect.stringContaining(named),
      }),
    );
  });

  it('cuts long values in its messages', () => {
    const long = 'x'.repeat(500);
    expect(() => parseScenario({ template: long })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(long) }),
    );
  });
});
