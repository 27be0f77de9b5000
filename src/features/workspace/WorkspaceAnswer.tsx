import type { TableSummary } from '../../core/table/summary.ts';
import { Answer } from '../../design/Answer.tsx';
import { formatCount, formatCountOf, formatMetric, formatRate } from '../../design/format.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { type TargetView, targetView } from './target-values.ts';
import { useJudgement } from './use-judgement.ts';

/** The sentence that opens the page: what is open and, once there are scores, how well they tell the outcomes apart. */
export function WorkspaceAnswer({ table }: { readonly table: TableSummary }) {
  const target = useWorkspace((state) => state.choices.target);
  const split = useWorkspace((state) => state.choices.split);
  const { summary } = useJudgement();
  const column = table.columns.find(({ name }) => name === target?.column);
  const view = target === null || column === undefined ? null : targetView(column, target, table.rowCount);
  if (summary !== undefined && target !== null) {
    const positive = target.positive.join(' or ');
    const [low, high] = summary.rocAucInterval;
    return (
      <Answer>
        <b>{formatCountOf(summary.rows, split === null ? 'row' : `${split.value} row`)}</b> are judged,{' '}
        <b>{formatCount(summary.positives)}</b> of them {positive} (
        {formatRate(summary.positives / summary.rows)}). The scores put a {positive} one above{' '}
        {otherOutcome(view)} with probability <b>{formatMetric(summary.metrics.rocAuc)}</b>{' '}
        <em>
          (AUC, 95 %: {formatMetric(low)} to {formatMetric(high)})
        </em>
        .
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

/** "a good one" when only one value is negative, else "another one". */
function otherOutcome(view: TargetView | null): string {
  const negative = view?.values.filter(({ group }) => group === 'negative') ?? [];
  const only = view?.unlisted === 0 && negative.length === 1 ? negative[0]?.value : undefined;
  return only === undefined ? 'another one' : `a ${only} one`;
}
