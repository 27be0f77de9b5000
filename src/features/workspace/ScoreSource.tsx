import type { TableSummary } from '../../core/table/summary.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ChoiceField, useChoiceList } from './ChoiceList.tsx';
import { NONE } from './role-fields.ts';
import { scoreColumns, scoreProblem, withScoreColumn } from './score-columns.ts';

/** Where the scores come from: the open model, or a column of an already-scored table. Absent when there is no choice. */
export function ScoreSource({ table }: { readonly table: TableSummary }) {
  const choices = useWorkspace((state) => state.choices);
  const model = useWorkspace((state) => state.model.value);
  const choose = useWorkspace((state) => state.choose);
  const { open, list } = useChoiceList();
  const columns = scoreColumns(table, choices);
  if (columns.length === 0) return null;
  const fromModel = {
    id: NONE,
    label: model === null ? 'a model, still to be opened' : model.name,
    detail: 'model',
  };
  return (
    <div>
      <ChoiceField
        open={open}
        label="Scores come from"
        options={[
          fromModel,
          ...columns.map((column) => ({
            id: column.name,
            label: column.name,
            detail: scoreProblem(column) === null ? 'column of the table' : 'cannot be used as it is',
          })),
        ]}
        value={choices.scoreColumn ?? NONE}
        onChoose={(id) => choose(withScoreColumn(choices, id === NONE ? null : id))}
      />
      {list}
    </div>
  );
}
