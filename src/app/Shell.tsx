import { type ReactNode, useState } from 'react';
import { classNames } from '../design/class-names.ts';
import { WindowDrop } from '../features/workspace/WindowDrop.tsx';
import { CommandCenter } from './commands/CommandCenter.tsx';
import { Notices } from './Notices.tsx';
import { Rail } from './Rail.tsx';
import { RegistryWatch } from './RegistryWatch.tsx';
import { TopBar } from './TopBar.tsx';

const STORAGE_KEY = 'cutline-rail';

/** The frame on every page: skip link, rail, top bar, notices, and the page under them. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [collapsed, setCollapsed] = useState(wasCollapsed);
  const collapse = (next: boolean) => {
    setCollapsed(next);
    keepCollapsed(next);
  };
  return (
    <div
      className={classNames(
        // On paper the rail is gone, and its column with it.
        'grid min-h-dvh grid-cols-[minmax(0,1fr)] print:grid-cols-[minmax(0,1fr)]!',
        collapsed ? 'wide:grid-cols-[49px_minmax(0,1fr)]' : 'wide:grid-cols-[168px_minmax(0,1fr)]',
      )}
    >
      <button
        type="button"
        onClick={skipToContent}
        className="sr-only z-30 rounded-control bg-accent px-3 py-1.5 text-table font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </button>
      <WindowDrop />
      <CommandCenter />
      <Rail collapsed={collapsed} onCollapse={collapse} />
      <div className="flex min-w-0 flex-col bg-surface max-wide:pb-14 max-wide:row-start-1 print:pb-0!">
        <TopBar />
        <div className="contents print:hidden">
          <Notices />
          <RegistryWatch />
        </div>
        {children}
      </div>
    </div>
  );
}

/** A button and no link: the fragment of the address belongs to the saved state. */
function skipToContent(): void {
  const content = document.getElementById('content');
  if (content === null) return;
  content.tabIndex = -1;
  content.focus();
}

function wasCollapsed(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'collapsed';
  } catch {
    return false;
  }
}

function keepCollapsed(collapsed: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, collapsed ? 'collapsed' : 'open');
  } catch {
    // A browser that refuses storage forgets it with the page.
  }
}
