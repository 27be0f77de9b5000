import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '../../design/Badge.tsx';
import { BreakableName } from '../../design/BreakableName.tsx';
import { Button } from '../../design/Button.tsx';
import { classNames } from '../../design/class-names.ts';

export interface OpenListItem {
  readonly id: string;
  readonly name: string;
  /** "Champion". */
  readonly badge?: string;
  /** "4,454 rows × 16 columns". */
  readonly detail: string;
}

interface OpenListProps {
  /** "Open tables". */
  readonly label: string;
  readonly items: readonly OpenListItem[];
  readonly currentId: string | null;
  readonly onSwitch: (id: string) => void;
  readonly onClose: (id: string) => void;
  /** What is known of the current one, under its line. */
  readonly children?: ReactNode;
}

/** What is open of one kind: pressing a line makes it the current one, its cross closes it. */
export function OpenList({ label, items, currentId, onSwitch, onClose, children }: OpenListProps) {
  return (
    <ul aria-label={label} className="grid gap-1">
      {items.map(({ id, name, badge, detail }) => {
        const isCurrent = id === currentId;
        return (
          <li key={id} className="grid gap-1.5">
            <div
              className={classNames(
                'flex items-start rounded-control',
                isCurrent ? 'bg-accent-soft shadow-[inset_2px_0_var(--accent)]' : 'hover:bg-sunk',
              )}
            >
              <button
                type="button"
                aria-current={isCurrent}
                onClick={() => onSwitch(id)}
                className="min-w-0 flex-1 cursor-default rounded-control py-1 pr-1 pl-2.5 text-left text-table"
              >
                <span className="flex items-start justify-between gap-2">
                  <span className={classNames('[overflow-wrap:anywhere]', isCurrent && 'font-medium')}>
                    <BreakableName name={name} />
                  </span>
                  {badge !== undefined && <Badge>{badge}</Badge>}
                </span>
                <span className="block text-caption text-text-3">{detail}</span>
              </button>
              <Button kind="icon" label={`Close ${name}`} onPress={() => onClose(id)}>
                <X size={14} strokeWidth={1.75} aria-hidden="true" />
              </Button>
            </div>
            {isCurrent && children !== undefined && <div className="grid gap-2 pl-2.5">{children}</div>}
          </li>
        );
      })}
    </ul>
  );
}
