import type { JudgementSpec, JudgementSummary } from '../contracts/judgement.ts';
import { formatCount } from '../design/format.ts';

/**
 * Which rows are judged, for the chip in the top bar: "test rows, 1,336"; without a split "all labelled rows, 4,454".
 *
 * @param summary undefined while the rows are being counted
 */
export function cohortLabel(spec: JudgementSpec, summary: JudgementSummary | undefined): string {
  const rows = spec.split === null ? 'all labelled rows' : `${spec.split.value} rows`;
  return summary === undefined ? rows : `${rows}, ${formatCount(summary.rows)}`;
}
