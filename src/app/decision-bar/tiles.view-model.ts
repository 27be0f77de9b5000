import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import {
  formatChange,
  formatMetric,
  formatMoney,
  formatMoneyExact,
  formatPoints,
  formatRate,
  formatRatio,
} from '../../design/format.ts';

/** One number of the decision bar, as shown. */
export interface TileView {
  readonly id: 'flagged' | 'recall' | 'precision' | 'fpr' | 'net' | 'roi';
  readonly label: string;
  readonly value: string;
  readonly exact: string;
  readonly change: TileChange | null;
}

export interface TileChange {
  readonly text: string;
  readonly direction: -1 | 0 | 1;
  /** null: neither good nor bad (the flagged share), or no change. */
  readonly good: boolean | null;
}

interface TileMeasure {
  readonly id: TileView['id'];
  readonly label: string;
  readonly read: (decision: ThresholdDecision) => number;
  readonly format: (value: number) => string;
  readonly formatExact: (value: number) => string;
  readonly formatChange: (difference: number) => string;
  /** Whether more of it is better; null when it is only more. */
  readonly moreIsBetter: boolean | null;
}

const metric = {
  format: formatMetric,
  formatExact: String,
  formatChange: (difference: number) => formatChange(difference, formatMetric),
};

const measures: readonly TileMeasure[] = [
  {
    id: 'flagged',
    label: 'Flagged',
    read: (decision) => decision.flaggedShare,
    format: formatRate,
    formatExact: String,
    formatChange: formatPoints,
    moreIsBetter: null,
  },
  { id: 'recall', label: 'Recall', read: (decision) => decision.recall, ...metric, moreIsBetter: true },
  {
    id: 'precision',
    label: 'Precision',
    read: (decision) => decision.precision,
    ...metric,
    moreIsBetter: true,
  },
  { id: 'fpr', label: 'FPR', read: (decision) => decision.fpr, ...metric, moreIsBetter: false },
  {
    id: 'net',
    label: 'Net value',
    read: (decision) => decision.money?.net ?? Number.NaN,
    format: formatMoney,
    formatExact: formatMoneyExact,
    formatChange: (difference) => formatChange(difference, formatMoney),
    moreIsBetter: true,
  },
  {
    id: 'roi',
    label: 'ROI',
    read: (decision) => decision.money?.roi ?? Number.NaN,
    format: formatRatio,
    formatExact: String,
    formatChange: (difference) => formatChange(difference, formatRatio),
    moreIsBetter: true,
  },
];

/**
 * The six tiles: each figure at the threshold and its change against the pinned baseline.
 *
 *     change = figure(current) − figure(pinned)      in the figure's own unit; points for the flagged share
 *
 * @param decision null while there is no answer yet: values are an en dash
 * @param pinned the baseline's decision; null when nothing is pinned (no changes are shown)
 * @param isYear the money is of a year, not of the judged rows
 */
export function tilesView(
  decision: ThresholdDecision | null,
  pinned: ThresholdDecision | null,
  isYear = false,
): readonly TileView[] {
  return measures.map((measure) => {
    const value = decision === null ? Number.NaN : measure.read(decision);
    const defined = !Number.isNaN(value);
    return {
      id: measure.id,
      label: measure.id === 'net' && isYear ? 'Net a\u00A0year' : measure.label,
      value: defined ? measure.format(value) : '–',
      exact: defined ? measure.formatExact(value) : whyNotDefined(measure.id, decision),
      change: pinned === null || !defined ? null : changeOf(measure, value - measure.read(pinned)),
    };
  });
}

function changeOf(measure: TileMeasure, difference: number): TileChange | null {
  if (Number.isNaN(difference)) return null;
  const text = measure.formatChange(difference);
  // A change too small to be written is no change: an arrow beside "0.000" would be noise.
  const none = difference === 0 || text === measure.formatChange(0);
  const direction = none ? 0 : difference > 0 ? 1 : -1;
  const good =
    direction === 0 || measure.moreIsBetter === null ? null : measure.moreIsBetter === direction > 0;
  return { text: none ? 'as pinned' : text, direction, good };
}

function whyNotDefined(id: TileView['id'], decision: ThresholdDecision | null): string {
  if (decision === null) return 'not computed yet';
  switch (id) {
    case 'recall':
      return 'not defined (no positive rows)';
    case 'precision':
      return 'not defined (nothing is flagged)';
    case 'fpr':
      return 'not defined (no negative rows)';
    case 'net':
      return 'not defined (no scenario)';
    case 'roi':
      return decision.money === null ? 'not defined (no scenario)' : 'not defined (nothing is spent)';
    case 'flagged':
      return 'not defined (no rows)';
  }
}
