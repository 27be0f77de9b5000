import { memo } from 'react';
import type { ExplainBackground, ExplainChoice } from '../../contracts/saved-state.ts';
import { ChoiceChips } from '../../design/ChoiceChips.tsx';
import { Select } from '../../design/Select.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { backgroundOptions, sizeOptions } from './background-options.view-model.ts';
import { CohortFields } from './CohortFields.tsx';
import { cohortColumns, firstCohort } from './cohort.view-model.ts';
import { methodOptions, treesRefusal } from './method-options.view-model.ts';
import type { ExplainSubject } from './page-parts.ts';

export interface ExplainControlsProps {
  readonly subject: ExplainSubject;
  /** Whether background rows have a say in the method. */
  readonly asksBackground: boolean;
}

/** Which rows are explained, by which method, against which background. */
export const ExplainControls = memo(function ExplainControls(props: ExplainControlsProps) {
  const { subject, asksBackground } = props;
  const choice = useWorkspace((state) => state.choices.explain);
  const choose = useChange();
  const { model, table, judgedRows } = subject;
  const refusal = treesRefusal(model);
  return (
    <section aria-labelledby="explain-controls" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="explain-controls">How it is explained</h2>
      <div className="grid gap-1">
        <ChoiceChips
          label="Rows"
          options={[
            { id: 'all', label: 'All' },
            { id: 'judged', label: 'Judged' },
          ]}
          value={choice.over}
          onChange={(over) => choose({ over })}
        />
        <p className="text-caption text-text-3">
          {choice.over === 'all' ? 'Every row of the table, judged or not' : judgedRows}
        </p>
      </div>
      <div className="grid gap-1">
        <Select
          label="Method"
          layout="stack"
          options={methodOptions(model)}
          value={choice.method}
          onChange={(method) => choose({ method })}
        />
        {refusal !== null && (
          <p className="text-caption text-text-3">{refusal}, so that methods of trees are not offered.</p>
        )}
      </div>
      {asksBackground ? (
        <BackgroundFields subject={subject} table={table} choice={choice} onChange={choose} />
      ) : (
        <p className="text-caption text-text-3">
          Path-dependent SHAP needs no background rows: the rows that reached each branch stand for what is
          not known.
        </p>
      )}
    </section>
  );
});

function useChange(): (change: Partial<ExplainChoice>) => void {
  const choose = useWorkspace((state) => state.choose);
  return (change) => choose({ explain: { ...useWorkspace.getState().choices.explain, ...change } });
}

interface BackgroundFieldsProps extends Pick<ExplainSubject, 'table'> {
  readonly subject: ExplainSubject;
  readonly choice: ExplainChoice;
  readonly onChange: (change: Partial<ExplainChoice>) => void;
}

/** Against what a row is explained: whose values stand for a feature that is not known. */
function BackgroundFields({ subject, table, choice, onChange }: BackgroundFieldsProps) {
  const split = useWorkspace((state) => state.choices.split);
  const { background, size } = choice;
  const columns = cohortColumns(table, split?.column ?? null);
  const take = (kind: ExplainBackground['kind']): void => {
    const [column] = columns;
    if (kind !== 'cohort') onChange({ background: { kind } });
    else if (background.kind !== 'cohort' && column !== undefined)
      onChange({ background: firstCohort(table, column) });
  };
  const threshold = Number.isNaN(subject.threshold) ? null : subject.thresholdText;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Select
        label="Background"
        layout="stack"
        options={backgroundOptions(threshold, columns.length > 0)}
        value={background.kind}
        onChange={take}
      />
      {background.kind === 'cohort' && (
        <CohortFields
          table={table}
          columns={columns}
          cohort={background}
          onChange={(cohort) => onChange({ background: cohort })}
        />
      )}
      <ChoiceChips
        label="At most"
        options={sizeOptions(size)}
        value={String(size)}
        onChange={(id) => onChange({ size: Number(id) })}
      />
      <p className="text-caption text-text-3">
        {split === null ? 'Taken from all rows' : `Taken from rows that are not ${split.value}`}; their values
        stand for a feature that is not known.
      </p>
    </div>
  );
}
