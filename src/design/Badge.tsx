import type { ReactNode } from 'react';

/** One word about the thing beside it: Champion, demo, numeric. */
export function Badge({ children }: { readonly children: ReactNode }) {
  return (
    <span className="inline-flex h-5 items-center rounded-badge border border-line-2 px-[7px] text-caption font-medium whitespace-nowrap text-text-2">
      {children}
    </span>
  );
}
