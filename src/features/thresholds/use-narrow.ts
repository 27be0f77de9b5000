import { useSyncExternalStore } from 'react';

/** The breakpoint of the narrow layout (design/tokens.css, --breakpoint-wide). */
const query = '(max-width: 720px)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** True on narrow screens, where pictures stand under each other and each needs its own score axis. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
