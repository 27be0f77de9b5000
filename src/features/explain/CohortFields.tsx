import type { ExplainBackground } from '../../contracts/saved-state.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Chip } from '../../design/Chip.tsx';
import { formatCount } from '../../design/format.ts';
import { Select } from '../../design/Select.tsx';
import { firstCohort, listedValues, withValue } from './cohort.view-model.ts';

type Cohort = Extract<ExplainBackground, { kind: 'cohort' }>;

export interface CohortFieldsProps {
  readonly table: TableSummary;
  /** Columns to choose from. */
  readonly columns: readonly string[];
  readonly cohort: Cohort;
  readonly onChange: (cohort: Cohort) => void;
}

/** A column, and which of its values make the cohort; the last one stays. */
export function CohortFields({ table, columns, cohort, onChange }: CohortFieldsProps) {
  const listed = columns.includes(cohort.column) ? columns : [cohort.column, ...columns];
  const take = (value: string, isIn: boolean): void => {
    const next = withValue(cohort, table, value, isIn);
    if (next !== null) onChange(next);
  };
  return (
    <>
      <Select
        label="Column of the cohort"
        layout="stack"
        options={listed.map((id) => ({ id, label: id }))}
        value={cohort.column}
        onChange={(column) => onChange(firstCohort(table, column))}
      />
      <fieldset className="flex min-w-0 flex-wrap gap-1">
        <legend className="sr-only">Values of the cohort</legend>
        {listedValues(cohort, table).map(({ value, count }) => (
          <Chip key={value} isSelected={cohort.values.includes(value)} onChange={(isIn) => take(value, isIn)}>
            {value === '' ? '(empty)' : value}
            <span className="font-normal">{formatCount(count)}</span>
          </Chip>
        ))}
      </fieldset>
    </>
  );
}
