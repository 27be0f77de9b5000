import { skipToken, useQuery } from '@tanstack/react-query';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { comparisonQuery } from '../../compute/comparison.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import type { ComparedForm } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import { BreakableName } from '../../design/BreakableName.tsx';
import { Button } from '../../design/Button.tsx';
import { formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { Select } from '../../design/Select.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { AnswerText } from './AnswerText.tsx';
import { isAccident } from './accident.ts';
import { areDifferentModels } from './different-models.ts';
import {
  asBesideForm,
  borrowedOrder,
  causeProof,
  causeTitle,
  chosenForm,
  comparisonSentence,
  comparisonTwin,
  differenceSentence,
  drawnText,
  type OtherForm,
  otherForms,
  worstRows,
} from './forms.view-model.ts';
import { longNamed } from './long-named.ts';
import type { PageParts } from './page-parts.ts';
import { ScatterPicture } from './ScatterPicture.tsx';

interface FormsPanelProps {
  readonly model: ModelSummary;
  readonly parts: PageParts;
}

/** The model beside another form of it: whether they give the same scores, and if not, why. */
export function FormsPanel({ model, parts }: FormsPanelProps) {
  const { models, table, choices, mapping, choose } = useWorkspace();
  const fed = new Set(mapping?.bindings.flatMap(({ column }) => (column === null ? [] : [column])));
  const forms = otherForms(model, models, table.value, choices.roles, fed, parts.golden);
  const chosen = chosenForm(forms, choices.besideForm);
  const other = chosen ?? forms[0] ?? null;
  const absent = chosen === null ? absentModel(choices, model) : null;
  return (
    <Panel
      ruled
      title="Side by side"
      caption="The same rows scored by two models, or by this one and a column of earlier scores"
    >
      {absent !== null && !parts.isBringingBack && (
        <p className="mb-2 max-w-[80ch] text-table text-text-2">
          {absent}, chosen to stand here, is not open. Open the file to see it.
        </p>
      )}
      {absent !== null && parts.isBringingBack ? (
        <ComparisonShape />
      ) : other === null ? (
        <p className="max-w-[80ch] text-body text-text-2">
          Nothing to compare with yet. Open another form of this model (a native file beside its ONNX
          conversion), a challenger, or a table with a column of scores that it should reproduce.
        </p>
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

/** The name of the model that was chosen to stand beside this one and is not open; null otherwise. */
function absentModel({ besideForm, otherModels }: ViewState, model: ModelSummary): string | null {
  if (besideForm?.kind !== 'model' || besideForm.id === model.id) return null;
  return otherModels.find(({ id }) => id === besideForm.id)?.name ?? null;
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
  if (isLooking) return <ComparisonShape />;
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

/** Scores that this browser keeps come back by themselves; true while it looks for them. */
function useKeptScores(other: OtherForm, { onTable, bringScores }: PageParts): boolean {
  const on = other.kind === 'model' ? onTable(other.id) : null;
  const { isLoading } = useQuery<boolean>({
    queryKey: ['scores/kept', on],
    queryFn: on === null ? skipToken : ({ signal }) => bringScores(other.id, signal),
    gcTime: 0,
    retry: false,
  });
  return isLoading;
}

function ComparisonShape() {
  return (
    <div role="status" aria-label="Comparing" className="grid gap-3">
      <Skeleton className="h-7 max-w-[60ch]" />
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

function formOf(other: OtherForm, parts: PageParts): ComparedForm | null {
  if (other.kind === 'column') return { kind: 'column', column: other.name };
  const model = parts.onTable(other.id);
  const scoresId = parts.scoresOf(other.id);
  return model === null || scoresId === null ? null : { kind: 'model', scoresId, model };
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
  if (data === undefined) return <ComparisonShape />;
  const beside = open.find(({ id }) => id === other.id) ?? null;
  const challenger = areDifferentModels(data, model, beside) ? beside : null;
  return <Comparison comparison={data} model={model} challenger={challenger} isStale={isPlaceholderData} />;
}

const HEIGHT = 340;

interface ComparisonProps {
  readonly comparison: FormComparison;
  readonly model: ModelSummary;
  /** Set when the two are models of their own, and not forms of one. */
  readonly challenger: ModelSummary | null;
  readonly isStale: boolean;
}

function Comparison({ comparison, model, challenger, isStale }: ComparisonProps) {
  const { verdict, rows } = comparison;
  const sentence =
    challenger === null ? comparisonSentence(comparison) : differenceSentence(comparison, model, challenger);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4" aria-busy={isStale}>
      <p role="status" className="max-w-[88ch] text-body [&_b]:font-semibold">
        {challenger === null && (
          <>
            <Verdict
              kind={rows === 0 ? 'too-few' : verdict === 'equal' ? 'pass' : 'warn'}
              {...(rows === 0 ? {} : { word: verdict === 'equal' ? 'Equal' : 'Differ' })}
            />{' '}
          </>
        )}
        <AnswerText parts={sentence} />
      </p>
      {rows > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
          <ChartFrame
            title="Score against score"
            caption={drawnText(comparison)}
            message={sentence.map(({ text }) => text).join('')}
            twin={comparisonTwin(comparison)}
            definition={{
              text: 'Each dot is a row of the table: its score in one form from left to right, in the other from bottom to top. Rows whose scores are equal within the tolerance are grey and lie on the dashed line; coloured ones differ.',
              formula: 'differ: |left − right| > tolerance',
            }}
            height={HEIGHT}
            isStale={isStale}
          >
            <ScatterPicture comparison={comparison} height={HEIGHT} />
          </ChartFrame>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
            {challenger !== null && <NotForms />}
            {challenger === null && comparison.causes.length > 0 && <Causes comparison={comparison} />}
            {comparison.worst.length > 0 && verdict === 'differ' && <Worst comparison={comparison} />}
          </div>
        </div>
      )}
    </div>
  );
}

/** Instead of causes, where there is no conversion that could have gone wrong. */
function NotForms() {
  return (
    <Panel title="Why no cause is named">
      <p className="max-w-[80ch] text-table text-text-2">
        A conversion keeps every tree or coefficient; these two do not hold the same. Which one decides better
        is told by the outcomes: score with each and compare the answers of the Thresholds page.
      </p>
    </Panel>
  );
}

function Causes({ comparison }: { readonly comparison: FormComparison }) {
  return (
    <Panel
      title="Likely causes"
      caption="Known mistakes of conversions, tried on the compared rows; the likeliest first"
    >
      <ol aria-label="Likely causes" className="grid gap-3 text-table">
        {comparison.causes.map((cause) => (
          <li key={cause.code} className="grid gap-0.5">
            <p className="font-semibold">{causeTitle(cause.code)}</p>
            <p className="max-w-[80ch] text-text-2">{cause.explanation}</p>
            {cause.advice !== '' && <p className="max-w-[80ch]">{cause.advice}</p>}
            {causeProof(cause) !== '' && <p className="text-caption text-text-3">{causeProof(cause)}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Worst({ comparison }: { readonly comparison: FormComparison }) {
  return (
    <Panel title="Rows that differ most" caption="Data rows are counted from 1">
      <Table label="Rows that differ most" className="max-h-52">
        <thead>
          <tr>
            <HeaderCell>Row</HeaderCell>
            <HeaderCell numeric title={comparison.left}>
              <span className="ml-auto block max-w-40 truncate max-wide:max-w-20">{comparison.left}</span>
            </HeaderCell>
            <HeaderCell numeric title={comparison.right}>
              <span className="ml-auto block max-w-40 truncate max-wide:max-w-20">{comparison.right}</span>
            </HeaderCell>
            <HeaderCell numeric>Difference</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {worstRows(comparison).map(({ row, left, right, difference }) => (
            <Row key={row}>
              <RowHeaderCell>{row}</RowHeaderCell>
              <Cell numeric>{left}</Cell>
              <Cell numeric>{right}</Cell>
              <Cell numeric>{difference}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
