import { decidingRow, type TableTwin } from '../../charts/table-twin.ts';
import type { MoneyCurves } from '../../core/money/money-at.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { Curves, ScoreHistogram, ThresholdDecision } from '../../core/threshold/decision.ts';
import type { Estimate, StrategyUncertainty } from '../../core/threshold/uncertainty.ts';
import {
  formatCount,
  formatMetric,
  formatMoneyExact,
  formatRate,
  formatRatio,
  formatValue,
} from '../../design/format.ts';
import type { MatrixView } from './confusion-matrix.view-model.ts';
import type { StrategyRow } from './strategy-table.view-model.ts';
import { thresholdColumn } from './threshold-column.ts';
import { type VersusAnswer, type VersusNames, versusNames } from './versus.ts';

/** The tables behind the pictures: the drawn points with full numbers. */

const money = (amount: number) => formatMoneyExact(Math.round(amount));

/**
 * Net value with its interval, ROI and flagged rows, at each drawn threshold. Of two scenarios each has its own rows, at
 * the thresholds where its values are exact.
 */
export function moneyTwin(curves: MoneyCurves, scenario: Scenario, versus: Versus | null = null): TableTwin {
  const all = versus === null ? [curves] : [curves, versus.money];
  const column = (read: (of: MoneyCurves) => ArrayLike<number>) =>
    Float64Array.from(all.flatMap((of) => Array.from(read(of))));
  return {
    rowAt: (threshold) => decidingRow(curves.threshold, threshold),
    columns: [
      ...(versus === null ? [] : [scenarioColumn(curves, scenario, versus)]),
      thresholdColumn(column((of) => of.threshold)),
      { name: 'Net value', values: column((of) => of.net), format: money },
      { name: '95 % low', values: column((of) => of.netLow), format: money },
      { name: '95 % high', values: column((of) => of.netHigh), format: money },
      { name: 'ROI', values: column((of) => of.roi), format: (value) => formatRatio(value) },
      { name: 'Rows flagged', values: column((of) => of.flagged), format: (value) => formatCount(value) },
    ],
  };
}

type Versus = VersusAnswer['answer'];

function scenarioColumn(curves: MoneyCurves, scenario: Scenario, versus: Versus) {
  const names = versusNames(scenario, versus.scenario);
  const times = (name: string, { threshold }: MoneyCurves) => Array.from(threshold, () => name);
  return { name: 'Scenario', values: [...times(names.first, curves), ...times(names.second, versus.money)] };
}

/** Precision, recall and flagged share at each drawn threshold. */
export function ratesTwin(rates: Curves['rates']): TableTwin {
  return {
    rowAt: (threshold) => decidingRow(rates.threshold, threshold),
    columns: [
      thresholdColumn(rates.threshold),
      { name: 'Precision', values: rates.precision, format: (value) => formatMetric(value) },
      { name: 'Recall', values: rates.recall, format: (value) => formatMetric(value) },
      { name: 'Flagged', values: rates.flaggedShare, format: (value) => formatRate(value) },
    ],
  };
}

/** The drawn points of the ROC curve, from nobody flagged to everybody flagged. */
export function rocTwin(roc: Curves['roc']): TableTwin {
  const format = (value: number) => formatMetric(value);
  return {
    rowAt: (threshold) => decidingRow(roc.threshold, threshold),
    columns: [
      thresholdColumn(roc.threshold),
      { name: 'False-positive rate', values: roc.fpr, format },
      { name: 'True-positive rate', values: roc.tpr, format },
    ],
  };
}

/** The drawn points of the precision-recall curve, in order of recall. */
export function prTwin(pr: Curves['pr']): TableTwin {
  const format = (value: number) => formatMetric(value);
  return {
    rowAt: (threshold) => decidingRow(pr.threshold, threshold),
    columns: [
      thresholdColumn(pr.threshold),
      { name: 'Recall', values: pr.recall, format },
      { name: 'Precision', values: pr.precision, format },
    ],
  };
}

/** Rows of each outcome in each bin [from, to). */
export function distributionTwin(
  histogram: ScoreHistogram,
  words: { readonly positive: string; readonly negative: string },
): TableTwin {
  const bins = histogram.positives.length;
  const edge = (i: number) => histogram.low + ((histogram.high - histogram.low) * i) / bins;
  const format = (value: number) => formatValue(value);
  const count = (value: number) => formatCount(value);
  const width = (histogram.high - histogram.low) / bins;
  return {
    rowAt: (threshold) => Math.min(Math.floor((threshold - histogram.low) / width), bins - 1),
    columns: [
      { name: 'Score from', values: Array.from({ length: bins }, (_, i) => edge(i)), format },
      { name: 'to', values: Array.from({ length: bins }, (_, i) => edge(i + 1)), format },
      { name: words.positive, values: histogram.positives, format: count },
      { name: words.negative, values: histogram.negatives, format: count },
    ],
  };
}

/** The four cells of the confusion matrix, one a row. */
export function matrixTwin(view: MatrixView): TableTwin {
  const cells = [view.cells.tp, view.cells.fn, view.cells.fp, view.cells.tn];
  const outcome = (kind: string) => (kind === 'tp' || kind === 'fn' ? view.positiveWord : view.negativeWord);
  return {
    columns: [
      { name: 'Outcome', values: cells.map((cell) => outcome(cell.kind)) },
      {
        name: 'Decision',
        values: cells.map(({ kind }) => (kind === 'tp' || kind === 'fp' ? 'flagged' : 'passed')),
      },
      { name: 'Rows', values: cells.map((cell) => cell.count), format: (value) => formatCount(value) },
      {
        name: 'Of the outcome',
        values: cells.map((cell) => cell.rate),
        format: (value) => formatRate(value),
      },
      { name: 'Money', values: cells.map((cell) => cell.money), format: money },
    ],
  };
}

/**
 * The strategies as a file has them: numbers in full, reasons in words.
 *
 * @param names of the two scenarios; null with one or none
 */
export function strategiesTwin(rows: readonly StrategyRow[], names: VersusNames | null): TableTwin {
  const figure = (read: (row: StrategyRow) => number | null | undefined) =>
    rows.map((row) => read(row) ?? Number.NaN);
  const of = (name: string) => (names === null ? '' : `, ${name}`);
  const interval = (name: string, read: (of: StrategyUncertainty) => Estimate | null) => [
    {
      name: `${name}, bootstrap 95 % low`,
      values: figure((row) => row.uncertainty && read(row.uncertainty)?.low),
    },
    {
      name: `${name}, bootstrap 95 % high`,
      values: figure((row) => row.uncertainty && read(row.uncertainty)?.high),
    },
  ];
  const moneyColumns = (name: string, read: (row: StrategyRow) => ThresholdDecision | null) => [
    { name: `Net value${of(name)}`, values: figure((row) => read(row)?.money?.net) },
    { name: `95 % low${of(name)}`, values: figure((row) => read(row)?.money?.netInterval[0]) },
    { name: `95 % high${of(name)}`, values: figure((row) => read(row)?.money?.netInterval[1]) },
    { name: `ROI${of(name)}`, values: figure((row) => read(row)?.money?.roi) },
  ];
  return {
    columns: [
      { name: 'Rule', values: rows.map((row) => row.label) },
      { name: 'Threshold', values: figure((row) => row.decision?.threshold) },
      ...interval('Threshold', (of) => of.threshold),
      { name: 'Flagged share', values: figure((row) => row.decision?.flaggedShare) },
      { name: 'Precision', values: figure((row) => row.decision?.precision) },
      { name: 'Recall', values: figure((row) => row.decision?.recall) },
      ...interval('Precision', (of) => of.precision),
      ...interval('Recall', (of) => of.recall),
      ...moneyColumns(names?.first ?? '', (row) => row.decision),
      ...interval('Net value', (of) => of.net),
      { name: 'Net value on new rows', values: figure((row) => row.uncertainty?.outOfBagNet?.value) },
      ...interval('Net value on new rows', (of) => of.outOfBagNet),
      ...(names === null
        ? []
        : [
            {
              name: `Threshold${of(names.second)}`,
              values: figure((row) => row.versus?.decision?.threshold),
            },
            ...moneyColumns(names.second, (row) => row.versus?.decision ?? null),
          ]),
      { name: 'Note', values: rows.map((row) => row.reason ?? '') },
    ],
  };
}
