import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { JudgementSpec } from '../../contracts/judgement.ts';
import { DecisionBar } from '../decision-bar/DecisionBar.tsx';
import { AnalysisError } from './AnalysisError.tsx';
import { NotReadyPage } from './NotReadyPage.tsx';
import { PageSkeleton } from './OpeningPage.tsx';
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
