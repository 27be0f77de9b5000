import type { ModelSummary } from '../../core/model/signature.ts';
import { Button } from '../../design/Button.tsx';
import { formatCountOf } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Panel } from '../../design/Panel.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { isAccident } from './accident.ts';
import { CheckLine } from './CheckLine.tsx';
import { allTooFew, type CheckRow, checkRows } from './checks.view-model.ts';
import { longNamed } from './long-named.ts';
import type { PageParts } from './page-parts.ts';

interface ChecksPanelProps {
  readonly model: ModelSummary;
  readonly parts: PageParts;
}

/** What is asked of every model before its scores are believed, with what was found and what to do. */
export function ChecksPanel({ model, parts }: ChecksPanelProps) {
  const table = useWorkspace((state) => state.table.value);
  const { checks, error, isAsked, retry } = parts.checks;
  return (
    <Panel
      title="Checks"
      caption={
        table === null || !isAsked
          ? 'What is asked of every model before its scores are believed'
          : `On ${formatCountOf(table.rowCount, 'row')} of ${table.name}`
      }
    >
      {checks !== null ? (
        <CheckList rows={checkRows(checks)} isTooFew={allTooFew(checks)} />
      ) : error !== null ? (
        <parts.Failure title="The model was not checked" error={error} onRetry={retry} />
      ) : isAsked ? (
        <ChecksShape />
      ) : (
        <NotScored model={model} parts={parts} />
      )}
      {parts.unseen !== null && (
        <div className="mt-2 break-words">
          <Notice tone="warn">
            {parts.unseen} These rows are scored, but the model knows nothing about such a value.
          </Notice>
        </div>
      )}
    </Panel>
  );
}

/** Why there are no checks yet, and the button that leads to them. */
function NotScored({ model, parts }: ChecksPanelProps) {
  const { table, choices, scoring, mapping } = useWorkspace();
  const rows = table.value === null ? '' : formatCountOf(table.value.rowCount, 'row');
  if (scoring.status === 'running')
    return (
      <parts.JobProgress
        label={`Scoring ${rows}`}
        waiting="starting the engine"
        progress={scoring.progress}
        startedAtMs={scoring.startedAtMs}
        onCancel={scoring.cancel}
      />
    );
  if (scoring.error !== null)
    return (
      <parts.Failure
        title="The rows were not scored"
        error={scoring.error}
        {...(isAccident(scoring.error) ? { onRetry: parts.score } : { onWorkspace: parts.toWorkspace })}
      />
    );
  if (table.value === null)
    return (
      <Hint action={<Button onPress={parts.toWorkspace}>Open a table in the workspace</Button>}>
        A model is checked on the rows that it scores.
      </Hint>
    );
  if (choices.scoreColumn !== null)
    return (
      <Hint
        action={
          <Button className={longNamed} onPress={() => parts.switchTo(model.id)}>
            Score with {model.name}
          </Button>
        }
      >
        The scores in use come from the column {choices.scoreColumn}. The model is checked once it scores the
        rows itself.
      </Hint>
    );
  if (choices.target === null || mapping?.ready !== true)
    return (
      <Hint action={<Button onPress={parts.toWorkspace}>Finish in the workspace</Button>}>
        {choices.target === null
          ? 'The target is still to be chosen; then the model can score the rows and be checked.'
          : 'The model does not fit the table yet: its inputs want their columns first.'}
      </Hint>
    );
  return (
    <Hint
      action={
        <Button kind="primary" onPress={parts.score}>
          Score {rows}
        </Button>
      }
    >
      A model is checked on the rows that it scores.
    </Hint>
  );
}

function Hint({
  children,
  action,
}: {
  readonly children: React.ReactNode;
  readonly action: React.ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-control bg-raise px-4 py-3">
      <p className="max-w-[70ch] text-body">{children}</p>
      {action}
    </div>
  );
}

function CheckList({ rows, isTooFew }: { readonly rows: readonly CheckRow[]; readonly isTooFew: boolean }) {
  return (
    <>
      {isTooFew && (
        <div className="mb-2">
          <Notice tone="info">
            There are too few rows to tell anything about this model. Score a larger table.
          </Notice>
        </div>
      )}
      <ul aria-label="Checks" className="border-t border-line text-table">
        {rows.map((row) => (
          <li key={row.code} className="border-b border-line py-1.5 last:border-b-0">
            <CheckLine row={row} />
          </li>
        ))}
      </ul>
    </>
  );
}

const SHAPE = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;

function ChecksShape() {
  return (
    <div role="status" aria-label="Checking the model" className="grid gap-3 py-2">
      {SHAPE.map((line) => (
        <Skeleton key={line} className="h-8" />
      ))}
    </div>
  );
}
