import { WorkspacePage } from '../features/workspace/WorkspacePage.tsx';

/** `/`. Default export because the route is loaded lazily. */
export default function WorkspaceRoute() {
  return <WorkspacePage />;
}
