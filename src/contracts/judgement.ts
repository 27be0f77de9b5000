/**
 * One judged set of rows (scores + labels + amounts) as the analysis worker opens and describes it. Figures are over
 * judged rows: labelled, in the split, scored or not (a row without a score is never flagged, always counted).
 */
import type { Metrics } from '../core/metrics/metrics.ts';
import type { MoneyCurves } from '../core/money/money-at.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { Notice } from '../core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import type { Curves, ScoreHistogram, StrategyResult } from '../core/threshold/decision.ts';

/** Everything that defines a judgement; its hash is the judgement's handle. */
export interface JudgementSpec {
  readonly tableId: string;
  readonly scores:
    | { readonly kind: 'column'; readonly column: string }
    | { readonly kind: 'model'; readonly scoresId: string };
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  /** Column whose values are summed for money; null = constant amounts only. */
  readonly amountColumn: string | null;
}

/** Answer to opening a judgement: what does not depend on threshold or scenario. */
export interface JudgementSummary {
  readonly id: string;
  readonly rows: number;
  readonly positives: number;
  readonly negatives: number;
  /** Judged rows without a score: counted as passed. */
  readonly unscored: number;
  readonly distinctScores: number;
  readonly lowestScore: number;
  readonly highestScore: number;
  /** Rows left out of judgement because of their label, by value; '(missing)' for no label. */
  readonly excluded: readonly { readonly value: string; readonly count: number }[];
  /** Rows outside the split. */
  readonly outsideSplit: number;
  /** Judged rows whose amount is missing: they carry no money. */
  readonly missingAmounts: number;
  readonly metrics: Metrics;
  readonly rocAucInterval: readonly [number, number];
  readonly histogram: ScoreHistogram;
  readonly curves: Curves;
  readonly notices: readonly Notice[];
}

/** Answer to a scenario: money curves and the strategies under it. */
export interface ScenarioAnswer {
  readonly scenario: Scenario | null;
  readonly money: MoneyCurves | null;
  readonly strategies: readonly StrategyResult[];
}
