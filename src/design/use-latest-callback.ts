import { useCallback, useRef } from 'react';

/**
 * A callback that never changes and always calls the newest one. With it a memoised control is drawn again only when
 * what it shows changes, though its page builds new callbacks on every frame of a drag. For events only: the newest
 * callback is known after a render, not during it.
 */
export function useLatestCallback<Args extends readonly unknown[]>(
  callback: (...args: Args) => void,
): (...args: Args) => void {
  const latest = useRef(callback);
  latest.current = callback;
  return useCallback((...args: Args) => latest.current(...args), []);
}
