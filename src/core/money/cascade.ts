/** A fast model decides outside a borderline band of its scores, an accurate one inside it. */
export interface CascadeDesign {
  /** The band of the fast model's scores: passed below `low`, flagged from `high`, handed on in between. */
  readonly low: number;
  readonly high: number;
  /** Threshold of the accurate model for the rows that are handed on. */
  readonly accurateThreshold: number;
  /** Cost of scoring one row with each model, >= 0. */
  readonly fastCost: number;
  readonly accurateCost: number;
}

/** What scoring costs; without a band it asks for the best one at these costs. */
export type CascadeCosts = Pick<CascadeDesign, 'fastCost' | 'accurateCost'>;

export interface CascadeArm {
  readonly flagged: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Net value less the cost of scoring; NaN without a scenario. */
  readonly net: number;
  readonly scoringCost: number;
}

export interface CascadeAnswer {
  readonly design: CascadeDesign;
  readonly rows: number;
  /** Rows that the accurate model decides. */
  readonly handedOn: number;
  readonly pair: CascadeArm;
  /** Each model alone, at its own best threshold of the scenario (at maximal F1 without one). */
  readonly fastAlone: CascadeArm & { readonly threshold: number };
  readonly accurateAlone: CascadeArm & { readonly threshold: number };
  /** 95 % interval of the pair's net value less that of the accurate model alone (paired by row). */
  readonly netDifference: readonly [number, number];
  /** Pairs of a band and an accurate threshold that were compared to find `design`; 0 when it was given. */
  readonly tried: number;
}
