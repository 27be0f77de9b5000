import { type FragmentHost, startFragmentSync } from '../../state/fragment-sync.ts';
import { reopenLink } from './reopen-link.ts';
import { watchSession } from './watch-session.ts';

/**
 * Starts what lives as long as the page does: the session follows its own changes, and stays in step with the address.
 * Called once by the app before it renders; answers a function that stops both.
 */
export function startSession(host: FragmentHost): () => void {
  const stopWatching = watchSession();
  const stopSync = startFragmentSync(host, reopenLink);
  return () => {
    stopSync();
    stopWatching();
  };
}
