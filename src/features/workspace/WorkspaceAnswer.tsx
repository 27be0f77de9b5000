import type { TableSummary } from '../../core/table/summary.ts';
import { Answer } from '../../design/Answer.tsx';
import { formatCountOf, formatInterval, formatMetric, formatRate } from '../../design/format.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { targetView } from './target-values.ts';
import { useJudgement } from './use-judgement.ts';

/** The sentence that opens the page: what is open and, once there are scores, how well they tell the outcomes apart. */
export function WorkspaceAnswer({ table }: { readonly table: TableSummary }) {
  const target = useWorkspace((state) => state.choices.target);
  const split = useWorkspace((state) => state.choices.split);
  const { summary } = useJudgement();
  if (summary !== undefined && target !== null)
    return (
      <Answer>
        <b>{formatCountOf(summary.rows, split === null ? 'row' : `${split.value} row`)}</b> are judged:{' '}
        <b>{formatCountOf(summary.positives, 'is', 'are')}</b> {target.positive.join(' or ')} (
        {formatRate(summary.positives / summary.rows)}). The scores put a {target.positive.join(' or ')} row
        above another one with probability <b>{formatMetric(summary.metrics.rocAuc)}</b>{' '}
        <em>
          (AUC, 95 %: {formatInterval(summary.metrics.rocAuc, summary.rocAucInterval).replace(/^\S+ /, '')})
        </em>
        .
      </Answer>
    );
  const column = table.columns.find(({ name }) => name === target?.column);
  const view = target === null || column === undefined ? null : targetView(column, target, table.rowCount);
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
