import type { PredictedImpact } from '../src/core/impact/impact-figures.ts';
import { valuesOf } from '../src/core/impact/outcomes-by-id.ts';
import { predictImpact } from '../src/core/impact/predict-impact.ts';
import type { Scenario } from '../src/core/money/scenario.ts';
import { drain } from '../src/core/sliced.ts';
import type { Table } from '../src/core/table/column.ts';
import { takeRows } from '../src/core/table/take-rows.ts';
import type { StrategyResult } from '../src/core/threshold/decision.ts';
import { defaultThreshold } from '../src/core/threshold/default-threshold.ts';
import { type InJson, inJson } from './discrimination-sections.ts';

/** What the judged rows promise, as the Impact page has it. */
export type ImpactSection = InJson<PredictedImpact>;

/** The judged rows, as they were judged. */
export interface ImpactQuestion {
  readonly table: Table;
  readonly rows: Uint32Array;
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly amounts: readonly { readonly column: string; readonly values: Float64Array }[];
  readonly scenario: Scenario | null;
  readonly strategies: readonly StrategyResult[];
  /** null = the one that the page proposes: of greatest net value, else of greatest F1. */
  readonly threshold: number | null;
  readonly dateColumn: string | null;
}

/**
 * Predicted impact at the threshold in force; null without a scenario, or when no rule has a threshold.
 * @throws {DataError} `column-missing` | `invalid-argument` (the date column is of another type)
 */
export function impactSection(question: ImpactQuestion): ImpactSection | null {
  const { table, rows, scores, labels, amounts, scenario, strategies, dateColumn } = question;
  const threshold = question.threshold ?? defaultThreshold(strategies);
  if (scenario === null || Number.isNaN(threshold)) return null;
  const judged = {
    scores,
    labels,
    amountColumns: amounts.map(({ column }) => column),
    amounts: amounts.map(({ values }) => values),
    dates: dateColumn === null ? null : takeRows(valuesOf(table, dateColumn, 'date'), rows),
  };
  return inJson(drain(predictImpact(judged, scenario, threshold)));
}
