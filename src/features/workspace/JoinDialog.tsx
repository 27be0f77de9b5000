import { useState } from 'react';
import type { TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { Select } from '../../design/Select.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { chooseJoins } from './choose-joins.ts';
import { JoinForm } from './JoinForm.tsx';
import { draftOfJoin, draftProblem, guessJoin, type JoinDraft, joinOfDraft } from './join-draft.ts';
import { openTableOf } from './open-decision.ts';
import { openFiles } from './open-files.ts';
import { withJoin } from './table-choices.ts';

interface JoinDialogProps {
  /** The join that is changed, by its place; null for a new one. */
  readonly index: number | null;
  readonly onClose: () => void;
}

/** Describes a join: which table, by which id, which columns and how several rows become one value. */
export function JoinDialog({ index, onClose }: JoinDialogProps) {
  const base = useWorkspace((state) => state.base);
  const tables = useWorkspace((state) => state.tables);
  const choices = useWorkspace((state) => state.choices);
  const held = index === null ? undefined : choices.joins[index];
  const others = tables.filter(({ id }) => id !== base?.id);
  const [chosenId, setChosenId] = useState<string | null>(held?.table.id ?? null);
  const [edited, setEdited] = useState<{ readonly id: string; readonly draft: JoinDraft } | null>(null);
  const right = (chosenId === null ? undefined : openTableOf(others, chosenId)) ?? others.at(-1);
  if (base === null) return null;
  const draft =
    right === undefined ? null : edited?.id === right.id ? edited.draft : firstDraft(base, right, held);
  const taken = takenNames(
    base,
    choices.joins.filter((join) => join !== held),
  );
  const problem = right === undefined || draft === null ? null : draftProblem(draft, right, taken);
  const confirm = (): void => {
    const join = right === undefined || draft === null ? null : joinOfDraft(draft, right, taken);
    if (join === null) return;
    chooseJoins(withJoin(useWorkspace.getState().choices, join, index));
    onClose();
  };
  return (
    <Dialog
      title={held === undefined ? `Join a table to ${base.name}` : `Change the join with ${held.table.name}`}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            Cancel
          </Button>
          {draft !== null && (
            <Button kind="primary" isDisabled={problem !== null} onPress={confirm}>
              {held === undefined ? 'Join' : 'Change to'}{' '}
              {formatCountOf(draft.columns.filter(({ isChosen }) => isChosen).length, 'column')}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        <ChooseTable
          others={others}
          current={right}
          onChoose={(id) => {
            setChosenId(id);
            setEdited(null);
          }}
        />
        {right !== undefined && draft !== null && (
          <JoinForm
            left={base}
            right={right}
            draft={draft}
            onDraft={(next) => setEdited({ id: right.id, draft: next })}
          />
        )}
        {problem !== null && (
          <p role="status" className="text-table text-warn">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}

type Joins = ReturnType<typeof useWorkspace.getState>['choices']['joins'];

function firstDraft(base: TableSummary, right: TableSummary, held: Joins[number] | undefined): JoinDraft {
  return held !== undefined && openTableOf([right], held.table.id) !== undefined
    ? draftOfJoin(held, right)
    : guessJoin(base, right);
}

function takenNames(base: TableSummary, joins: Joins): readonly string[] {
  return [
    ...base.columns.map(({ name }) => name),
    ...joins.flatMap(({ columns }) => columns.map(({ as }) => as)),
  ];
}

interface ChooseTableProps {
  readonly others: readonly TableSummary[];
  readonly current: TableSummary | undefined;
  readonly onChoose: (id: string) => void;
}

function ChooseTable({ others, current, onChoose }: ChooseTableProps) {
  const loading = useWorkspace((state) => state.table.loading);
  const error = useWorkspace((state) => state.table.error);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-end gap-3">
        {others.length > 0 && (
          <Select
            label="Second table"
            layout="stack"
            className="min-w-64"
            options={others.map(({ id, name, rowCount, columns }) => ({
              id,
              label: name,
              detail: `${formatCount(rowCount)} rows × ${formatCount(columns.length)} columns`,
            }))}
            value={current?.id ?? null}
            onChange={onChoose}
          />
        )}
        <FileButton onFiles={(files) => void openFiles(files, { beside: true })}>
          {others.length === 0 ? 'Choose a table' : 'Open another'}
        </FileButton>
      </div>
      {others.length === 0 && (
        <p className="text-table text-text-2">
          No second table is open yet. It is opened beside this one; this one stays the current table.
        </p>
      )}
      {loading !== null && <p className="text-table text-text-3">Reading {loading.name}</p>}
      {error !== null && error.code !== 'canceled' && (
        <p role="alert" className="text-table text-fail">
          {error.message} {error.advice}
        </p>
      )}
    </div>
  );
}
