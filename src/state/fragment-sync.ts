/**
 * Keeps the address and the session in step. The session writes its choices into the fragment of the current history
 * entry (replaced, never pushed: the back button walks pages, undo walks choices). The address speaks when the page
 * loads and when a link is pasted into the same tab.
 */
import type { ViewState } from '../contracts/saved-state.ts';
import { type DecodedFragment, decodeFragment, encodeFragment } from './fragment-codec.ts';
import { useWorkspace } from './workspace-store.ts';

/** The part of `window` that the sync touches; a test gives its own. */
export interface FragmentHost {
  readonly location: { readonly pathname: string; readonly search: string; readonly hash: string };
  readonly history: {
    readonly state: unknown;
    replaceState(state: unknown, unused: string, url: string): void;
  };
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/**
 * Least time between two writes. Safari allows 100 history calls in 30 s and Chrome 200; a drag of the threshold
 * would use them up in two seconds, and the router needs some too.
 */
const WRITE_INTERVAL_MS = 400;

/** Put into the state of each history entry that we have written, to tell it from a pasted link. */
const MARK = 'cutlineEntry';

/**
 * What to do when the address changes under the session.
 *
 * An unmarked entry with a fragment is a pasted link: open it. A marked one is reached by Back or Forward: the session's
 * choices go on (the threshold must not jump back because the page did), unless it was about other data. An entry without
 * a fragment asks for nothing.
 */
export function fragmentAction(entry: {
  readonly fragment: string;
  readonly marked: boolean;
  readonly linked: ViewState;
  readonly current: ViewState;
}): 'open' | 'keep' {
  if (entry.fragment === '' || encodeFragment(entry.linked) === encodeFragment(entry.current)) return 'keep';
  return entry.marked && sameData(entry.linked, entry.current) ? 'keep' : 'open';
}

function sameData(a: ViewState, b: ViewState): boolean {
  return a.demo === b.demo && a.table?.id === b.table?.id && a.model?.id === b.model?.id;
}

/**
 * Starts the sync and answers a function that stops it.
 *
 * @param open called with the decoded fragment when the address names a state: on load (if there is a fragment) and for
 *   a link pasted later. It puts the state into the session and fetches or asks for what the link needs.
 * Writes come at most every 400 ms (at once when other data are chosen), the latest wins, and a pending one is written when the page is left. Works beside
 * wouter, which announces its own `pushState` and `replaceState` as window events and drops the fragment on navigation.
 */
export function startFragmentSync(host: FragmentHost, open: (link: DecodedFragment) => void): () => void {
  let writing = false;
  let lastWriteMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function writeNow(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const fragment = encodeFragment(useWorkspace.getState().choices);
    const { pathname, search, hash } = host.location;
    const wanted = fragment === '' ? '' : `#${fragment}`;
    if (hash === wanted && isMarked(host)) return;
    lastWriteMs = performance.now();
    writing = true;
    try {
      host.history.replaceState(marked(host), '', pathname + search + wanted);
    } catch {
      // The browser refuses when history was written too often (SecurityError); the session is unharmed, so try later.
      timer = setTimeout(writeNow, 10 * WRITE_INTERVAL_MS);
    } finally {
      writing = false;
    }
  }

  function writeSoon(): void {
    const wait = lastWriteMs + WRITE_INTERVAL_MS - performance.now();
    if (wait <= 0) writeNow();
    else timer ??= setTimeout(writeNow, wait);
  }

  function onAddressChange(): void {
    const fragment = host.location.hash.slice(1);
    const link = decodeFragment(fragment);
    const { choices } = useWorkspace.getState();
    const action = fragmentAction({
      fragment,
      marked: isMarked(host),
      linked: link.state,
      current: choices,
    });
    if (action === 'open') open(link);
    writeNow();
  }

  const onNavigate = (): void => {
    if (!writing) writeNow();
  };
  const onLeave = (): void => {
    if (timer !== null) writeNow();
  };

  if (host.location.hash.length > 1) open(decodeFragment(host.location.hash));
  writeNow();
  const unsubscribe = useWorkspace.subscribe((state, before) => {
    if (state.choices === before.choices) return;
    // Other data are chosen seldom, and a reload right after must find them: the address is read before `pagehide` is told.
    if (sameData(state.choices, before.choices)) writeSoon();
    else writeNow();
  });
  const listeners: readonly (readonly [string, () => void])[] = [
    ['popstate', onAddressChange],
    ['hashchange', onAddressChange],
    ['pushState', onNavigate],
    ['replaceState', onNavigate],
    ['pagehide', onLeave],
  ];
  for (const [type, listener] of listeners) host.addEventListener(type, listener);
  return () => {
    if (timer !== null) clearTimeout(timer);
    unsubscribe();
    for (const [type, listener] of listeners) host.removeEventListener(type, listener);
  };
}

function isMarked(host: FragmentHost): boolean {
  const { state } = host.history;
  return typeof state === 'object' && state !== null && MARK in state;
}

function marked(host: FragmentHost): object {
  const { state } = host.history;
  return { ...(typeof state === 'object' ? state : null), [MARK]: true };
}
