import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { ExplainPage } from '../features/explain/ExplainPage.tsx';
import type { ExplainSubject } from '../features/explain/page-parts.ts';
import { knownDecisions, thresholdText } from '../features/thresholds/display-text.ts';
import { judgedRows } from '../features/thresholds/rows-caption.ts';
import { JobProgress } from '../features/workspace/JobProgress.tsx';
import { modelOnTable } from '../features/workspace/model-findings.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { AnalysisError } from './analysis/AnalysisError.tsx';
import { AnalysisPage } from './analysis/AnalysisPage.tsx';
import type { Analysis } from './analysis/use-analysis.ts';

const parts = { Failure: AnalysisError, JobProgress };

/** `/explain`. Default export because the route is loaded lazily. */
export default function ExplainRoute() {
  return (
    <AnalysisPage
      name="Explain"
      question="What does the model look at, and how far does each feature move its score?"
      about="Open a table and a model. This page then explains every row exactly where the model allows it, and says which features move the score most."
    >
      {(analysis) => <Explain analysis={analysis} />}
    </AnalysisPage>
  );
}

function Explain({ analysis }: { readonly analysis: Analysis }) {
  const subject = useSubject(analysis);
  return subject === null ? <NeedsModel /> : <ExplainPage subject={subject} parts={parts} />;
}

/** Null when the scores come from a column: then there is no model to ask. */
function useSubject({
  summary,
  answer,
  threshold,
  decision,
  pinnedDecision,
}: Analysis): ExplainSubject | null {
  const session = useWorkspace();
  const { table, model, choices, scoring, mapping } = session;
  const on = useMemo(
    () => modelOnTable({ choices, table, model, mapping, scoring }),
    [choices, table, model, mapping, scoring],
  );
  if (on === null || table.value === null || model.value === null || choices.scoreColumn !== null)
    return null;
  return {
    ...{ model: model.value, table: table.value, on, scoresId: scoring.scoresId, threshold },
    thresholdText: thresholdText(threshold, knownDecisions(answer.strategies, decision, pinnedDecision)),
    judgedRows: judgedRows(summary, choices.split),
    judgedCount: summary.rows,
  };
}

function NeedsModel() {
  const [, navigate] = useLocation();
  const column = useWorkspace((state) => state.choices.scoreColumn);
  return (
    <main id="content" className="px-5 max-wide:px-4">
      <h1 className="sr-only">Explain</h1>
      <EmptyState
        title="An explanation needs the model"
        action={
          <Button kind="primary" onPress={() => navigate('/')}>
            Open a model in the workspace
          </Button>
        }
      >
        {column === null ? 'The scores come from a column' : `The scores come from the column ${column}`},
        which does not say how they came about. With the model that made them, this page says which features
        move the score, and how far.
      </EmptyState>
    </main>
  );
}
