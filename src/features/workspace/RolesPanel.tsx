import type { TableSummary } from '../../core/table/summary.ts';
import { Notice } from '../../design/Notice.tsx';
import { Panel } from '../../design/Panel.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ChoiceField, useChoiceList } from './ChoiceList.tsx';
import { NONE, roleFields, splitOptions, splitValueOptions, withSplitColumn } from './role-fields.ts';
import { splitWarning } from './split-choices.ts';
import { withRole } from './table-choices.ts';

/** What the columns are for: guessed, shown, changed in place, and confirmed by the button of the next step. */
export function RolesPanel({ table }: { readonly table: TableSummary }) {
  const choices = useWorkspace((state) => state.choices);
  const confirmed = useWorkspace((state) => state.confirmed);
  const choose = useWorkspace((state) => state.choose);
  const { open, list } = useChoiceList();
  const { split } = choices;
  const warning = splitWarning(table, choices);
  return (
    <Panel
      title={confirmed ? 'Roles' : 'Roles, as guessed'}
      caption={
        confirmed
          ? 'What the columns are for; change them in place'
          : 'Guessed from names and values. Change what is wrong; scoring confirms the rest'
      }
      ruled
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 wide:grid-cols-3">
        {roleFields(table, choices).map(({ role, label, value, options }) => (
          <ChoiceField
            key={role}
            open={open}
            label={label}
            options={options}
            value={value}
            placeholder="choose a column"
            onChoose={(id) => {
              const column = id === NONE ? value : id;
              if (column !== null) choose(withRole(choices, table, column, id === NONE ? null : role));
            }}
          />
        ))}
        <ChoiceField
          open={open}
          label="Judge by split"
          options={splitOptions(table, choices)}
          value={split?.column ?? NONE}
          onChoose={(id) => choose(id === NONE ? { split: null } : withSplitColumn(choices, table, id))}
        />
        {split !== null && (
          <ChoiceField
            open={open}
            label="Rows judged"
            options={splitValueOptions(table, split.column)}
            value={split.value}
            onChoose={(value) => choose({ split: { column: split.column, value } })}
          />
        )}
      </div>
      {list}
      {warning !== null && (
        <div className="mt-3">
          <Notice tone="warn">{warning}</Notice>
        </div>
      )}
    </Panel>
  );
}
