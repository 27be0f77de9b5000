import type { ReactNode } from 'react';

/**
 * The sentence that opens a page: computed, in plain words, with its uncertainty.
 * Put numbers in <b> (they become 600) and uncertainty in <em> (quieter, upright). At most 80 characters a line.
 */
export function Answer({ children }: { readonly children: ReactNode }) {
  return (
    <p className="mb-3 max-w-[80ch] text-answer tracking-[-0.014em] text-pretty max-wide:text-[17px] max-wide:leading-6 [&_b]:font-semibold [&_em]:text-text-3 [&_em]:not-italic">
      {children}
    </p>
  );
}
