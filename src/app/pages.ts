import { Archive, ChartBarDecreasing, ChartNoAxesColumn, Table2 } from 'lucide-react';
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

function ExplainIcon({ size = 16 }: { readonly size?: number }) {
  return createElement(ChartBarDecreasing, { size, strokeWidth: 1.5, 'aria-hidden': true });
}

function ImpactIcon({ size = 16 }: { readonly size?: number }) {
  return createElement(ChartNoAxesColumn, { size, strokeWidth: 1.5, 'aria-hidden': true });
}

/** The pages that exist, in the order of the rail. */
export const pages: readonly PageEntry[] = [
  { path: '/', name: 'Workspace', icon: WorkspaceIcon, analysis: false },
  { path: '/thresholds', name: 'Thresholds', icon: ThresholdIcon, analysis: true },
  { path: '/explain', name: 'Explain', icon: ExplainIcon, analysis: true },
  { path: '/impact', name: 'Impact', icon: ImpactIcon, analysis: true },
  { path: '/registry', name: 'Registry', icon: RegistryIcon, analysis: false },
];

/** The page about the current model; it belongs to the workspace and has no entry of its own in the rail. */
export const modelPath = '/model';

/** The name of the page at a path, for its title; null when there is no such page. */
export function pageNameAt(path: string): string | null {
  if (path === modelPath) return 'Model';
  return pages.find((page) => page.path === path)?.name ?? null;
}

/** The path of the page whose entry in the rail stands for a path. */
export function railPathOf(path: string): string {
  return path === modelPath ? '/' : path;
}
