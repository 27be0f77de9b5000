import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatCountOf, formatRowsPerSecond } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { errorText } from './error-text.ts';
import { JobProgress } from './JobProgress.tsx';
import { misfitText, proposedOrder } from './mapping-view.ts';
import { nextStep } from './next-step.ts';
import { openFiles } from './open-files.ts';
import { confirmChoices, startScoring } from './scoring-session.ts';
import { useJudgement } from './use-judgement.ts';

/** The one thing to do next, as a sentence and a button that says what happens. */
export function NextStepPanel({ table }: { readonly table: TableSummary }) {
  const state = useWorkspace();
  const step = nextStep(state);
  const { choices, scoring, mapping, model } = state;
  const rows = formatCountOf(table.rowCount, 'row');
  switch (step.kind) {
    case 'open-table':
      return null;
    case 'choose-target':
      return (
        <Say>
          {choices.target !== null &&
            `${table.name} has no column “${choices.target.column}”, which the link names as the target. `}
          Choose the target: the column that says how each row turned out.
        </Say>
      );
    case 'fix-target':
      return <Say>{step.problem}</Say>;
    case 'open-scores':
      return (
        <Say
          action={
            <FileButton kind="primary" onFiles={(files) => void openFiles(files)}>
              Choose a model
            </FileButton>
          }
        >
          Now the scores: drop the model that makes them, or give the column that holds them the role “score”
          below.
        </Say>
      );
    case 'match':
      return <Say>Matching the model to the table.</Say>;
    case 'fix-mapping':
      return mapping === null || model.value === null ? null : (
        <Say
          action={
            <FileButton multiple onFiles={(files) => void openFiles(files)}>
              Open other files
            </FileButton>
          }
        >
          {misfitText(
            mapping,
            model.value.name,
            table.name,
            proposedOrder(table, model.value, choices.roles, 0).length,
          )}
        </Say>
      );
    case 'confirm':
      return choices.scoreColumn === null ? (
        <Say action={<ScoreButton>Score {rows}</ScoreButton>}>
          Look over the guesses below once. Scoring confirms them; all can be changed later.
        </Say>
      ) : (
        <Say
          action={
            <Button kind="primary" onPress={confirmChoices}>
              Use the scores in {choices.scoreColumn}
            </Button>
          }
        >
          Look over the guesses below once. The button confirms them; all can be changed later.
        </Say>
      );
    case 'score':
      return (
        <Say action={<ScoreButton>Score {rows}</ScoreButton>}>There are no scores for these choices yet.</Say>
      );
    case 'scoring':
      return (
        <Box>
          <JobProgress
            label={`Scoring ${rows}`}
            progress={scoring.progress}
            startedAtMs={scoring.startedAtMs}
            onCancel={scoring.cancel}
          />
        </Box>
      );
    case 'failed':
      return scoring.error === null ? null : (
        <div className="mb-5">
          <ErrorPanel
            title="The rows were not scored"
            {...errorText(scoring.error)}
            actions={<ScoreButton>Try again</ScoreButton>}
          />
        </div>
      );
    case 'ready':
      return <Ready />;
  }
}

function ScoreButton({ children }: { readonly children: ReactNode }) {
  return (
    <Button kind="primary" onPress={() => void startScoring()}>
      {children}
    </Button>
  );
}

/** What the scoring came to, whether it can be judged, and the way to the answer. */
function Ready() {
  const { scoring, choices } = useWorkspace();
  const [, navigate] = useLocation();
  const { summary, error } = useJudgement();
  if (error !== null)
    return (
      <div className="mb-5">
        <ErrorPanel title="These scores cannot be judged" {...errorText(asCutlineError(error))} />
      </div>
    );
  const { rowsPerSecond } = scoring;
  const how = [
    choices.scoreColumn === null
      ? `Scored by ${scoring.engine ?? 'the model'}`
      : `Scores in ${choices.scoreColumn}`,
    rowsPerSecond === null ? '' : formatRowsPerSecond(rowsPerSecond),
    scoring.restored ? 'restored from this browser' : '',
  ].filter((part) => part !== '');
  return (
    <>
      <Say
        action={
          <Button kind="primary" onPress={() => navigate('/thresholds')}>
            Find the threshold
            <ArrowRight size={16} strokeWidth={1.75} aria-hidden="true" />
          </Button>
        }
      >
        {how.join(' · ')}
      </Say>
      {[...scoring.notices, ...(summary?.notices ?? [])].map((notice) => (
        <div key={notice.code + notice.message} className="mb-3">
          <Notice tone="warn">{notice.message}</Notice>
        </div>
      ))}
    </>
  );
}

function Box({ children }: { readonly children: ReactNode }) {
  return <div className="mb-5 rounded-control bg-raise px-4 py-3">{children}</div>;
}

function Say({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <Box>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p role="status" className="max-w-[80ch] text-body text-text">
          {children}
        </p>
        {action}
      </div>
    </Box>
  );
}
