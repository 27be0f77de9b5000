import { useEffect, useState } from 'react';
import { whenIdle } from '../when-idle.ts';

type Palette = typeof import('./CommandPalette.tsx').CommandPalette;

/**
 * The command palette, whose code is fetched while nothing else is to do, or when it is wanted; null until it is there.
 * React's `lazy` would hold back its first opening for 300 ms, even when the code is at hand.
 */
export function usePalette(isWanted: boolean): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  const isThere = palette !== null;
  useEffect(() => {
    if (isThere) return;
    const load = (): void => {
      // Where the server has gone away the key does nothing; the next press asks again.
      import('./CommandPalette.tsx').then(
        (module) => setPalette(() => module.CommandPalette),
        () => undefined,
      );
    };
    if (isWanted) load();
    else whenIdle(load);
  }, [isWanted, isThere]);
  return palette;
}
