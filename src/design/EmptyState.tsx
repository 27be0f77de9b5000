import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** What this page will answer, as a sentence. */
  readonly title: string;
  readonly children?: ReactNode;
  /** The one button that gets there. */
  readonly action?: ReactNode;
}

/** A page or panel before there is anything to show. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="grid max-w-[60ch] justify-items-start gap-3 py-10">
      <h2 className="text-answer font-normal tracking-[-0.014em]">{title}</h2>
      {children !== undefined && <div className="text-body text-text-2">{children}</div>}
      {action}
    </div>
  );
}
