import { Archive, Table2 } from 'lucide-react';
import { type ComponentType, createElement } from 'react';
import { ThresholdIcon } from '../design/ThresholdIcon.tsx';

/** A page of the app: what the rail, the title and the router know of it. */
export interface PageEntry {
  readonly path: string;
  readonly name: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
  /** Analysis pages carry the decision bar. */
  readonly analysis: boolean;
}

function WorkspaceIcon({ size = 16 }: { readonly size?: number }) {
  return createElement(Table2, { size, strokeWidth: 1.5, 'aria-hidden': true });
}

function RegistryIcon({ size = 16 }: { readonly size?: number }) {
  return createElement(Archive, { size, strokeWidth: 1.5, 'aria-hidden': true });
}

/** The pages that exist, in the order of the rail. */
export const pages: readonly PageEntry[] = [
  { path: '/', name: 'Workspace', icon: WorkspaceIcon, analysis: false },
  { path: '/thresholds', name: 'Thresholds', icon: ThresholdIcon, analysis: true },
  { path: '/registry', name: 'Registry', icon: RegistryIcon, analysis: false },
];

/** The page at a path; undefined when there is none. */
export function pageAt(path: string): PageEntry | undefined {
  return pages.find((page) => page.path === path);
}
