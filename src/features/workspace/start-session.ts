import { type FragmentHost, startFragmentSync } from '../../state/fragment-sync.ts';
import { startHistory } from '../../state/history.ts';
import { followBeside } from './bring-back-beside.ts';
import { reopenLink } from './reopen-link.ts';
import { watchSession } from './watch-session.ts';

/**
 * Starts what lives as long as the page does: the session follows its own changes, and stays in step with the address.
 * Called once by the app before it renders; answers a function that stops it.
 */
export function startSession(host: FragmentHost): () => void {
  const stopHistory = startHistory();
  const stopWatching = watchSession();
  const stopBeside = followBeside(host.location.hash.length > 1);
  const stopSync = startFragmentSync(host, reopenLink);
  return () => {
    stopSync();
    stopBeside();
    stopWatching();
    stopHistory();
  };
}
