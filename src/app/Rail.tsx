import { Lock, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { BrandMark } from '../design/BrandMark.tsx';
import { classNames } from '../design/class-names.ts';

import { useFragment } from './fragment-location.ts';
import { pages, railPathOf } from './pages.ts';

export interface RailProps {
  readonly collapsed: boolean;
  readonly onCollapse: (collapsed: boolean) => void;
}

/**
 * The pages: a rail of icons and words at the left, collapsible to icons; a bar at the foot of narrow screens.
 */
export function Rail({ collapsed, onCollapse }: RailProps) {
  const [path] = useLocation();
  // Links carry the fragment in their href; drawn anew when it changes, they open the same state in a new tab.
  useFragment();
  const Toggle = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label="Pages"
      className={classNames(
        'fixed inset-x-0 bottom-0 z-20 flex h-14 border-t border-line bg-surface px-1 print:hidden',
        'wide:sticky wide:inset-auto wide:top-0 wide:h-dvh wide:flex-col wide:border-t-0 wide:border-r wide:px-2 wide:pb-2',
      )}
    >
      <div className="hidden h-12 shrink-0 items-center gap-2 px-2 text-[15px] font-semibold tracking-[-0.015em] wide:flex">
        <BrandMark />
        {collapsed ? <span className="sr-only">Cutline</span> : 'Cutline'}
      </div>
      {pages.map((page) => (
        <RailLink
          key={page.path}
          {...page}
          current={page.path === path ? 'page' : page.path === railPathOf(path) ? 'true' : undefined}
          collapsed={collapsed}
        />
      ))}
      <div className="mt-auto hidden flex-col gap-2 wide:flex">
        <button
          type="button"
          onClick={() => onCollapse(!collapsed)}
          aria-expanded={!collapsed}
          aria-label={collapsed ? 'Show page names' : 'Show icons only'}
          title={collapsed ? 'Show page names' : 'Show icons only'}
          className="flex h-8 w-8 items-center justify-center self-start rounded-control text-text-3 hover:bg-sunk hover:text-text-2"
        >
          <Toggle size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
        <p className="px-2 pb-2 text-caption text-text-3" title="On this machine. No row leaves it.">
          <span className="flex items-center gap-1.5 font-medium text-text-2">
            <Lock size={16} strokeWidth={1.5} aria-hidden="true" />
            <span className={classNames(collapsed && 'sr-only')}>On this machine</span>
          </span>
          <span className={classNames(collapsed && 'sr-only')}>No row leaves it</span>
        </p>
      </div>
    </nav>
  );
}

interface RailLinkProps {
  readonly path: string;
  readonly name: string;
  readonly icon: (typeof pages)[number]['icon'];
  /** The page itself, or (true) a page that belongs to it. */
  readonly current: 'page' | 'true' | undefined;
  readonly collapsed: boolean;
}

function RailLink({ path, name, icon: Icon, current, collapsed }: RailLinkProps) {
  return (
    <Link
      href={path}
      aria-current={current}
      title={collapsed ? name : undefined}
      className={classNames(
        'flex flex-1 flex-col items-center justify-center gap-0.5 rounded-control text-picture font-medium',
        'wide:mb-0.5 wide:h-8 wide:flex-none wide:flex-row wide:justify-start wide:gap-2.5 wide:px-2 wide:text-table',
        current !== undefined
          ? 'text-accent-ink wide:bg-accent-soft'
          : 'text-text-2 hover:text-text wide:hover:bg-sunk',
      )}
    >
      <Icon size={16} />
      <span className={classNames(collapsed && 'wide:sr-only')}>{name}</span>
    </Link>
  );
}
