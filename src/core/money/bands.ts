/** Approve below `low`, refer to a reviewer from `low`, decline from `high`. */
export interface BandDesign {
  readonly low: number;
  readonly high: number;
  /** Cost of one review of a referred row, >= 0. */
  readonly reviewCost: number;
  /** Share of referred positives that the reviewer declines, and of referred negatives that the reviewer approves: 0..1. */
  readonly sensitivity: number;
  readonly specificity: number;
  /** Loss on a good one that ends up declined, beyond what the scenario charges for flagging it, >= 0. */
  readonly declineCost: number;
  /** Most referred rows in these rows (or a year, when the scenario is scaled); null = no limit. */
  readonly capacity: number | null;
}

/** One band of judged rows. Money in the scale of the scenario. */
export interface BandFigures {
  readonly band: 'approve' | 'refer' | 'decline';
  readonly rows: number;
  readonly share: number;
  readonly positives: number;
  readonly positiveRate: number;
  readonly rateInterval: readonly [number, number];
  readonly net: number;
}

/** What a design is worth beside one threshold. */
export interface BandsAnswer {
  readonly design: BandDesign;
  /** From the lowest scores: approve, refer, decline. */
  readonly bands: readonly BandFigures[];
  readonly net: number;
  /** 95 % interval at these fixed bands. */
  readonly netInterval: readonly [number, number];
  readonly reviews: number;
  /** Reviews beyond the capacity; > 0 means that the design cannot be run. */
  readonly overCapacity: number;
  /** The best single threshold of the scenario, for comparison; null when flagging nobody is best. */
  readonly single: { readonly threshold: number; readonly net: number } | null;
  /** The cut-offs that earn most within the capacity, on these rows. */
  readonly best: { readonly low: number; readonly high: number; readonly net: number };
}
