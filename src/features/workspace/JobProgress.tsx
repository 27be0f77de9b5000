import type { Progress } from '../../contracts/tasks.ts';
import { Button } from '../../design/Button.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { progressView } from './progress-view.ts';

export interface JobProgressProps {
  readonly label: string;
  readonly progress: Progress | null;
  /** What happens before the first progress message, when there is something to say. */
  readonly waiting?: string;
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly onCancel: (() => void) | null;
}

/** A long job with its speed, time left and a way to stop it. Each progress message of the job draws it anew. */
export function JobProgress({ label, progress, waiting = '', startedAtMs, onCancel }: JobProgressProps) {
  const { share, detail } = progressView(progress, startedAtMs, Date.now());
  return (
    <ProgressBar
      label={label}
      share={share}
      detail={progress === null ? waiting : detail}
      action={onCancel === null ? null : <Button onPress={onCancel}>Cancel</Button>}
    />
  );
}
