/** The money column (per row, in the file's currency), or one constant for all rows. */
export type AmountSource = { readonly column: string } | { readonly constant: number };

interface ScenarioBase {
  readonly name: string;
  /** ISO 4217 code, or '' for "in the currency of the file". */
  readonly currency: string;
  /** What is at stake per row: loan amount, customer value or transaction amount. */
  readonly amount: AmountSource;
}

/** Lending: each flagged row is reviewed; a caught bad one saves amount x lossRate. DEFINITIONS "Money". */
export interface LendingScenario extends ScenarioBase {
  readonly template: 'lending';
  /** Share of the amount lost on a missed bad row, 0..1. */
  readonly lossRate: number;
  /** Cost of one review, per flagged row, >= 0. */
  readonly reviewCost: number;
}

/** Retention: each flagged row is contacted; a likely churner (positive) is kept with probability saveRate and is then worth its amount. */
export interface RetentionScenario extends ScenarioBase {
  readonly template: 'retention';
  /** Share of contacted churners that stay, 0..1. */
  readonly saveRate: number;
  /** Cost of one contact, per flagged row, >= 0. */
  readonly campaignCost: number;
}

/** Fraud: each flagged transaction is reviewed; a caught fraud saves its amount, a held-up good one costs friction. */
export interface FraudScenario extends ScenarioBase {
  readonly template: 'fraud';
  /** Cost of one review, per flagged row, >= 0. */
  readonly reviewCost: number;
  /** Cost of holding up a good customer, per flagged negative, >= 0. */
  readonly frictionCost: number;
  /** Fee on top of the amount of a missed fraud (chargeback), per positive, >= 0. */
  readonly chargebackCost: number;
}

/** A named set of cost assumptions. The free four-value form joins this union. */
export type Scenario = LendingScenario | RetentionScenario | FraudScenario;

export type ScenarioTemplate = Scenario['template'];
