import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { RegistryNotice } from '../features/registry/RegistryNotice.tsx';
import { waitingQuery } from '../registry/queries.ts';
import { useRegistryStatus } from '../registry/status.ts';

/**
 * Keeps asking, on every page, whether the registry answers, so that decisions that wait are sent when it is back. Says
 * something only while decisions wait: without them nobody needs the registry here.
 */
export function RegistryWatch() {
  useRegistryStatus();
  const { data: waiting = [] } = useQuery(waitingQuery());
  const [path] = useLocation();
  // The registry's own page says it by itself.
  if (path === '/registry') return null;
  if (waiting.every(({ refusal }) => refusal !== null)) return null;
  return (
    <div className="px-5 pt-2 empty:hidden max-wide:px-4">
      <RegistryNotice />
    </div>
  );
}
