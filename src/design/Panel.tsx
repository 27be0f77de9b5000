import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

export interface PanelProps {
  /** Says what is shown: "Net value by threshold". */
  readonly title: string;
  /** How it was computed, with n: "1,336 test rows; every distinct threshold". */
  readonly caption?: ReactNode;
  /** The caption stands beside the title where it has room: for a panel over a table. */
  readonly captionBeside?: boolean;
  /** The quiet menu at the right of the title. */
  readonly menu?: ReactNode;
  readonly children: ReactNode;
  /** A hairline above: between rows of panels. */
  readonly ruled?: boolean;
  /** Result of an older question while the new one is computed: dimmed, never blank. */
  readonly isStale?: boolean;
  readonly className?: string;
}

const captionLook = 'text-caption text-text-3 [overflow-wrap:anywhere]';

/** A titled part of a page. No box: title, caption, content, and at most a hairline. */
export function Panel(props: PanelProps) {
  const { title, caption, captionBeside = false, menu, children, ruled, isStale, className } = props;
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      aria-busy={isStale ?? false}
      className={classNames('relative min-w-0', ruled && 'border-t border-line pt-2.5', className)}
    >
      <div className="flex min-h-[18px] items-start gap-2">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-2.5">
          <h2 id={titleId} className="min-w-0">
            {title}
          </h2>
          {captionBeside && caption !== undefined && <p className={captionLook}>{caption}</p>}
        </div>
        {menu !== undefined && <div className="-my-1 ml-auto flex">{menu}</div>}
      </div>
      {!captionBeside && caption !== undefined && <p className={captionLook}>{caption}</p>}
      <div className={classNames('mt-1.5 transition-opacity duration-150', isStale && 'opacity-50')}>
        {children}
      </div>
    </section>
  );
}
