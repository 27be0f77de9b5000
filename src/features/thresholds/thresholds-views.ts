import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ThresholdsView } from '../../contracts/saved-state.ts';
import type { ThresholdsViewProps } from './view-props.ts';

/** A part of the page besides the decision itself. */
interface LoadedView {
  readonly id: ThresholdsView;
  /** The name of its tab. */
  readonly label: string;
  readonly load: () => Promise<{ readonly default: ComponentType<ThresholdsViewProps> }>;
}

/** In the order of the tabs; the decision comes before them. Each part is a folder of this one and loads on its own. */
const loadedViews: readonly LoadedView[] = [
  {
    id: 'sensitivity',
    label: 'Sensitivity',
    load: async () => ({ default: (await import('./sensitivity/SensitivityView.tsx')).SensitivityView }),
  },
  {
    id: 'ranking',
    label: 'Ranking',
    load: async () => ({ default: (await import('./ranking/RankingView.tsx')).RankingView }),
  },
  {
    id: 'calibration',
    label: 'Calibration',
    load: async () => ({ default: (await import('./calibration/CalibrationView.tsx')).CalibrationView }),
  },
  {
    id: 'bands',
    label: 'Bands',
    load: async () => ({ default: (await import('./bands/BandsView.tsx')).BandsView }),
  },
  {
    id: 'cascade',
    label: 'Cascade',
    load: async () => ({ default: (await import('./cascade/CascadeView.tsx')).CascadeView }),
  },
  {
    id: 'policy',
    label: 'Policy',
    load: async () => ({ default: (await import('./policy/PolicyView.tsx')).PolicyView }),
  },
];

/** The tabs of the page. */
export const viewTabs: readonly { readonly id: ThresholdsView; readonly label: string }[] = [
  { id: 'decision', label: 'Decision' },
  ...loadedViews.map(({ id, label }) => ({ id, label })),
];

/** The parts that load on their own, by id. */
export const lazyViews: ReadonlyMap<
  ThresholdsView,
  LazyExoticComponent<ComponentType<ThresholdsViewProps>>
> = new Map(loadedViews.map(({ id, load }) => [id, lazy(load)]));

/** Fetches the code of every part, so that a tab opens at once, and also when the server has gone away meanwhile. */
export function preloadViews(): Promise<unknown> {
  return Promise.allSettled(loadedViews.map(({ load }) => load()));
}
