import type { JudgementSummary } from '../../contracts/judgement.ts';
import { hasTooFewRows } from '../../core/metrics/few-rows.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Answer } from '../../design/Answer.tsx';
import { formatCount, formatCountOf, formatMetric, formatRate } from '../../design/format.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { rankedPair, reads } from './ranked-pair.ts';
import { targetView } from './target-values.ts';
import { useJudgement } from './use-judgement.ts';

/** The sentence that opens the page: what is open and, once there are scores, how well they tell the outcomes apart. */
export function WorkspaceAnswer({ table }: { readonly table: TableSummary }) {
  const target = useWorkspace((state) => state.choices.target);
  const split = useWorkspace((state) => state.choices.split);
  const { summary } = useJudgement();
  const column = table.columns.find(({ name }) => name === target?.column);
  const view = target === null || column === undefined ? null : targetView(column, target, table.rowCount);
  if (summary !== undefined && target !== null) {
    const values = target.positive.join(' or ');
    const rate = formatRate(summary.positives / summary.rows);
    const pair = rankedPair(target.positive, view);
    return (
      <Answer>
        <b>{formatCountOf(summary.rows, split === null ? 'row' : `${split.value} row`)}</b> are judged,{' '}
        <b>{formatCount(summary.positives)}</b> of them{' '}
        {target.positive.every(reads)
          ? `${values} (${rate})`
          : `positive (${target.column} is ${values}, ${rate})`}
        . The scores put {pair.positive} above {pair.negative} with probability{' '}
        <b>{formatMetric(summary.metrics.rocAuc)}</b> <em>({aucCertainty(summary)})</em>.
      </Answer>
    );
  }
  return (
    <Answer>
      <b>{table.name}</b> has <b>{formatCountOf(table.rowCount, 'row')}</b> and{' '}
      <b>{formatCountOf(table.columns.length, 'column')}</b>
      {view === null || view.problem !== null || target === null ? (
        '.'
      ) : (
        <>
          ; in <b>{formatRate(view.rows.positive / (view.rows.positive + view.rows.negative))}</b> of the
          labelled rows {target.column} is {target.positive.join(' or ')}.
        </>
      )}
    </Answer>
  );
}

/** "AUC, 95 %: 0.821 to 0.866"; on very few rows the interval's formula is too sure of itself. */
function aucCertainty(summary: JudgementSummary): string {
  const [low, high] = summary.rocAucInterval;
  if (hasTooFewRows(summary)) return 'AUC; too few rows for an interval';
  if (Number.isNaN(low) || Number.isNaN(high)) return 'AUC';
  return `AUC, 95\u00A0%: ${formatMetric(low)} to ${formatMetric(high)}`;
}
