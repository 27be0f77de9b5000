import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatCount, formatCountOf, formatRowsPerSecond } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { errorText } from './error-text.ts';
import { FolderButton } from './FolderButton.tsx';
import { JobProgress } from './JobProgress.tsx';
import { ModelFindings } from './ModelFindings.tsx';
import { columnInTheWay, misfitText, orderedCount, proposedOrder } from './mapping-view.ts';
import { engineText } from './model-words.ts';
import { choosesScores, nextStep } from './next-step.ts';
import { openFiles } from './open-files.ts';
import { ScoreSource } from './ScoreSource.tsx';
import { readyScores, scoreColumns, unusableScores, withScoreColumn } from './score-columns.ts';
import { confirmChoices, startScoring } from './scoring-session.ts';
import { withRole } from './table-choices.ts';
import { useJudgement } from './use-judgement.ts';

/** The one thing to do next, as a sentence and a button that says what happens. */
export function NextStepPanel({ table }: { readonly table: TableSummary }) {
  const state = useWorkspace();
  const step = nextStep(state);
  const { choices, scoring, mapping, model } = state;
  const rows = formatCountOf(table.rowCount, 'row');
  const unusable = unusableScores(table, choices);
  const scores = readyScores(table, choices);
  const inTheWay =
    state.confirmed || mapping === null || model.value === null
      ? null
      : columnInTheWay(table, model.value, mapping, choices.roles);
  switch (step.kind) {
    case 'open-table':
      return null;
    case 'choose-target':
      return (
        <Say>
          <ChooseTarget table={table} />
        </Say>
      );
    case 'fix-target':
      return <Say>{step.problem}</Say>;
    case 'fix-scores':
      return (
        <Say action={<ModelButtons />} field={choosesScores(state) && <ScoreSource table={table} />}>
          {step.problem} Open the table with the converted column, choose another column, or open the model
          that makes the scores.
        </Say>
      );
    case 'open-scores':
      return (
        <Say action={<ModelButtons />}>
          {unusable === null ? '' : `${unusable} `}
          Now the scores: drop the model that makes them, or give the column that holds them the role “score”
          below.
        </Say>
      );
    case 'match':
      return <Say>Matching the model to the table.</Say>;
    case 'fix-mapping':
      if (mapping === null || model.value === null) return null;
      if (inTheWay !== null)
        return (
          <Say
            action={
              <Button kind="primary" onPress={() => state.choose(withRole(choices, table, inTheWay, null))}>
                Make it a feature
              </Button>
            }
          >
            {model.value.name} takes {formatCount(orderedCount(mapping))} columns by position; {table.name}{' '}
            has one less, because “{inTheWay}” was guessed to be the target. If it feeds the model, make it a
            feature; the target is then still to be chosen.
          </Say>
        );
      return (
        <Say
          action={
            <div className="flex flex-wrap gap-2">
              {scores !== null && (
                <Button kind="primary" onPress={() => takeScores(scores.name)}>
                  Use the scores in {scores.name}
                </Button>
              )}
              <FileButton multiple onFiles={(files) => void openFiles(files)}>
                Open other files
              </FileButton>
            </div>
          }
        >
          {misfitText(
            mapping,
            model.value.name,
            table.name,
            proposedOrder(table, model.value, choices.roles, 0).length,
          )}
          {scores !== null && ` Or do without it: “${scores.name}” looks like scores.`}
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
          field={choosesScores(state) && <ScoreSource table={table} />}
        >
          {choosesScores(state) &&
            `${formatCount(scoreColumns(table, choices).length)} columns look like scores; ${choices.scoreColumn} is used. `}
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
            waiting="starting the engine"
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
      return <Ready table={table} />;
  }
}

/** In place of the open model; what was guessed is still to be confirmed. */
function takeScores(column: string): void {
  const { choices, choose } = useWorkspace.getState();
  choose(withScoreColumn(choices, column));
}

/** Without an outcome scores can be made but not judged: said before the user looks for a fault elsewhere. */
function ChooseTarget({ table }: { readonly table: TableSummary }) {
  const target = useWorkspace((state) => state.choices.target);
  const ask = 'Choose the target: the column that says how each row turned out.';
  if (target !== null)
    return `${table.name} has no column “${target.column}”, which is named as the target. ${ask}`;
  const isFound = table.columns.some(({ guessedRole }) => guessedRole === 'target');
  return (
    <>
      {isFound ? '' : `No outcome column was found in ${table.name}. `}A model can score these rows, but
      judging the scores needs the outcome. {ask} If another file has it, join that one to this table below.
    </>
  );
}

/** A model is a file or a folder, and the browser has a dialog for each. */
function ModelButtons() {
  return (
    <div className="flex flex-wrap gap-2">
      <FileButton kind="primary" onFiles={(files) => void openFiles(files)}>
        Choose a model
      </FileButton>
      <FolderButton />
    </div>
  );
}

function ScoreButton({ children }: { readonly children: ReactNode }) {
  return (
    <Button kind="primary" onPress={() => void startScoring()}>
      {children}
    </Button>
  );
}

/** What the scoring came to, whether it can be judged, and the way to the answer. */
function Ready({ table }: { readonly table: TableSummary }) {
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
      ? engineText(scoring.engine, scoring.gate, table.rowCount)
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
      <ModelFindings />
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

interface SayProps {
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** A choice that belongs to what is said. */
  readonly field?: ReactNode;
}

function Say({ children, action, field = null }: SayProps) {
  return (
    <Box>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p role="status" className="max-w-[80ch] text-body text-text">
          {children}
        </p>
        {field !== false && field !== null && <div className="w-full max-w-xs">{field}</div>}
        {action}
      </div>
    </Box>
  );
}
