/** The money column (per row, in the file's currency), or one constant for all rows. */
export type AmountSource = { readonly column: string } | { readonly constant: number };

/** Lending: each flagged row is reviewed; a caught bad one saves amount x lossRate. DEFINITIONS "Money". */
export interface LendingScenario {
  readonly template: 'lending';
  readonly name: string;
  /** ISO 4217 code, or '' for "in the currency of the file". */
  readonly currency: string;
  readonly amount: AmountSource;
  /** Share of the amount lost on a missed bad row, 0..1. */
  readonly lossRate: number;
  /** Cost of one review, per flagged row, >= 0. */
  readonly reviewCost: number;
}

/** A named set of cost assumptions. Retention, fraud and the free four-value form join this union. */
export type Scenario = LendingScenario;
