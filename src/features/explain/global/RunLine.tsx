import { useEffect, useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import type { ExplainParts } from '../page-parts.ts';
import type { GlobalRun } from './global-run.ts';
import { againLabel, endText, runningLabel } from './run-words.ts';

export interface RunLineProps {
  readonly run: GlobalRun;
  readonly JobProgress: ExplainParts['JobProgress'];
  readonly onCancel: () => void;
  readonly onAgain: () => void;
}

/** How far the computation is, with a way to stop it; how it ended, with a way to begin it again. */
export function RunLine({ run, JobProgress, onCancel, onAgain }: RunLineProps) {
  const isSlow = useIsSlow(run);
  if (run.status === 'running')
    return (
      <div className="min-h-8">
        {isSlow && (
          <JobProgress
            label={runningLabel(run)}
            waiting="Preparing the model"
            progress={run.progress}
            startedAtMs={run.startedAtMs}
            onCancel={onCancel}
          />
        )}
      </div>
    );
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status" className="text-caption text-text-3">
        {endText(run)}
      </p>
      {run.status === 'cancelled' && <Button onPress={onAgain}>{againLabel(run)}</Button>}
    </div>
  );
}

/** What ends sooner needs no progress bar: it would only flicker. */
const SLOW_AFTER_MS = 300;

function useIsSlow({ status, startedAtMs }: GlobalRun): boolean {
  const [slowRun, setSlowRun] = useState(Number.NaN);
  useEffect(() => {
    if (status !== 'running') return;
    const left = startedAtMs + SLOW_AFTER_MS - Date.now();
    const timer = setTimeout(() => setSlowRun(startedAtMs), Math.max(left, 0));
    return () => clearTimeout(timer);
  }, [status, startedAtMs]);
  return slowRun === startedAtMs;
}
