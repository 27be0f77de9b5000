/** Money of one set of decisions, in the currency of the scenario. */
export interface ImpactMoney {
  readonly rows: number;
  readonly flagged: number;
  readonly caught: number;
  readonly missedPositives: number;
  readonly prevented: number;
  /** What was spent, fixed cost included. */
  readonly spent: number;
  readonly missed: number;
  readonly net: number;
  /** net / spent; NaN when nothing was spent. */
  readonly roi: number;
}

/** One calendar month. `month` is `2024-03`. */
export interface ImpactMonth extends ImpactMoney {
  readonly month: string;
}

/** What the judged rows promise at the operating threshold. */
export interface PredictedImpact {
  readonly threshold: number;
  /** In the scale of the scenario: a year when it is scaled, else these rows. */
  readonly total: ImpactMoney;
  readonly netInterval: readonly [number, number];
  readonly isYearly: boolean;
  /** How `spent` divides, in order: label of the template's cost and its sum. */
  readonly spending: readonly { readonly label: string; readonly amount: number }[];
  /** Judged rows by month of the date column, not scaled and without fixed cost; empty without one. */
  readonly months: readonly ImpactMonth[];
  /** Judged rows whose date is missing. */
  readonly undated: number;
  /** Mean and standard deviation of the net value of one decision: what a month of n decisions promises. */
  readonly perDecision: { readonly mean: number; readonly deviation: number; readonly rows: number };
  /** ROI promised, and fixed cost of one month. */
  readonly roi: number;
  readonly fixedCostPerMonth: number;
}

/** How an outcomes file is read. */
export interface OutcomesReading {
  /** Column of the outcomes file that holds the id, and of the table of decisions. */
  readonly idColumn: string;
  readonly decisionIdColumn: string;
  readonly outcomeColumn: string;
  /** Values of the outcome that are the bad one. */
  readonly positive: readonly string[];
  /** Date of the decision, a column of the table of decisions or of the outcomes file. */
  readonly dateColumn: { readonly from: 'decisions' | 'outcomes'; readonly column: string };
  /** What was really lost (or recovered) on the row, a column of the outcomes file; null = as the scenario has it. */
  readonly lossColumn: string | null;
}

/** What happened, month by month. Aggregates only: this is what the registry keeps. */
export interface RealisedImpact {
  /** `format` names the layout of the kept document. */
  readonly format: 'cutline-impact-1';
  readonly outcomesName: string;
  readonly threshold: number;
  readonly currency: string;
  readonly months: readonly RealisedMonth[];
  /** Rows of the outcomes file without a decision, decisions without an outcome, ids that occur twice. */
  readonly unknownIds: number;
  readonly withoutOutcome: number;
  readonly repeatedIds: number;
  readonly undated: number;
}

export interface RealisedMonth extends ImpactMonth {
  /** Decisions of the month whose outcome is known; `rows` counts all of them. */
  readonly known: number;
  /** 95 % band of the net value that the promise gives for `known` decisions. */
  readonly promised: { readonly net: number; readonly low: number; readonly high: number };
}
