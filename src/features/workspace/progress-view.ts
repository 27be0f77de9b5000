import type { Progress } from '../../contracts/tasks.ts';
import { formatBytes, formatCount, formatRowsPerSecond, formatTimeLeft } from '../../design/format.ts';

/** Before this much time has passed a speed says nothing. */
const SPEED_AFTER_MS = 400;

export interface ProgressView {
  /** 0..1; NaN while nothing is known. */
  readonly share: number;
  /** "812,000 rows · 1.2 M rows/s · 12 s left"; what is not known yet is left out. */
  readonly detail: string;
}

/**
 * How far a job is, how fast, and how long still, in words.
 *
 *     speed = rows / elapsed        left = elapsed · (total − done) / done
 *
 * @param startedAtMs epoch ms, as is `nowMs`
 */
export function progressView(progress: Progress | null, startedAtMs: number, nowMs: number): ProgressView {
  if (progress === null || !(progress.total > 0)) return { share: Number.NaN, detail: '' };
  const { done, total, unit, rows } = progress;
  const how =
    unit === 'bytes'
      ? `${formatBytes(done)} of ${formatBytes(total)}`
      : `${formatCount(done)} of ${formatCount(total)} rows`;
  const elapsedMs = nowMs - startedAtMs;
  if (elapsedMs < SPEED_AFTER_MS || done <= 0) return { share: done / total, detail: how };
  const speed = formatRowsPerSecond((rows * 1000) / elapsedMs);
  const left = formatTimeLeft((elapsedMs * (total - done)) / done);
  return { share: done / total, detail: [how, speed, left].filter((part) => part !== '').join(' · ') };
}
