import { useLocation } from 'wouter';
import { ModelPage } from '../features/model/ModelPage.tsx';
import type { PageParts } from '../features/model/page-parts.ts';
import { useBringBack } from '../features/workspace/bring-back.ts';
import { JobProgress } from '../features/workspace/JobProgress.tsx';
import { currentForm, goldenColumn, modelOnTable } from '../features/workspace/model-findings.ts';
import { switchModel } from '../features/workspace/open-models.ts';
import {
  besideScores,
  bringBesideScores,
  scoreBeside,
  useBesideRun,
} from '../features/workspace/score-beside.ts';
import { startScoring } from '../features/workspace/scoring-session.ts';
import { unseenInScores } from '../features/workspace/unseen-text.ts';
import { useModelChecks } from '../features/workspace/use-model-checks.ts';
import { scoreOnceReady } from '../features/workspace/watch-session.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { AnalysisError } from './analysis/AnalysisError.tsx';
import { NotReadyPage } from './analysis/NotReadyPage.tsx';
import { useThresholdInForce } from './analysis/use-threshold-in-force.ts';

/** `/model`. Default export because the route is loaded lazily. */
export default function ModelRoute() {
  const model = useWorkspace((state) => state.model.value);
  const isTableComing = useWorkspace(({ table }) => table.value === null && table.loading !== null);
  const parts = usePageParts();
  if (model === null || isTableComing)
    return (
      <NotReadyPage
        name="Model"
        question="What is this model, and can its scores be believed?"
        about="Open a model: ONNX, LightGBM, XGBoost, or an MLflow model folder. This page then shows what is in its file, how it scores, and what speaks against its scores."
        unfinished="open a model"
        open="Open a model or the demo"
      />
    );
  return <ModelPage model={model} parts={parts} />;
}

/** What the page shares with the workspace: the checks, further scores, and the ways to them. */
function usePageParts(): PageParts {
  const session = useWorkspace();
  const { run } = useBesideRun();
  const [, navigate] = useLocation();
  return {
    checks: useModelChecks(),
    unseen: unseenInScores(session),
    current: currentForm(session),
    golden: goldenColumn(session),
    threshold: useThresholdInForce(),
    isBringingBack: useBringBack((state) => state.isSearching),
    onTable: (modelId) => modelOnTable(session, modelId),
    scoresOf: besideScores,
    bringScores: bringBesideScores,
    otherRun: run,
    scoreOther: (modelId, order) => void scoreBeside(modelId, order),
    score: () => void startScoring(),
    switchTo: (modelId) => {
      switchModel(modelId);
      scoreOnceReady();
    },
    toWorkspace: () => navigate('/'),
    Failure: AnalysisError,
    JobProgress,
  };
}
