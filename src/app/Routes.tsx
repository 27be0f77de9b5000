import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useWorkspace } from '../state/workspace-store.ts';
import { PageSkeleton } from './analysis/OpeningPage.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { pageAt } from './pages.ts';
import { usePageTitle } from './use-page-title.ts';

const WorkspaceRoute = lazy(() => import('./WorkspaceRoute.tsx'));
const ThresholdsRoute = lazy(() => import('./ThresholdsRoute.tsx'));
const RegistryRoute = lazy(() => import('./RegistryRoute.tsx'));

/** Which page is shown for which path; the fragment is none of its business (decisions/0002). */
export function Routes() {
  const [path] = useLocation();
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
          <Route path="/registry" component={RegistryRoute} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function PageTitle({ path }: { readonly path: string }) {
  const tableName = useWorkspace((state) => state.table.value?.name ?? null);
  usePageTitle(pageAt(path)?.name ?? 'No such page', tableName);
  return null;
}
