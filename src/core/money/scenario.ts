/** The money column (per row, in the file's currency), or one constant for all rows. */
export type AmountSource = { readonly column: string } | { readonly constant: number };

interface ScenarioBase {
  readonly name: string;
  /** ISO 4217 code, or '' for "in the currency of the file". */
  readonly currency: string;
  /** What running the model costs besides its decisions: a year when `rowsPerYear` is given, else once for these rows. */
  readonly fixedCost: number;
  /** Decisions a year: money is scaled from the judged rows to them. null = money is of these rows. */
  readonly rowsPerYear: number | null;
  /**
   * What is at stake per row: loan amount, customer value or transaction amount. The four-value form takes its money from
   * its own `columns`; there this is only remembered, for the way back to another template.
   */
  readonly amount: AmountSource;
}

/** Lending: each flagged row is reviewed; a caught bad one saves amount x lossRate. DEFINITIONS "Money". */
export interface LendingScenario extends ScenarioBase {
  readonly template: 'lending';
  /** Share of the amount lost on a missed bad row, 0..1. */
  readonly lossRate: number;
  /** Cost of one review, per flagged row, >= 0. */
  readonly reviewCost: number;
  /** Cost of holding up a good applicant, per flagged negative, >= 0. */
  readonly frictionCost: number;
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

/** The four cells of the confusion matrix by what is done (flag, pass) and what the row turns out to be. */
export type ValueCell = 'flagPositive' | 'flagNegative' | 'passPositive' | 'passNegative';

/**
 * The free form: one value for each cell, a gain when positive and a loss when negative. A cell with a column is worth
 * its number times the row's value in that column; the cells may use different columns.
 */
export interface FourValueScenario extends ScenarioBase, Readonly<Record<ValueCell, number>> {
  readonly template: 'fourValues';
  readonly columns: Readonly<Record<ValueCell, string | null>>;
}

/** A named set of cost assumptions. */
export type Scenario = LendingScenario | RetentionScenario | FraudScenario | FourValueScenario;

export type ScenarioTemplate = Scenario['template'];
