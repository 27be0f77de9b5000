import { useMemo } from 'react';
import { PictureSource } from '../../charts/picture-source.tsx';
import { Answer } from '../../design/Answer.tsx';
import { classNames } from '../../design/class-names.ts';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ExplainControls } from './ExplainControls.tsx';
import { globalAnswer } from './global/answer.view-model.ts';
import type { ComputedFacts } from './global/computed.view-model.ts';
import { GlobalView } from './global/GlobalView.tsx';
import { type ShownRun, shownRun } from './global/global-run.ts';
import { type ImportanceView, importanceView } from './global/importance.view-model.ts';
import { totalRows } from './global/run-words.ts';
import { useGlobal } from './global/use-global-run.ts';
import { HowComputed } from './HowComputed.tsx';
import { usesBackground } from './method-options.view-model.ts';
import type { ExplainParts, ExplainSubject } from './page-parts.ts';

export interface ExplainPageProps {
  readonly subject: ExplainSubject;
  readonly parts: ExplainParts;
}

/** Why the model scores as it does: the answer, the picture that shows it, and how it was computed. */
export function ExplainPage({ subject, parts }: ExplainPageProps) {
  const { run, again } = useGlobal(subject);
  const shown = run === null ? null : shownRun(run);
  const explanation = shown?.shown ?? null;
  const view = useMemo(() => (explanation === null ? null : importanceView(explanation)), [explanation]);
  const method = useWorkspace((state) => state.choices.explain.method);
  const isStale = shown !== run;
  const facts = useFacts(shown);
  return (
    <PictureSource value={`${subject.table.name}; ${subject.model.name}`}>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_288px]">
        <main id="content" className="min-w-0 px-5 pt-2.5 pb-4 max-wide:px-4 max-wide:pt-3">
          <h1 className="sr-only">Explain</h1>
          {shown !== null && view !== null ? (
            <AnswerLine shown={shown} view={view} isStale={isStale} />
          ) : (
            run?.status === 'running' && <Skeleton className="mb-2 h-14 max-w-[80ch]" />
          )}
          {run !== null && (
            <GlobalView run={run} facts={facts} view={view} isStale={isStale} onAgain={again} parts={parts} />
          )}
        </main>
        <aside
          aria-label="Method and rows"
          className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 border-line bg-raise p-4 pt-3 max-desk:border-t desk:border-l"
        >
          <ExplainControls subject={subject} asksBackground={usesBackground(method, subject.model)} />
          {facts !== null && !isStale && <HowComputed facts={facts} />}
        </aside>
      </div>
    </PictureSource>
  );
}

/** The same object as long as it says the same: progress draws the page ten times a second, and these not. */
function useFacts(run: ShownRun | null): ComputedFacts | null {
  const { shown = null, rowsPerSecond = null, isRestored = false, notices = NONE, about } = run ?? {};
  const threshold = about?.threshold ?? '';
  return useMemo(
    () => (shown === null ? null : { ...shown, rowsPerSecond, isRestored, threshold, notices }),
    [shown, rowsPerSecond, isRestored, threshold, notices],
  );
}

const NONE: ShownRun['notices'] = [];

interface AnswerLineProps {
  readonly shown: ShownRun;
  readonly view: ImportanceView;
  readonly isStale: boolean;
}

function AnswerLine({ shown, view, isStale }: AnswerLineProps) {
  const { plan, rowCount, sampling } = shown.shown;
  const { over, split } = shown.about;
  const parts = globalAnswer({
    ...{ view, features: plan.features, rowCount, over, split, sampling },
    totalRows: totalRows(shown),
    askedRows: shown.about.rowCount,
    state: shown.status,
  });
  return (
    <div className={classNames('transition-opacity duration-150', isStale && 'opacity-50')}>
      <Answer lines={2}>
        {parts.map(({ text, tone }, index) => {
          const key = `${index} ${tone}`;
          if (tone === 'strong') return <b key={key}>{text}</b>;
          return tone === 'quiet' ? <em key={key}>{text}</em> : <span key={key}>{text}</span>;
        })}
      </Answer>
    </div>
  );
}
