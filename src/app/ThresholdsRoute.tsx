import { useLocation } from 'wouter';
import { type OtherScores, OtherScoresProvider } from '../features/thresholds/cascade/other-scores.ts';
import { ThresholdsPage } from '../features/thresholds/ThresholdsPage.tsx';
import {
  besideScores,
  bringBesideScores,
  scoreBeside,
  useBesideRun,
} from '../features/workspace/score-beside.ts';
import { AnalysisPage } from './analysis/AnalysisPage.tsx';

/** `/thresholds`. Default export because the route is loaded lazily. */
export default function ThresholdsRoute() {
  return (
    <OtherScoresProvider value={useSessionScores()}>
      <AnalysisPage
        name="Thresholds"
        question="Where should the threshold be, and what is it worth?"
        about="Open a table with a known outcome and a score or a model. This page then shows, for every threshold, whom you flag, what you catch and what it earns."
      >
        {(analysis) => <ThresholdsPage {...analysis} />}
      </AnalysisPage>
    </OtherScoresProvider>
  );
}

/** The scores of models beside the current one, which the session makes and keeps. */
function useSessionScores(): OtherScores {
  const { run } = useBesideRun();
  const [, navigate] = useLocation();
  return {
    scoresOf: besideScores,
    bring: bringBesideScores,
    score: (modelId) => void scoreBeside(modelId),
    run,
    toWorkspace: () => navigate('/'),
  };
}
