import type { ReactNode } from 'react';

/** A key. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-[3px] bg-sunk px-1 font-sans text-[11px] leading-4 font-medium text-text-3">
      {children}
    </kbd>
  );
}
