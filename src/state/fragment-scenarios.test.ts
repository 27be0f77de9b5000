import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FourValueScenario, Scenario } from '../core/money/scenario.ts';
import { encodeScenario, parseScenario } from './fragment-scenarios.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 300;

const base = {
  name: '',
  currency: '',
  amount: { column: 'Amount' },
  fixedCost: 0,
  rowsPerYear: null,
} as const;
const lending: Scenario = { ...base, template: 'lending', lossRate: 0.8, reviewCost: 50, frictionCost: 0 };
const four: FourValueScenario = {
  ...base,
  template: 'fourValues',
  amount: { constant: 0 },
  flagPositive: 0.8,
  flagNegative: -50,
  passPositive: 0,
  passNegative: 0,
  columns: { flagPositive: 'Loan amount', flagNegative: null, passPositive: null, passNegative: null },
};

const table: readonly (readonly [string, Scenario, string])[] = [
  ['a link made before there was more', lending, 'lending,amount:Amount,lossRate:0.8,reviewCost:50'],
  [
    'friction, fixed cost and rows a year',
    { ...lending, frictionCost: 15, fixedCost: 20_000, rowsPerYear: 120_000 },
    'lending,amount:Amount,lossRate:0.8,reviewCost:50,frictionCost:15,fixedCost:20000,rowsPerYear:120000',
  ],
  [
    'fraud keeps a friction cost of 0, as it always has',
    { ...base, template: 'fraud', reviewCost: 5, frictionCost: 0, chargebackCost: 0 },
    'fraud,amount:Amount,reviewCost:5,frictionCost:0,chargebackCost:0',
  ],
  ['four values', four, 'fourValues,flagPositive:0.8/Loan%20amount,flagNegative:-50'],
  [
    'four values with a remembered amount, and a column that is counted 0 times',
    {
      ...four,
      flagPositive: 0,
      columns: { ...four.columns, flagPositive: 'a/b' },
      amount: { column: 'Loan' },
      fixedCost: 5,
      name: 'Free',
    },
    'fourValues,amount:Loan,flagPositive:0/a%2Fb,flagNegative:-50,fixedCost:5,name:Free',
  ],
];

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const cost = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0);
const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((gain) => gain + 0);
const column = fc.option(text);
const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    name: text,
    currency: fc.constantFrom('', 'EUR'),
    amount: fc.oneof(fc.record({ column: text }), fc.record({ constant: cost })),
    fixedCost: cost,
    rowsPerYear: fc.option(fc.integer({ min: 1, max: 1e9 })),
  })
  .chain((common) =>
    fc.oneof(
      fc.record({
        ...constants(common),
        template: fc.constant('lending' as const),
        lossRate: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
        reviewCost: cost,
        frictionCost: cost,
      }),
      fc.record({
        ...constants(common),
        template: fc.constant('fourValues' as const),
        flagPositive: value,
        flagNegative: value,
        passPositive: value,
        passNegative: value,
        columns: fc.record({
          flagPositive: column,
          flagNegative: column,
          passPositive: column,
          passNegative: column,
        }),
      }),
    ),
  );

function constants<T extends object>(common: T) {
  return Object.fromEntries(Object.entries(common).map(([key, one]) => [key, fc.constant(one)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}

describe('a scenario in a link', () => {
  it.each(table)('%s', (_, scenario, written) => {
    expect(encodeScenario(scenario)).toBe(written);
    expect(parseScenario(written)).toEqual(scenario);
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(parseScenario(encodeScenario(scenario))).toEqual(scenario);
      }),
      { numRuns },
    );
  });

  it.each([
    'lending,amount:Amount,lossRate:0.8,reviewCost:50,rowsPerYear:0',
    'lending,amount:Amount,lossRate:0.8,reviewCost:50,rowsPerYear:-4',
    'lending,amount:Amount,lossRate:0.8,reviewCost:50,fixedCost:-1',
    'lending,amount:Amount,lossRate:0.8,reviewCost:50,frictionCost:much',
    'retention,amount:Amount,saveRate:0.3,campaignCost:15,frictionCost:4',
    'lending,amount:Amount,lossRate:0.8,reviewCost:50,flagPositive:4',
    'fourValues,flagPositive:much',
    'fourValues,flagPositive:1/a/b',
    'fourValues,flagPositive:1/%E0%A4%A',
    'fourValues,flagPositive:/a',
    'fourValues,reviewCost:5',
  ])('is refused: %s', (written) => {
    expect(parseScenario(written)).toBeNull();
  });
});
