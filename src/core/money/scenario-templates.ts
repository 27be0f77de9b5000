/**
 * The scenario templates as one table: what each assumes, where that starts and how it compiles. Parser, editor and
 * words read it, so that a template is one entry here and one entry of words.
 */
import type { AmountSource, FourValueScenario, Scenario, ScenarioTemplate, ValueCell } from './scenario.ts';
import { type CellValues, type LinearValue, noValues, type ValueModel } from './value-model.ts';

export type ScenarioOf<T extends ScenarioTemplate> = Extract<Scenario, { readonly template: T }>;

/** What every scenario has; all other fields are its template's numbers. */
type CommonField = 'template' | 'name' | 'currency' | 'amount' | 'fixedCost' | 'rowsPerYear' | 'columns';

/** The numbers of one template: `lossRate`, `reviewCost`. */
type NumberOf<T extends ScenarioTemplate> = Exclude<keyof ScenarioOf<T>, CommonField>;

/** A number of any template. */
export type AssumptionName = { [T in ScenarioTemplate]: NumberOf<T> }[ScenarioTemplate];

/** One number of a template: how it is called, and which values it may take. */
export interface Assumption {
  readonly label: string;
  /** What it counts for: "per flagged row". */
  readonly unit: string;
  /** 0; for values that may be losses `-Number.MAX_VALUE`. */
  readonly least: number;
  /** 1 for a share, `Number.MAX_VALUE` for money. */
  readonly most: number;
  /** One press of the field's arrows. */
  readonly step: number;
  /** What it is when nothing is said. */
  readonly start: number;
  /** Files and links that leave it out mean its start, and nothing need be said of it. */
  readonly isOptional: boolean;
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
  /** The values of the cells; `amount` is the index of the scenario's amount column. */
  readonly compile: (scenario: ScenarioOf<T>, columnOf: ColumnIndex) => CompiledValues;
}

type CompiledValues = Pick<ValueModel, 'benefit' | 'cost' | 'missed'>;

/** The index of an amount column among those of the judged rows; -1 when it is not among them. */
type ColumnIndex = (column: string) => number;

const share = { least: 0, most: 1, step: 0.05, isOptional: false } as const;
const money = { least: 0, most: Number.MAX_VALUE, step: 5, isOptional: false } as const;
const review = {
  label: 'Review cost',
  unit: 'per flagged row',
  ...money,
  spellings: ['costPerReview', 'review'],
} as const;
const friction = {
  label: 'Friction cost',
  unit: 'per good one held up',
  ...money,
  spellings: ['friction', 'costOfFriction'],
} as const;
/** A value that may be a gain or a loss. */
const gainOrLoss = { ...money, least: -Number.MAX_VALUE, unit: 'per row, or times its column' } as const;

/**
 * Lending (DEFINITIONS "Money"): a flagged positive saves amount × lossRate, every flagged row costs one review.
 * Retention: a flagged positive stays with probability saveRate and is then worth its amount, every flagged row costs
 * one contact. Fraud: a flagged positive saves its amount and the chargeback fee, every flagged row costs one review,
 * and a flagged negative costs friction besides; in lending it does so where a friction cost is given. Four values: each
 * cell its own gain (above 0) or loss (below), a constant or a number times a column of the row.
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
      frictionCost: { ...friction, step: 5, start: 0, isOptional: true },
    },
    compile: ({ amount, lossRate, reviewCost, frictionCost }, columnOf) => {
      const loss = shareOfAmount(amount, lossRate, columnOf);
      return flagging(loss, constant(reviewCost), constant(reviewCost + frictionCost));
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
    compile: ({ amount, saveRate, campaignCost }, columnOf) => {
      const saved = shareOfAmount(amount, saveRate, columnOf);
      return flagging(saved, constant(campaignCost), constant(campaignCost));
    },
  },
  fraud: {
    label: 'Fraud',
    // Starting figures of a card payment: about 100 at stake, a few minutes of an analyst, some goodwill.
    amount: { label: 'Transaction amount', step: 10, start: 100, spellings: ['transactionAmount'] },
    assumptions: {
      reviewCost: { ...review, step: 1, start: 5 },
      frictionCost: { ...friction, step: 1, start: 10 },
      chargebackCost: {
        label: 'Chargeback fee',
        unit: 'per fraud',
        ...money,
        start: 0,
        spellings: ['chargeback', 'chargebackFee'],
      },
    },
    compile: ({ amount, reviewCost, frictionCost, chargebackCost }, columnOf) => {
      const whole = shareOfAmount(amount, 1, columnOf);
      const loss = { ...whole, constant: whole.constant + chargebackCost };
      return flagging(loss, constant(reviewCost), constant(reviewCost + frictionCost));
    },
  },
  fourValues: {
    label: 'Four values',
    // Its money is in its own columns: the amount is only remembered.
    amount: { label: 'Amount', step: 100, start: 0, spellings: [] },
    assumptions: {
      flagPositive: {
        label: 'Flagged positive',
        ...gainOrLoss,
        start: 100,
        spellings: ['truePositive', 'tp'],
      },
      flagNegative: {
        label: 'Flagged negative',
        ...gainOrLoss,
        start: -10,
        spellings: ['falsePositive', 'fp'],
      },
      passPositive: { label: 'Passed positive', ...gainOrLoss, start: 0, spellings: ['falseNegative', 'fn'] },
      passNegative: { label: 'Passed negative', ...gainOrLoss, start: 0, spellings: ['trueNegative', 'tn'] },
    },
    compile: fourValues,
  },
};

/** Numbers that every scenario has; what is left out is none. */
export const commonAssumptions: Readonly<Record<'fixedCost' | 'rowsPerYear', Assumption>> = {
  fixedCost: {
    label: 'Fixed cost',
    unit: 'whatever is decided',
    ...money,
    step: 1000,
    start: 0,
    isOptional: true,
    spellings: ['costFixed', 'projectCost', 'modelCost'],
  },
  rowsPerYear: {
    label: 'Rows a year',
    unit: 'decisions',
    ...money,
    step: 1000,
    start: Number.NaN,
    isOptional: true,
    spellings: ['annualRows', 'decisionsPerYear', 'volume'],
  },
};

/** The templates in the order in which they are offered. */
export const templateNames = Object.keys(scenarioTemplates) as readonly ScenarioTemplate[];

/** Flagging a positive avoids its loss, at a cost for each flagged row; passing a positive misses that loss. */
function flagging(loss: LinearValue, perPositive: LinearValue, perNegative: LinearValue): CompiledValues {
  return {
    benefit: { ...noValues, flagPositive: loss },
    cost: { ...noValues, flagPositive: perPositive, flagNegative: perNegative },
    missed: loss,
  };
}

function constant(value: number): LinearValue {
  return { constant: value, perAmount: 0, amount: 0 };
}

/** A constant amount is folded in, so that it needs no column. */
function shareOfAmount(amount: AmountSource, factor: number, columnOf: ColumnIndex): LinearValue {
  return 'constant' in amount
    ? constant(amount.constant * factor)
    : { constant: 0, perAmount: factor, amount: columnOf(amount.column) };
}

/** Gains are benefit, losses cost. A loss on passed positives is part of net here, so that nothing is missed beside it. */
function fourValues(scenario: FourValueScenario, columnOf: ColumnIndex): CompiledValues {
  const partOf = (cell: ValueCell, sign: 1 | -1): LinearValue => {
    const value = Math.max(0, sign * scenario[cell]);
    const column = scenario.columns[cell];
    return column === null ? constant(value) : { constant: 0, perAmount: value, amount: columnOf(column) };
  };
  const valuesOf = (sign: 1 | -1): CellValues => ({
    flagPositive: partOf('flagPositive', sign),
    flagNegative: partOf('flagNegative', sign),
    passPositive: partOf('passPositive', sign),
    passNegative: partOf('passNegative', sign),
  });
  return { benefit: valuesOf(1), cost: valuesOf(-1), missed: constant(0) };
}

/**
 * The value model of a scenario, by its template.
 *
 * @param amountColumns the amount columns of the judged rows, in their order (`Judgement.amountColumns`). A value whose
 *   column is not among them gets the index -1, which `checkAmounts` refuses
 */
export function compileScenario(scenario: Scenario, amountColumns: readonly string[]): ValueModel {
  const compile = scenarioTemplates[scenario.template].compile as (
    scenario: Scenario,
    columnOf: ColumnIndex,
  ) => CompiledValues;
  const { fixedCost, rowsPerYear } = scenario;
  return { ...compile(scenario, (column) => amountColumns.indexOf(column)), fixedCost, rowsPerYear };
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
    fixedCost: 0,
    rowsPerYear: null,
    amount: amountColumn === null ? { constant: amount.start } : { column: amountColumn },
    ...(template === 'fourValues' ? { columns: noColumns } : {}),
  };
  return { ...common, ...Object.fromEntries(starts) } as unknown as ScenarioOf<T>;
}

const noColumns: FourValueScenario['columns'] = {
  flagPositive: null,
  flagNegative: null,
  passPositive: null,
  passNegative: null,
};
