import { ThresholdsPage } from '../features/thresholds/ThresholdsPage.tsx';
import { AnalysisPage } from './analysis/AnalysisPage.tsx';

/** `/thresholds`. Default export because the route is loaded lazily. */
export default function ThresholdsRoute() {
  return (
    <AnalysisPage
      name="Thresholds"
      question="Where should the threshold be, and what is it worth?"
      about="Open a table with a known outcome and a score or a model. This page then shows, for every threshold, whom you flag, what you catch and what it earns."
    >
      {(analysis) => <ThresholdsPage {...analysis} />}
    </AnalysisPage>
  );
}
