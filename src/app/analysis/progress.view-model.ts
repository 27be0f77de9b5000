import type { Progress } from '../../contracts/tasks.ts';
import { formatBytes, formatCount, formatRowsPerSecond, formatTimeLeft } from '../../design/format.ts';

export interface ProgressView {
  readonly label: string;
  /** 0..1; NaN while the total is not known. */
  readonly share: number;
  readonly detail: string;
}

/** Before this much time has passed, a rate says nothing. */
const RATE_AFTER_MS = 500;

/**
 * How far, how fast and how long still.
 *
 *     rate = rows / elapsed        left = elapsed · (total − done) / done
 *
 * @param job what runs, and since when
 * @param nowMs on the same clock as `startedAtMs`
 */
export function progressView(
  job: { readonly what: string; readonly progress: Progress | null; readonly startedAtMs: number },
  nowMs: number,
): ProgressView {
  const { what, progress, startedAtMs } = job;
  if (progress === null || !(progress.total > 0)) return { label: what, share: Number.NaN, detail: '' };
  const format = progress.unit === 'bytes' ? formatBytes : formatCount;
  const done = `${format(progress.done)} of ${format(progress.total)}${progress.unit === 'rows' ? ' rows' : ''}`;
  const elapsedMs = nowMs - startedAtMs;
  const parts = [done];
  if (elapsedMs >= RATE_AFTER_MS && progress.done > 0) {
    parts.push(formatRowsPerSecond((progress.rows / elapsedMs) * 1000));
    parts.push(formatTimeLeft((elapsedMs * (progress.total - progress.done)) / progress.done));
  }
  return { label: what, share: progress.done / progress.total, detail: parts.filter(Boolean).join(' · ') };
}
