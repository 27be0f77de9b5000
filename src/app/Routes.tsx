import { lazy, Suspense, useEffect } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { preloadViews } from '../features/thresholds/thresholds-views.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { PageSkeleton } from './analysis/OpeningPage.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { modelPath, pageNameAt } from './pages.ts';
import { usePageTitle } from './use-page-title.ts';
import { whenIdle } from './when-idle.ts';

const load = {
  workspace: () => import('./WorkspaceRoute.tsx'),
  thresholds: () => import('./ThresholdsRoute.tsx'),
  explain: () => import('./ExplainRoute.tsx'),
  impact: () => import('./ImpactRoute.tsx'),
  registry: () => import('./RegistryRoute.tsx'),
  model: () => import('./ModelRoute.tsx'),
};

const WorkspaceRoute = lazy(load.workspace);
const ThresholdsRoute = lazy(load.thresholds);
const ExplainRoute = lazy(load.explain);
const ImpactRoute = lazy(load.impact);
const RegistryRoute = lazy(load.registry);
const ModelRoute = lazy(load.model);

/**
 * Fetches the code of every page and its parts while nothing else is to do, so that a page opens at once, and also when the server has
 * gone away meanwhile.
 */
function preloadPages(): void {
  whenIdle(() => void Promise.allSettled([...Object.values(load), preloadViews].map((one) => one())));
}

/** Which page is shown for which path; the fragment is none of its business (decisions/0002). */
export function Routes() {
  const [path] = useLocation();
  useEffect(preloadPages, []);
  return (
    <ErrorBoundary resetKey={path}>
      <Suspense
        fallback={
          <main id="content" aria-busy="true" className="px-5 py-4 max-wide:px-4">
            <PageSkeleton />
          </main>
        }
      >
        <PageTitle path={path} />
        <Switch>
          <Route path="/" component={WorkspaceRoute} />
          <Route path="/thresholds" component={ThresholdsRoute} />
          <Route path="/explain" component={ExplainRoute} />
          <Route path="/impact" component={ImpactRoute} />
          <Route path="/registry" component={RegistryRoute} />
          <Route path={modelPath} component={ModelRoute} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function PageTitle({ path }: { readonly path: string }) {
  const tableName = useWorkspace((state) => state.table.value?.name ?? null);
  usePageTitle(pageNameAt(path) ?? 'No such page', tableName);
  return null;
}
