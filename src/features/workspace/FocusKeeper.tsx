import { type RefObject, useEffect, useRef } from 'react';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useKeptData } from './use-kept-data.ts';

/**
 * Keeps the keyboard's place: when what had the focus is taken off the page by a change of the session or of what is kept (the
 * button that opened the demo, or forgot a file), the focus goes to the fallback instead of the start of the document.
 */
export function FocusKeeper({ fallback }: { readonly fallback: RefObject<HTMLElement | null> }) {
  useWorkspace();
  useKeptData();
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const remember = (event: FocusEvent): void => {
      last.current = event.target instanceof Element ? event.target : null;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  // After every change, which is why all of it is followed above.
  useEffect(() => {
    if (last.current === null || last.current.isConnected || document.activeElement !== document.body) return;
    last.current = null;
    fallback.current?.focus({ preventScroll: true });
  });
  return null;
}
