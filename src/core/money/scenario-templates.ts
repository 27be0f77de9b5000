/**
 * The scenario templates as one table: what each assumes, where that starts and how it compiles. Parser, editor and
 * words read it, so that a template is one entry here and one entry of words.
 */
import type { AmountSource, Scenario, ScenarioTemplate } from './scenario.ts';
import { type LinearValue, noValues, type ValueModel } from './value-model.ts';

export type ScenarioOf<T extends ScenarioTemplate> = Extract<Scenario, { readonly template: T }>;

/** What every scenario has; all other fields are its template's numbers. */
type CommonField = 'template' | 'name' | 'currency' | 'amount';

/** The numbers of one template: `lossRate`, `reviewCost`. */
type NumberOf<T extends ScenarioTemplate> = Exclude<keyof ScenarioOf<T>, CommonField>;

/** A number of any template. */
export type AssumptionName = { [T in ScenarioTemplate]: NumberOf<T> }[ScenarioTemplate];

/** One number of a template: how it is called, and from 0 to which value it may go. */
export interface Assumption {
  readonly label: string;
  /** What it counts for: "per flagged row". */
  readonly unit: string;
  /** 1 for a share, `Number.MAX_VALUE` for money; the least is 0. */
  readonly most: number;
  /** One press of the field's arrows. */
  readonly step: number;
  /** What it is when nothing is said. */
  readonly start: number;
  /** Other names under which files give it; case, hyphens and underscores do not matter. */
  readonly spellings: readonly string[];
}

export interface NamedAssumption extends Assumption {
  readonly name: AssumptionName;
}

interface Template<T extends ScenarioTemplate> {
  readonly label: string;
  /** What is at stake per row, and the constant that stands in when there is no column for it. */
  readonly amount: Pick<Assumption, 'label' | 'step' | 'start' | 'spellings'>;
  /** In the order in which they are shown. */
  readonly assumptions: Readonly<Record<NumberOf<T>, Assumption>>;
  readonly compile: (scenario: ScenarioOf<T>) => ValueModel;
}

const share = { most: 1, step: 0.05 } as const;
const money = { most: Number.MAX_VALUE, step: 5 } as const;
const review = {
  label: 'Review cost',
  unit: 'per flagged row',
  ...money,
  spellings: ['costPerReview', 'review'],
} as const;

/**
 * Lending (DEFINITIONS "Money"): a flagged positive saves amount × lossRate, every flagged row costs one review.
 * Retention: a flagged positive stays with probability saveRate and is then worth its amount, every flagged row costs
 * one contact. Fraud: a flagged positive saves its amount and the chargeback fee, every flagged row costs one review,
 * and a flagged negative costs friction besides.
 */
export const scenarioTemplates: { readonly [T in ScenarioTemplate]: Template<T> } = {
  lending: {
    label: 'Lending',
    amount: { label: 'Amount at risk', step: 100, start: 5000, spellings: ['amountAtRisk', 'loanAmount'] },
    assumptions: {
      lossRate: {
        label: 'Loss rate',
        unit: 'share of the amount',
        ...share,
        start: 0.8,
        spellings: ['lossGivenDefault', 'lgd'],
      },
      reviewCost: { ...review, start: 50 },
    },
    compile: ({ amount, lossRate, reviewCost }) => {
      const loss = shareOfAmount(amount, lossRate);
      return flagging(loss, constant(reviewCost), constant(reviewCost));
    },
  },
  retention: {
    label: 'Retention',
    amount: { label: 'Customer value', step: 50, start: 600, spellings: ['customerValue', 'value'] },
    assumptions: {
      saveRate: {
        label: 'Save rate',
        unit: 'share of churners',
        ...share,
        start: 0.3,
        spellings: ['retentionRate', 'successRate'],
      },
      campaignCost: {
        label: 'Campaign cost',
        unit: 'per flagged row',
        ...money,
        step: 1,
        start: 10,
        spellings: ['contactCost', 'costPerContact', 'campaign'],
      },
    },
    compile: ({ amount, saveRate, campaignCost }) => {
      const saved = shareOfAmount(amount, saveRate);
      return flagging(saved, constant(campaignCost), constant(campaignCost));
    },
  },
  fraud: {
    label: 'Fraud',
    // Starting figures of a card payment: about 100 at stake, a few minutes of an analyst, some goodwill.
    amount: { label: 'Transaction amount', step: 10, start: 100, spellings: ['transactionAmount'] },
    assumptions: {
      reviewCost: { ...review, step: 1, start: 5 },
      frictionCost: {
        label: 'Friction cost',
        unit: 'per good one held up',
        ...money,
        step: 1,
        start: 10,
        spellings: ['friction', 'costOfFriction'],
      },
      chargebackCost: {
        label: 'Chargeback fee',
        unit: 'per fraud',
        ...money,
        start: 0,
        spellings: ['chargeback', 'chargebackFee'],
      },
    },
    compile: ({ amount, reviewCost, frictionCost, chargebackCost }) => {
      const whole = shareOfAmount(amount, 1);
      const loss = { ...whole, constant: whole.constant + chargebackCost };
      return flagging(loss, constant(reviewCost), constant(reviewCost + frictionCost));
    },
  },
};

/** The templates in the order in which they are offered. */
export const templateNames = Object.keys(scenarioTemplates) as readonly ScenarioTemplate[];

/** Flagging a positive avoids its loss, at a cost for each flagged row; passing a positive misses that loss. */
function flagging(loss: LinearValue, perPositive: LinearValue, perNegative: LinearValue): ValueModel {
  return {
    benefit: { ...noValues, flagPositive: loss },
    cost: { ...noValues, flagPositive: perPositive, flagNegative: perNegative },
    missed: loss,
  };
}

function constant(value: number): LinearValue {
  return { constant: value, perAmount: 0 };
}

/** A constant amount is folded in, so that it needs no column. */
function shareOfAmount(amount: AmountSource, factor: number): LinearValue {
  return 'constant' in amount ? constant(amount.constant * factor) : { constant: 0, perAmount: factor };
}

/** The value model of a scenario, by its template. */
export function compileScenario(scenario: Scenario): ValueModel {
  const compile = scenarioTemplates[scenario.template].compile as (scenario: Scenario) => ValueModel;
  return compile(scenario);
}

/** The numbers of a template with their names, in the order in which they are shown. */
export function assumptionsOf(template: ScenarioTemplate): readonly NamedAssumption[] {
  const entries = Object.entries(scenarioTemplates[template].assumptions) as [AssumptionName, Assumption][];
  return entries.map(([name, assumption]) => ({ name, ...assumption }));
}

/** The value of one of the scenario's own assumptions; NaN when its template has none of this name. */
export function assumptionValue(scenario: Scenario, name: AssumptionName): number {
  return (scenario as Partial<Readonly<Record<AssumptionName, number>>>)[name] ?? Number.NaN;
}

/** The scenario with one of its own assumptions changed. */
export function withAssumption(scenario: Scenario, name: AssumptionName, value: number): Scenario {
  return { ...scenario, [name]: value };
}

/**
 * The scenario that a template begins with: its starting values, named as the template is.
 *
 * @param amountColumn null: the template's constant for each row
 */
export function defaultScenario<T extends ScenarioTemplate>(
  template: T,
  amountColumn: string | null,
): ScenarioOf<T> {
  const { label, amount } = scenarioTemplates[template];
  const starts = assumptionsOf(template).map(({ name, start }) => [name, start] as const);
  const common = {
    template,
    name: label,
    currency: '',
    amount: amountColumn === null ? { constant: amount.start } : { column: amountColumn },
  };
  return { ...common, ...Object.fromEntries(starts) } as unknown as ScenarioOf<T>;
}
