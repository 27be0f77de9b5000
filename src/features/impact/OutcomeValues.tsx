import { useMemo } from 'react';
import { Checkbox } from 'react-aria-components';
import type { OutcomesDraft } from '../../core/impact/guess-outcomes-reading.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { CheckMark } from '../../design/CheckMark.tsx';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { Select, type SelectOption } from '../../design/Select.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { meaningOf, type OutcomeMeaning, withMeaning } from './outcomes-draft.ts';

export interface OutcomeValuesProps {
  readonly column: ColumnSummary;
  readonly draft: OutcomesDraft;
  readonly onDraft: (draft: OutcomesDraft) => void;
}

const meanings: readonly SelectOption<OutcomeMeaning>[] = [
  { id: 'bad', label: 'the bad outcome' },
  { id: 'good', label: 'the good outcome' },
  { id: 'undecided', label: 'not known yet' },
];

/** Each value of the outcome column with what it means. */
export function OutcomeValues({ column, draft, onDraft }: OutcomeValuesProps) {
  const listed = useMemo(() => column.topValues.reduce((sum, { count }) => sum + count, 0), [column]);
  return (
    <div>
      <Table label={`Values of ${column.name}`} className="max-h-64">
        <thead>
          <tr>
            <HeaderCell>Value of {column.name}</HeaderCell>
            <HeaderCell numeric>Rows</HeaderCell>
            <HeaderCell>Means</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {column.topValues.map(({ value, count }) => (
            <Row key={value}>
              <RowHeaderCell className="max-w-56 truncate">{value}</RowHeaderCell>
              <Cell numeric>{formatCount(count)}</Cell>
              <Cell>
                <Select
                  label={`${value} means`}
                  layout="bare"
                  look="cell"
                  options={meanings}
                  value={meaningOf(draft, value)}
                  onChange={(meaning) => onDraft(withMeaning(draft, value, meaning))}
                />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="mt-1 text-caption text-text-3">
        {column.missing > 0 && `${formatCountOf(column.missing, 'row')} without a value: not known yet. `}
        {column.distinct > column.topValues.length &&
          `${formatCount(column.distinct - column.topValues.length)} rarer values, all the good outcome.`}
        {listed === 0 && 'This column has too many values to be an outcome.'}
      </p>
      {listed > 0 && draft.positive.length === 0 && (
        <Checkbox
          isSelected={draft.noneIsBad === true}
          onChange={(noneIsBad) => onDraft({ ...draft, noneIsBad })}
          className="group mt-2 flex cursor-default items-center gap-2 text-table text-text"
        >
          <CheckMark />
          None of these values is the bad outcome
        </Checkbox>
      )}
    </div>
  );
}
