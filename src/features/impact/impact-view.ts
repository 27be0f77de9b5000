/** What the Impact page shows, in words and in chart-ready numbers: what a view model makes of figures and choices. */
import type { PromisedNet, SpendingPart } from '../../core/impact/impact-figures.ts';
import type { MonthStanding } from '../../core/impact/impact-verdicts.ts';

/** A run of a sentence. `strong`: a number that answers; `quiet`: its uncertainty; `plain`: the words between. */
export interface TextRun {
  readonly text: string;
  readonly tone: 'plain' | 'strong' | 'quiet';
}

/** One of the four numbers with its sentence. */
export interface ImpactCard {
  readonly name: string;
  /** "2.46 M" */
  readonly value: string;
  /** "2,457,112 EUR" */
  readonly exact: string;
  readonly sentence: string;
}

/** A month, realised where there are outcomes, else predicted. */
export interface ImpactViewMonth {
  /** `2024-03`. */
  readonly month: string;
  readonly kind: 'realised' | 'predicted';
  /** Decisions, and those whose outcome is known (predicted: all). */
  readonly rows: number;
  readonly known: number;
  readonly prevented: number;
  readonly spent: number;
  readonly missed: number;
  readonly net: number;
  readonly roi: number;
  /** A predicted month is the promise itself: its `net` is NaN here, and the band says how far chance moves such a month. */
  readonly promised: PromisedNet;
  /** To the band of its promise; 'open': too few outcomes are known to say, or it is predicted. */
  readonly standing: MonthStanding;
  readonly isBelowBand: boolean;
  readonly isBelowFloor: boolean;
}

export interface ImpactView {
  /** Which rows, which period, predicted or realised. */
  readonly head: string;
  readonly answer: readonly TextRun[];
  /** Under which assumption of the threshold outcomes were measured; null for what is predicted. */
  readonly basis: string | null;
  /** Prevented, spent, missed, net value. */
  readonly cards: readonly ImpactCard[];
  /** What was prevented or gained (or lost) before costs, and each cost, for the waterfall: their difference is the net value. */
  readonly flow: {
    readonly prevented: SpendingPart;
    readonly spending: readonly SpendingPart[];
    readonly net: number;
  };
  readonly months: readonly ImpactViewMonth[];
  /** What the months are of, where that is not what the totals are of; else null. */
  readonly monthsScale: string | null;
  /** Two months in a row below the ROI floor; null = none. */
  readonly alert: { readonly months: readonly string[]; readonly sentence: string } | null;
  readonly payBack: string;
  /** Months that wait for outcomes, and what the join left out or doubted; one sentence each. */
  readonly notes: readonly string[];
  /** All of it as plain text, for the clipboard. */
  readonly text: string;
}
