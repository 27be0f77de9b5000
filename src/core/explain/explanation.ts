/** How a model is explained, and what comes out: shared by the workers, the page and the command line. */
import type { Notice } from '../table/summary.ts';

/** What the user chooses; `auto` = what docs/methods.md recommends for the model. */
export interface ExplanationChoice {
  /**
   * `auto`: trees whose file holds covers and trees on reference rows by path-dependent SHAP, linear models by linear
   * SHAP, everything else by sampling. `sampling` works for every model, in the space of its score.
   */
  readonly method: 'auto' | 'path-dependent' | 'interventional' | 'sampling';
  /** Used by interventional SHAP, linear SHAP and sampling. */
  readonly background: BackgroundChoice;
}

/**
 * Rows that stand for "without this feature". They are taken from the reference rows (outside the split; all rows where
 * there is no split), at most `size` of them (100 to 1,000), drawn without replacement with the seed when there are more.
 */
export interface BackgroundChoice {
  readonly rows:
    | { readonly kind: 'all' }
    /** The `size` rows whose score is nearest to the threshold among those that pass (score < threshold), or among the flagged. */
    | { readonly kind: 'near-threshold'; readonly side: 'passed' | 'flagged'; readonly threshold: number }
    /** Rows whose cell of a column reads as one of these values. */
    | { readonly kind: 'cohort'; readonly column: string; readonly values: readonly string[] };
  readonly size: number;
  readonly seed: number;
}

export type ExplanationMethod = 'tree-path-dependent' | 'tree-interventional' | 'linear' | 'sampling';

/** How the contributions of a model on a table are computed: what a report says beside them. */
export interface ExplanationPlan {
  readonly method: ExplanationMethod;
  /** `margin`: the sum before the link (log-odds for a logistic link). `score`: what the model returns, between 0 and 1 for a probability. */
  readonly space: 'margin' | 'score';
  /** The space is the margin of a logistic link, score = 1 / (1 + exp(-margin)), so that contributions are log-odds. */
  readonly isLogOdds: boolean;
  /** Equal to the definition but for rounding; false for sampling, of which `SamplingOutcome` says what it came to. */
  readonly isExact: boolean;
  /** Where the covers come from: the file, or `rows` reference rows sent through the trees. Null unless path-dependent. */
  readonly covers:
    | { readonly source: 'model'; readonly kind: 'count' | 'hessian' }
    | { readonly source: 'reference-rows'; readonly rows: number }
    | null;
  /** Rows that stand for absent features; null for path-dependent SHAP. */
  readonly background: { readonly rows: number; readonly choice: BackgroundChoice } | null;
  /** The class whose margin or score is explained; null when the model names none. */
  readonly className: string | null;
  /** −1 when a rising margin lowers the score (the positive class is the one the margin speaks against), so contributions are negated; else 1. */
  readonly sign: 1 | -1;
  /** Features of the model in its own order; contributions of its one-hot levels are summed with their signs. */
  readonly features: readonly { readonly name: string; readonly column: string }[];
  /** The explained value when nothing is known of a row: the base of all contributions. */
  readonly baseValue: number;
  /** Name and version of what computes the contributions; changes with anything that could change a result. */
  readonly engine: string;
  readonly notices: readonly Notice[];
}

/** Why sampling ended, and what it took. */
export interface SamplingOutcome {
  /** All coalitions were asked for, so that contributions are exact; the order of the top features is settled; the budget was spent. */
  readonly end: 'enumerated' | 'stable' | 'budget';
  /** Answers that were asked of the model. */
  readonly predictions: number;
  /**
   * The first two neighbours among the top features whose order is open, by their number, the more important first; null
   * when it is settled.
   */
  readonly open: readonly [number, number] | null;
}

/** What sampling of many rows came to; `unfinished` while not all of them are done: errors are then not known. */
export interface GlobalSampling extends Omit<SamplingOutcome, 'end'> {
  readonly end: SamplingOutcome['end'] | 'unfinished';
}

/** Contributions of some rows. */
export interface RowContributions {
  /** Table rows, in the order asked for. */
  readonly rows: Uint32Array;
  /** rowCount x featureCount, row by row. */
  readonly values: Float64Array;
  /** Per row: the explained value, computed apart from the contributions. */
  readonly outputs: Float64Array;
  /** Standard errors of `values` where they are sampled; null where they are exact. */
  readonly standardErrors: Float64Array | null;
  /** Null where nothing was sampled. */
  readonly sampling: SamplingOutcome | null;
}

/** Sums over rows from which global figures are made; those of disjoint rows add up, in the order of their rows. */
export interface ContributionSums {
  readonly rowCount: number;
  /** Per feature: Σ |φ| and Σ φ. */
  readonly absolute: Float64Array;
  readonly signed: Float64Array;
  /** Largest |base + Σφ − output| of a row. */
  readonly maxAdditivityError: number;
}

/** Global importance over rows: nothing of a single row is kept. */
export interface GlobalExplanation {
  readonly plan: ExplanationPlan;
  readonly rowCount: number;
  /** One per feature of the plan, in its order: mean |φ|, mean φ. */
  readonly meanAbsolute: Float64Array;
  readonly mean: Float64Array;
  /** Standard errors of `meanAbsolute`: of the draws, and of the rows where a sample of them stands for all; null where there is neither. */
  readonly standardErrors: Float64Array | null;
  /**
   * Null where nothing was sampled. `end` speaks of the rows that were explained; `open` of all rows that they stand for, so
   * that an order may be open although it is settled within the sample.
   */
  readonly sampling: GlobalSampling | null;
  readonly maxAdditivityError: number;
}

/** Interactions over rows. */
export interface InteractionSummary {
  readonly plan: ExplanationPlan;
  readonly rowCount: number;
  /** featureCount x featureCount, symmetric: mean |φ_ij|; the diagonal holds the main effects, and a row of φ adds up to φ_i. */
  readonly meanAbsolute: Float64Array;
}
