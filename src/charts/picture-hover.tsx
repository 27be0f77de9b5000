import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';

/** The score under the pointer, shared by all aligned pictures of a page; null while there is none. */
interface HoverStore {
  get(): number | null;
  set(threshold: number | null): void;
  subscribe(listener: () => void): () => void;
}

function createHoverStore(): HoverStore {
  let hovered: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => hovered,
    set: (threshold) => {
      if (threshold === hovered) return;
      hovered = threshold;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const HoverContext = createContext<HoverStore | null>(null);

/** Around the pictures that share a score axis: hovering one shows exact values in all. */
export function AlignedPictures({ children }: { readonly children: ReactNode }) {
  const [store] = useState(createHoverStore);
  return <HoverContext value={store}>{children}</HoverContext>;
}

/** The hovered threshold and its setter; a picture outside {@link AlignedPictures} has its own. */
export function usePictureHover(): readonly [number | null, (threshold: number | null) => void] {
  const [own] = useState(createHoverStore);
  const store = useContext(HoverContext) ?? own;
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}
