import { useSyncExternalStore } from 'react';

/** How large the page's pictures are drawn; each is drawn anew for its size, never scaled. */
export type PictureSize = 'narrow' | 'plain' | 'large';

/** The narrow layout ends where design/tokens.css has its breakpoint `wide`. */
const narrow = '(max-width: 720px)';
/** Room for larger pictures without pushing the tables off the first screen. */
const large = '(min-width: 1600px) and (min-height: 1000px)';

/** Heights in px of the page's pictures. */
export const pictureHeights = {
  narrow: { money: 264, rates: 180, ratesAlone: 260, curve: 240, part: 280 },
  plain: { money: 186, rates: 118, ratesAlone: 316, curve: 134, part: 300 },
  large: { money: 330, rates: 180, ratesAlone: 420, curve: 226, part: 380 },
} as const;

function current(): PictureSize {
  if (matchMedia(narrow).matches) return 'narrow';
  return matchMedia(large).matches ? 'large' : 'plain';
}

function subscribe(listener: () => void): () => void {
  const media = [matchMedia(narrow), matchMedia(large)];
  for (const query of media) query.addEventListener('change', listener);
  return () => {
    for (const query of media) query.removeEventListener('change', listener);
  };
}

/** The size for this window, followed as it changes. */
export function usePictureSize(): PictureSize {
  return useSyncExternalStore(subscribe, current);
}
