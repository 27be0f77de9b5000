/** Money of one set of decisions, in the currency of the scenario. */
export interface ImpactMoney {
  readonly rows: number;
  readonly flagged: number;
  readonly caught: number;
  readonly missedPositives: number;
  readonly prevented: number;
  /** What was spent, with each decision's share of the fixed cost. */
  readonly spent: number;
  readonly missed: number;
  readonly net: number;
  /** net / spent; NaN when nothing was spent. */
  readonly roi: number;
}

/** One calendar month (UTC). `month` is `2024-03`. */
export interface ImpactMonth extends ImpactMoney {
  readonly month: string;
}

/** One kind of spending: the label of the scenario's cost (the fixed one last), and its sum. */
export interface SpendingPart {
  readonly label: string;
  readonly amount: number;
}

/** What one decision brings on average, and how much that varies: a month of n decisions promises n times the mean. */
export interface DecisionPromise {
  /** Mean net value of a judged row, its share of the fixed cost taken off. */
  readonly mean: number;
  /** Standard deviation over the judged rows (n - 1); NaN with fewer than two. */
  readonly deviation: number;
  /** Judged rows behind mean and deviation. */
  readonly rows: number;
  /** Fixed cost of one decision, already taken off `mean`. */
  readonly fixedCost: number;
}

/** What the judged rows promise at the operating threshold. */
export interface PredictedImpact {
  readonly threshold: number;
  /** In the scale of the scenario, counts too: a year when it is scaled, else these rows. */
  readonly total: ImpactMoney;
  readonly netInterval: readonly [number, number];
  readonly isYearly: boolean;
  /** How `total.spent` divides; kinds that cost nothing are left out. */
  readonly spending: readonly SpendingPart[];
  /** Judged rows by month of the date column, ascending, not scaled; empty without one. */
  readonly months: readonly ImpactMonth[];
  /** Judged rows whose date is missing; 0 without a date column. */
  readonly undated: number;
  readonly perDecision: DecisionPromise;
}

/** How an outcomes file is read. */
export interface OutcomesReading {
  /** Column of the outcomes file that holds the id, and of the table of decisions. */
  readonly idColumn: string;
  readonly decisionIdColumn: string;
  readonly outcomeColumn: string;
  /** Values of the outcome that are the bad one. */
  readonly positive: readonly string[];
  /** Values that say that the outcome is not known yet; as a missing one. All others are the good one. */
  readonly undecided: readonly string[];
  /** Date of the decision, a column of the table of decisions or of the outcomes file; null = totals only. */
  readonly dateColumn: { readonly from: 'decisions' | 'outcomes'; readonly column: string } | null;
  /**
   * What a bad row really lost, or what was recovered of its amount: a column of the outcomes file, for rows that have a
   * number there. null = as the scenario has it.
   */
  readonly amount: { readonly column: string; readonly meaning: 'lost' | 'recovered' } | null;
}

/** What the promise gives for a number of decisions, with its 95 % band. */
export interface PromisedNet {
  readonly net: number;
  readonly low: number;
  readonly high: number;
}

/** Decisions with what became of them. Money and all counts but `rows` are over the `known` ones. */
export interface RealisedFigures extends ImpactMoney {
  /** Decisions whose outcome is known; `rows` counts all of them. */
  readonly known: number;
  /** What was promised for `known` decisions. */
  readonly promised: PromisedNet;
}

export interface RealisedMonth extends RealisedFigures {
  /** `2024-03` */
  readonly month: string;
}

/** What happened, month by month. Aggregates only: this is what the registry keeps. */
export interface RealisedImpact {
  /** `format` names the layout of the kept document. */
  readonly format: 'cutline-impact-1';
  readonly outcomesName: string;
  readonly threshold: number;
  readonly currency: string;
  /** All decisions, with or without a date. */
  readonly total: RealisedFigures;
  /** How `total.spent` divides. */
  readonly spending: readonly SpendingPart[];
  /** Months with a decision, ascending; empty without a date column. */
  readonly months: readonly RealisedMonth[];
  /** Rows of the outcomes file whose id no row of the table has, or that have no id. */
  readonly unknownIds: number;
  /** Rows of the outcomes file whose id belongs only to rows that are no decisions here (outside the split, or without a score). */
  readonly otherRows: number;
  /** Further rows of the outcomes file for an id that has one already; the last one counts. */
  readonly repeatedIds: number;
  /** Ids whose rows state both outcomes: they are taken as not known. */
  readonly contradictions: number;
  /** Decisions whose id an earlier decision has: each gets the outcome of that id. */
  readonly repeatedDecisions: number;
  readonly withoutOutcome: number;
  /** Decisions without a date, in `total` only; 0 without a date column. */
  readonly undated: number;
  /** Decisions whose outcome differs from the label that the table of decisions gives them. */
  readonly relabelled: number;
}
