import { useState } from 'react';
import { type OutcomesDraft, readingOf } from '../../core/impact/guess-outcomes-reading.ts';
import type { OutcomesReading } from '../../core/impact/impact-figures.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { formatCount } from '../../design/format.ts';
import { Select, type SelectOption } from '../../design/Select.tsx';
import { OutcomeValues } from './OutcomeValues.tsx';
import { draftProblem, withOutcomeColumn } from './outcomes-draft.ts';

export interface OutcomesDialogProps {
  readonly decisions: TableSummary;
  readonly outcomes: TableSummary;
  /** The reading in force, or the guess. */
  readonly first: OutcomesDraft;
  readonly onConfirm: (reading: OutcomesReading) => void;
  readonly onClose: () => void;
}

/** How the file of outcomes is read: guessed, shown, corrected in place, confirmed once. */
export function OutcomesDialog({ decisions, outcomes, first, onConfirm, onClose }: OutcomesDialogProps) {
  const [draft, setDraft] = useState(first);
  const problem = draftProblem(draft, decisions, outcomes);
  const reading = problem === null ? readingOf(draft) : null;
  const outcome = outcomes.columns.find(({ name }) => name === draft.outcomeColumn) ?? null;
  return (
    <Dialog
      title={`What ${outcomes.name} says`}
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="primary"
            isDisabled={reading === null}
            onPress={() => reading !== null && onConfirm(reading)}
          >
            Join {formatCount(outcomes.rowCount)} outcomes
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p className="max-w-[72ch] text-table text-text-2">
          Each row of the file says what became of one decision of {decisions.name}. This is how it is read;
          change what is not right.
        </p>
        <div className="grid gap-3 wide:grid-cols-2">
          <Select
            label={`Id in ${outcomes.name}`}
            layout="stack"
            options={columnOptions(outcomes.columns)}
            value={draft.idColumn}
            placeholder="choose a column"
            onChange={(idColumn) => setDraft({ ...draft, idColumn })}
          />
          <Select
            label={`Id in ${decisions.name}`}
            layout="stack"
            options={columnOptions(decisions.columns)}
            value={draft.decisionIdColumn}
            placeholder="choose a column"
            onChange={(decisionIdColumn) => setDraft({ ...draft, decisionIdColumn })}
          />
          <Select
            label="What became of it"
            layout="stack"
            options={columnOptions(outcomes.columns)}
            value={draft.outcomeColumn}
            placeholder="choose a column"
            onChange={(name) => setDraft(withOutcomeColumn(draft, outcomes, name))}
          />
          <DateChoice decisions={decisions} outcomes={outcomes} draft={draft} onDraft={setDraft} />
          <AmountChoice outcomes={outcomes} draft={draft} onDraft={setDraft} />
        </div>
        {outcome !== null && <OutcomeValues column={outcome} draft={draft} onDraft={setDraft} />}
        {problem !== null && (
          <p role="status" className="text-table text-warn">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function columnOptions(columns: readonly ColumnSummary[]): readonly SelectOption<string>[] {
  return columns.map(({ name, kind, distinct }) => ({
    id: name,
    label: name,
    detail: `${kind}, ${formatCount(distinct)} distinct`,
  }));
}

interface ChoiceProps {
  readonly outcomes: TableSummary;
  readonly draft: OutcomesDraft;
  readonly onDraft: (draft: OutcomesDraft) => void;
}

const NONE = 'none';

/** When the decision was made: a date of either table. Ids carry the side in front. */
function DateChoice({
  decisions,
  outcomes,
  draft,
  onDraft,
}: ChoiceProps & { readonly decisions: TableSummary }) {
  const datesOf = (from: 'decisions' | 'outcomes', table: TableSummary) =>
    table.columns
      .filter(({ kind }) => kind === 'date')
      .map(({ name }) => ({ id: `${from} ${name}`, label: name, detail: `in ${table.name}` }));
  const { dateColumn } = draft;
  return (
    <Select
      label="Date of the decision"
      layout="stack"
      options={[
        { id: NONE, label: 'None', detail: 'totals only, no months' },
        ...datesOf('decisions', decisions),
        ...datesOf('outcomes', outcomes),
      ]}
      value={dateColumn === null ? NONE : `${dateColumn.from} ${dateColumn.column}`}
      onChange={(id) => {
        const [from, ...name] = id.split(' ');
        const column = name.join(' ');
        onDraft({
          ...draft,
          dateColumn: id === NONE ? null : { from: from === 'outcomes' ? 'outcomes' : 'decisions', column },
        });
      }}
    />
  );
}

/** What was really lost on a bad row, where the file says it. */
function AmountChoice({ outcomes, draft, onDraft }: ChoiceProps) {
  const numbers = outcomes.columns.filter(({ kind }) => kind === 'number');
  const { amount } = draft;
  return (
    <Select
      label="What was really lost"
      layout="stack"
      options={[
        { id: NONE, label: 'As the scenario has it' },
        ...numbers.flatMap(({ name }) => [
          { id: `lost ${name}`, label: `${name} was lost` },
          {
            id: `recovered ${name}`,
            label: `${name} was recovered`,
            detail: 'the rest of the amount was lost',
          },
        ]),
      ]}
      value={amount === null ? NONE : `${amount.meaning} ${amount.column}`}
      onChange={(id) => {
        const [meaning, ...name] = id.split(' ');
        const column = name.join(' ');
        onDraft({
          ...draft,
          amount: id === NONE ? null : { meaning: meaning === 'lost' ? 'lost' : 'recovered', column },
        });
      }}
    />
  );
}
