/** One bin of the gains table (C9), from the highest scores down. */
export interface GainsBin {
  readonly rows: number;
  readonly positives: number;
  readonly negatives: number;
  readonly highestScore: number;
  readonly lowestScore: number;
  readonly positiveRate: number;
  /** Share of all positives (negatives, rows) down to the end of this bin. */
  readonly cumulativePositives: number;
  readonly cumulativeNegatives: number;
  readonly cumulativeRows: number;
  /** Positive rate of the bin (of all bins so far) over that of all rows. */
  readonly lift: number;
  readonly cumulativeLift: number;
  /** |cumulativePositives - cumulativeNegatives| at the end of the bin. */
  readonly ks: number;
  /** ln(share of negatives / share of positives), each count with 0.5 continuity. */
  readonly weightOfEvidence: number;
  /** The bin's part of the information value. */
  readonly informationValue: number;
  /** Observed positives over the sum of scores; NaN when scores are no probabilities. */
  readonly observedToExpected: number;
  /** What flagging exactly the bin's rows brings (without fixed cost), in the scale of the scenario; NaN without one. */
  readonly net: number;
}

export interface GainsTable {
  readonly bins: readonly GainsBin[];
  readonly informationValue: number;
  /** Greatest KS at the end of a bin: not the KS of every threshold (C1). */
  readonly tableKs: number;
}

/** Chart-ready lines over the scores, at most about 500 points each. */
export interface RankingFigures {
  readonly gains: GainsTable;
  /** Cumulative gains by flagged share: recall; lift by flagged share. */
  readonly gainsCurve: {
    readonly flaggedShare: Float64Array;
    readonly recall: Float64Array;
    readonly lift: Float64Array;
    readonly threshold: Float64Array;
  };
  /** Distribution functions of both outcomes below the score, and the greatest distance (C1). */
  readonly ks: {
    readonly score: Float64Array;
    readonly positives: Float64Array;
    readonly negatives: Float64Array;
    readonly statistic: number;
    /** The threshold at which it is reached. */
    readonly threshold: number;
  };
  /** C18 (Drummond-Holte): lower envelope of normalised expected cost by probability cost, and the trivial classifiers. */
  readonly costCurve: {
    readonly probabilityCost: Float64Array;
    readonly expectedCost: Float64Array;
  };
  /** C20 expected maximum profit (Verbraken et al. 2014, credit scoring) with the share to reject. */
  readonly emp: { readonly value: number; readonly rejectedShare: number };
}
