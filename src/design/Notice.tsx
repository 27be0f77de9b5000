import { Info, OctagonX, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';

export interface NoticeProps {
  readonly tone: 'info' | 'warn' | 'fail';
  readonly children: ReactNode;
  /** Buttons that act on it. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

const tones = {
  info: { Icon: Info, box: 'bg-sunk', icon: 'text-text-3' },
  warn: { Icon: TriangleAlert, box: 'bg-warn-soft', icon: 'text-warn' },
  fail: { Icon: OctagonX, box: 'bg-fail-soft', icon: 'text-fail' },
};

/** Something worth knowing that stops nothing; read out when it appears. */
export function Notice({ tone, children, actions, onDismiss }: NoticeProps) {
  const { Icon, box, icon } = tones[tone];
  return (
    <div
      role="status"
      className={classNames('flex items-start gap-2 rounded-control px-3 py-2 text-table', box)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={classNames('mt-px shrink-0', icon)} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere] text-text">{children}</div>
      {actions !== undefined && <div className="-my-1.5 flex shrink-0 gap-1">{actions}</div>}
      {onDismiss !== undefined && (
        <Button kind="icon" label="Dismiss" onPress={onDismiss} className="-my-1.5 -mr-2">
          <X size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
    </div>
  );
}
