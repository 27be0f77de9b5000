import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { JudgementSpec } from '../../contracts/judgement.ts';
import { Button } from '../../design/Button.tsx';
import { EmptyState } from '../../design/EmptyState.tsx';
import { NeededFiles } from '../../features/workspace/NeededFiles.tsx';
import { needsFiles } from '../../features/workspace/open-decision.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DecisionBar } from '../decision-bar/DecisionBar.tsx';
import { AnalysisError } from './AnalysisError.tsx';
import { OpeningPage, PageSkeleton } from './OpeningPage.tsx';
import { type Readiness, readinessOf } from './readiness.ts';
import { type Analysis, rowsKey, useAnalysis } from './use-analysis.ts';
import { useAnalysisCommands } from './use-analysis-commands.ts';
import { useJudgementSpec } from './use-judgement-spec.ts';

export interface AnalysisPageProps {
  /** The page's name, its heading while it has no answer. */
  readonly name: string;
  /** The question that the page answers, for its empty state. */
  readonly question: string;
  readonly about: string;
  readonly children: (analysis: Analysis) => ReactNode;
}

/**
 * The frame of an analysis page: decision bar and page once there is an answer; before that what is missing, what is
 * under way or what went wrong.
 */
export function AnalysisPage({ name, question, about, children }: AnalysisPageProps) {
  const spec = useJudgementSpec();
  if (spec === null) return <NotReadyPage name={name} question={question} about={about} />;
  return (
    <Judged key={rowsKey(spec)} name={name} spec={spec}>
      {children}
    </Judged>
  );
}

interface JudgedProps {
  readonly name: string;
  readonly spec: JudgementSpec;
  readonly children: (analysis: Analysis) => ReactNode;
}

function Judged({ name, spec, children }: JudgedProps) {
  const { analysis, error, retry } = useAnalysis(spec);
  const [, navigate] = useLocation();
  if (analysis === null) {
    return (
      <main id="content" aria-busy={error === null} className="px-5 py-4 max-wide:px-4">
        <h1 className="sr-only">{name}</h1>
        {error === null ? (
          <PageSkeleton />
        ) : (
          <AnalysisError
            title="These rows cannot be judged"
            error={error}
            onRetry={retry}
            onWorkspace={() => navigate('/')}
          />
        )}
      </main>
    );
  }
  return (
    <>
      <AnalysisCommands analysis={analysis} />
      <DecisionBar analysis={analysis} />
      {error !== null && (
        <div className="px-5 pt-3 max-wide:px-4">
          <AnalysisError title="What is shown is from before this change" error={error} onRetry={retry} />
        </div>
      )}
      {children(analysis)}
    </>
  );
}

function AnalysisCommands({ analysis }: { readonly analysis: Analysis }) {
  useAnalysisCommands(analysis);
  return null;
}

function NotReadyPage({ name, question, about }: Omit<AnalysisPageProps, 'children'>) {
  const readiness = readinessOf(useWorkspace());
  if (readiness.kind === 'opening') return <OpeningPage name={name} opening={readiness} />;
  return (
    <main id="content" className="px-5 max-wide:px-4">
      <h1 className="sr-only">{name}</h1>
      <NotReady readiness={readiness} question={question} about={about} />
    </main>
  );
}

interface NotReadyProps extends Pick<AnalysisPageProps, 'question' | 'about'> {
  readonly readiness: Readiness;
}

function NotReady({ readiness, question, about }: NotReadyProps) {
  const [, navigate] = useLocation();
  const waitsForFiles = useWorkspace(needsFiles);
  const toWorkspace = () => navigate('/');
  if (readiness.kind === 'failed' || waitsForFiles)
    return (
      <div className="grid gap-4 py-4">
        {readiness.kind === 'failed' && (
          <AnalysisError title={readiness.what} error={readiness.error} onWorkspace={toWorkspace} />
        )}
        <NeededFiles />
      </div>
    );
  const unfinished = readiness.kind === 'unfinished';
  return (
    <EmptyState
      title={question}
      action={
        <Button kind="primary" onPress={toWorkspace}>
          {unfinished ? 'Finish in the workspace' : 'Open a table or the demo'}
        </Button>
      }
    >
      {unfinished ? `One step is left: ${readiness.missing}.` : about}
    </EmptyState>
  );
}
