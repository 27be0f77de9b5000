/**
 * One judged set of rows (scores + labels + amounts) as the analysis worker opens and describes it. Figures are over
 * judged rows: labelled, in the split, scored or not (a row without a score is never flagged, always counted).
 */
import type { RecalibrationFigures, RecalibrationMethod } from '../core/metrics/calibration-figures.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { ValueCount } from '../core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import type { StrategyParameters } from '../core/threshold/decision.ts';
import type { JudgedFigures, ScenarioFigures } from '../core/threshold/judgement.ts';

/** Everything that defines a judgement; its hash is the judgement's handle. */
export interface JudgementSpec {
  readonly tableId: string;
  readonly scores:
    | { readonly kind: 'column'; readonly column: string }
    | { readonly kind: 'model'; readonly scoresId: string };
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  /** Columns whose values are summed for money, in the order in which the scenario names them; [] = constants only. */
  readonly amountColumns: readonly string[];
  /** Scores are recalibrated on the labelled rows outside the split before they are judged; null = taken as they are. */
  readonly recalibration: RecalibrationMethod | null;
}

/** Answer to opening a judgement: what does not depend on threshold or scenario. */
export interface JudgementSummary extends JudgedFigures {
  readonly id: string;
  /** Rows left out of judgement because of their label, by value; '(missing)' for no label. */
  readonly excluded: readonly ValueCount[];
  /** Rows outside the split. */
  readonly outsideSplit: number;
  /** null when scores are judged as they are. */
  readonly recalibration: RecalibrationFigures | null;
}

/** Answer to a scenario: money curves and the strategies under it. */
export type ScenarioAnswer = ScenarioFigures;

/** The columns whose money a scenario uses, each once, in the order in which it names them; [] = constants only. */
export function amountColumnsOf(scenario: Scenario): readonly string[] {
  if (scenario.template !== 'fourValues') return 'column' in scenario.amount ? [scenario.amount.column] : [];
  const { flagPositive, flagNegative, passPositive, passNegative } = scenario.columns;
  const named = [flagPositive, flagNegative, passPositive, passNegative];
  return [...new Set(named.filter((column) => column !== null))];
}

/** What strategies ask for until the user says otherwise, on the page as in `review`. */
export const startingParameters: StrategyParameters = {
  recallAtLeast: 0.75,
  precisionAtLeast: 0.6,
  fprAtMost: 0.1,
  beta: 2,
  capacity: 500,
  capacityPer: 'rows',
  plateauShare: 0.01,
};

/** The bootstrap of strategies (C13) until the user says otherwise. */
export const startingBootstrap = { replicates: 1000, seed: 20240501 } as const;
