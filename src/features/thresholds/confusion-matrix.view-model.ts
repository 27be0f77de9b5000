import type { JudgementSummary } from '../../contracts/judgement.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { formatChange, formatCount, formatMoney, formatRate } from '../../design/format.ts';
import { outcomeWords } from './words.ts';

export type MatrixCellKind = 'tp' | 'fn' | 'fp' | 'tn';

/** One cell: count, its share of the outcome's rows, and its money, all as shown. */
export interface MatrixCell {
  readonly kind: MatrixCellKind;
  readonly word: string;
  readonly count: number;
  readonly countText: string;
  /** Share of the rows of the same outcome (recall for tp, FPR for fp); NaN without such rows. */
  readonly rate: number;
  readonly rateText: string;
  /** Net contribution; for fn the missed loss, which is no part of the net value. NaN without a scenario. */
  readonly money: number;
  /** Signed; missed losses stand in brackets; '' without a scenario. */
  readonly moneyText: string;
}

export interface MatrixView {
  readonly positiveWord: string;
  readonly negativeWord: string;
  readonly positives: number;
  readonly negatives: number;
  readonly flagged: number;
  readonly passed: number;
  readonly cells: Readonly<Record<MatrixCellKind, MatrixCell>>;
}

/**
 * The confusion matrix in counts, rates and money.
 *
 *     rate = count / rows of the same outcome      tp: recall, fn: 1 − recall, fp: FPR, tn: 1 − FPR
 */
export function matrixView(
  summary: JudgementSummary,
  decision: ThresholdDecision,
  scenario: Scenario | null,
): MatrixView {
  const words = outcomeWords(scenario);
  const cell = (kind: MatrixCellKind): MatrixCell => {
    const count = decision[kind];
    const ofOutcome = kind === 'tp' || kind === 'fn' ? decision.tp + decision.fn : decision.fp + decision.tn;
    const rate = count / ofOutcome;
    const money = decision.money?.byCell[kind] ?? Number.NaN;
    return {
      kind,
      word: words.cells[kind],
      count,
      countText: formatCount(count),
      rate,
      rateText: Number.isNaN(rate) ? '–' : formatRate(rate),
      money,
      moneyText: cellMoneyText(kind, money),
    };
  };
  return {
    positiveWord: words.positive,
    negativeWord: words.negative,
    positives: summary.positives,
    negatives: summary.negatives,
    flagged: decision.flagged,
    passed: decision.rows - decision.flagged,
    cells: { tp: cell('tp'), fn: cell('fn'), fp: cell('fp'), tn: cell('tn') },
  };
}

function cellMoneyText(kind: MatrixCellKind, money: number): string {
  if (Number.isNaN(money)) return '';
  if (kind === 'fn' && money !== 0) return `(${formatMoney(Math.abs(money))})`;
  return formatChange(money, formatMoney);
}
