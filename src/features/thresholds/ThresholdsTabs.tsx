import { createContext, type ReactNode, Suspense, useContext } from 'react';
import type { ThresholdsView } from '../../contracts/saved-state.ts';
import { Skeleton } from '../../design/Skeleton.tsx';
import { Tabs } from '../../design/Tabs.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { lazyViews, viewTabs } from './thresholds-views.ts';
import { ViewBoundary } from './ViewBoundary.tsx';
import type { ThresholdsViewProps } from './view-props.ts';

/** What the open part shows; a context, so that a drag of the threshold draws the part anew and not the tabs. */
const OpenPart = createContext<{
  readonly view: ThresholdsView;
  readonly props: ThresholdsViewProps;
  readonly decisionView: ReactNode;
} | null>(null);

/** The part of the page that is open; one that a link names and this version does not have is the decision. */
export function useThresholdsView(): ThresholdsView {
  const view = useWorkspace((state) => state.choices.thresholdsView);
  return lazyViews.has(view) ? view : 'decision';
}

export interface ThresholdsTabsProps extends ThresholdsViewProps {
  /** The decision itself; the other parts stand behind it and load on their own. */
  readonly decisionView: ReactNode;
}

/** The parts of the page under its answer: the decision, and what stands behind it. */
export function ThresholdsTabs({ decisionView, ...props }: ThresholdsTabsProps) {
  const view = useThresholdsView();
  const choose = useWorkspace((state) => state.choose);
  return (
    <OpenPart value={{ view, props, decisionView }}>
      <Tabs
        label="Parts of this page"
        tabs={viewTabs}
        selected={view}
        onSelect={(thresholdsView) => choose({ thresholdsView })}
      >
        {openPart}
      </Tabs>
    </OpenPart>
  );
}

function PartShown() {
  const part = useContext(OpenPart);
  if (part === null) return null;
  const View = lazyViews.get(part.view);
  if (View === undefined) return <div className="pt-2">{part.decisionView}</div>;
  return (
    <ViewBoundary key={part.view}>
      <Suspense fallback={<PartSkeleton />}>
        <div className="pt-3 pb-4">
          <View {...part.props} />
        </div>
      </Suspense>
    </ViewBoundary>
  );
}

const openPart = <PartShown />;

/** The shape of a part while its code is on its way: a picture and a table. */
function PartSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-6 pt-3">
      <Skeleton className="h-72" />
      <Skeleton className="h-40" />
    </div>
  );
}
