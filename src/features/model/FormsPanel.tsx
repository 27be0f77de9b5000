import { useQuery } from '@tanstack/react-query';
import { comparisonQuery } from '../../compute/comparison.ts';
import type { ComparedForm } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { areDifferentModels } from '../../core/parity/different-models.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import { BreakableName } from '../../design/BreakableName.tsx';
import { Button } from '../../design/Button.tsx';
import { formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { Select } from '../../design/Select.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { isAccident } from './accident.ts';
import { Comparison } from './Comparison.tsx';
import { asBesideForm, borrowedOrder, type OtherForm } from './forms.view-model.ts';
import { longNamed } from './long-named.ts';
import type { PageParts } from './page-parts.ts';
import { formOf, useBeside, useKeptScores } from './use-beside.ts';

interface FormsPanelProps {
  readonly model: ModelSummary;
  readonly parts: PageParts;
}

/** The model beside another form of it: whether they give the same scores, and if not, why. */
export function FormsPanel({ model, parts }: FormsPanelProps) {
  const choose = useWorkspace((state) => state.choose);
  const { forms, other, absent } = useBeside(model, parts);
  return (
    <Panel
      ruled
      title="Side by side"
      caption="The same rows scored by two models, or by this one and a column of earlier scores"
    >
      {absent !== null && !parts.isBringingBack && (
        <p className="mb-2 max-w-[80ch] text-table text-text-2">
          {absent}, which stood here, is not open in this browser. Open the file to see both.
        </p>
      )}
      {absent !== null && parts.isBringingBack ? (
        <ComparisonShape label="Looking for models that this browser keeps" />
      ) : other === null ? (
        absent === null && <NothingBeside />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
            <Select
              layout="stack"
              label={`${model.name} beside`}
              className="w-full max-w-sm"
              options={forms.map(({ id, name, kind }) => ({
                id,
                label: name,
                detail: kind === 'model' ? 'open model' : 'column of the table',
              }))}
              value={other.id}
              onChange={(id) => {
                const form = forms.find((one) => one.id === id);
                if (form !== undefined) choose({ besideForm: asBesideForm(form) });
              }}
            />
          </div>
          <OneComparison key={other.id} model={model} other={other} parts={parts} />
        </div>
      )}
    </Panel>
  );
}

function NothingBeside() {
  return (
    <p className="max-w-[80ch] text-body text-text-2">
      Nothing to compare with yet. Open another form of this model (a native file beside its ONNX conversion),
      a challenger, or a table with a column of scores that it should reproduce.
    </p>
  );
}

interface OneProps {
  readonly model: ModelSummary;
  readonly other: OtherForm;
  readonly parts: PageParts;
}

function OneComparison({ model, other, parts }: OneProps) {
  const table = useWorkspace((state) => state.table.value);
  const isLooking = useKeptScores(other, parts);
  if (table === null || parts.current === null)
    return (
      <p className="text-body text-text-2">The two can be compared once this model has scored the rows.</p>
    );
  const right = formOf(other, parts);
  if (right !== null)
    return (
      <Compared tableId={table.id} left={parts.current} right={right} models={[model, other]} parts={parts} />
    );
  if (isLooking) return <ComparisonShape label="Looking for scores that this browser keeps" />;
  const run = parts.otherRun?.modelId === other.id ? parts.otherRun : null;
  if (run?.error != null)
    return (
      <parts.Failure
        title={`${other.name} did not score the rows`}
        error={run.error}
        {...(isAccident(run.error) ? { onRetry: () => parts.scoreOther(other.id, null) } : {})}
        onWorkspace={() => {
          parts.switchTo(other.id);
          parts.toWorkspace();
        }}
      />
    );
  if (run !== null)
    return (
      <div className="max-w-xl">
        <parts.JobProgress
          label={`Scoring with ${other.name}`}
          waiting="starting the engine"
          progress={run.progress}
          startedAtMs={run.startedAtMs}
          onCancel={run.cancel}
        />
      </div>
    );
  return <ScoreOther other={other} rows={formatCountOf(table.rowCount, 'row')} parts={parts} />;
}

function ComparisonShape({ label }: { readonly label: string }) {
  return (
    <div role="status" className="grid gap-3">
      <div className="max-w-xl">
        <ProgressBar label={label} share={Number.NaN} />
      </div>
      <Skeleton className="h-[300px]" />
    </div>
  );
}

interface ScoreOtherProps {
  readonly other: OtherForm;
  readonly rows: string;
  readonly parts: PageParts;
}

function ScoreOther({ other, rows, parts }: ScoreOtherProps) {
  const { models, mapping, model } = useWorkspace();
  const summary = models.find(({ id }) => id === other.id);
  const choices = parts.onTable(other.id)?.choices;
  const order =
    summary === undefined || choices === undefined ? null : borrowedOrder(summary, choices, mapping);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button kind="primary" className={longNamed} onPress={() => parts.scoreOther(other.id, order)}>
        Score {rows} with <BreakableName name={other.name} />
      </Button>
      <p className="max-w-[70ch] text-table text-text-3">
        {order === null
          ? 'It has not scored this table yet; the scores in use stay as they are.'
          : `Its inputs have no names: they take the ${formatCountOf(order.length, 'column')} of ${model.value?.name ?? 'this model'}, in the same order. The scores in use stay as they are.`}
      </p>
    </div>
  );
}

interface ComparedProps {
  readonly models: readonly [ModelSummary, OtherForm];
  readonly tableId: string;
  readonly left: ComparedForm;
  readonly right: ComparedForm;
  readonly parts: PageParts;
}

function Compared({ models: [model, other], tableId, left, right, parts }: ComparedProps) {
  const { value: threshold, isPending } = parts.threshold;
  const open = useWorkspace((state) => state.models);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...comparisonQuery({ tableId, left, right, threshold }),
    enabled: !isPending,
    placeholderData: (previous: FormComparison | undefined) => previous,
  });
  if (error !== null)
    return <parts.Failure title="The two were not compared" error={error} onRetry={() => void refetch()} />;
  if (data === undefined)
    return <ComparisonShape label="Comparing both row by row, and looking for the cause of what differs" />;
  const beside = open.find(({ id }) => id === other.id) ?? null;
  const challenger = areDifferentModels(data, model, beside) ? beside : null;
  return <Comparison comparison={data} model={model} challenger={challenger} isStale={isPlaceholderData} />;
}
