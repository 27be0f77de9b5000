import type { ReactNode } from 'react';
import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';

export interface ProgressBarProps {
  readonly label: string;
  /** 0..1; NaN while the total is unknown. */
  readonly share: number;
  /** Right of the label: "1.2 M rows/s · 12 s left" (formatRowsPerSecond, formatTimeLeft). */
  readonly detail?: string;
  /** A cancel button. */
  readonly action?: ReactNode;
}

/** How far a long job is, how fast, how long still. */
export function ProgressBar({ label, share, detail, action }: ProgressBarProps) {
  const known = Number.isFinite(share);
  return (
    <div className="flex items-center gap-3">
      <AriaProgressBar
        value={known ? Math.min(Math.max(share, 0), 1) * 100 : 0}
        isIndeterminate={!known}
        className="grid min-w-0 flex-1 gap-1"
      >
        <div className="flex justify-between gap-3 text-caption">
          <Label className="truncate text-text-2">{label}</Label>
          {detail !== undefined && <span className="shrink-0 text-text-3">{detail}</span>}
        </div>
        <svg width="100%" height="4" aria-hidden className="rounded-cell">
          <rect width="100%" height="4" className="fill-ref-soft" />
          {known ? (
            <rect width={`${Math.min(Math.max(share, 0), 1) * 100}%`} height="4" className="fill-accent" />
          ) : (
            <rect width="30%" height="4" className="animate-pulse fill-accent" />
          )}
        </svg>
      </AriaProgressBar>
      {action}
    </div>
  );
}
