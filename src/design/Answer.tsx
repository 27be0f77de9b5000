import type { ReactNode } from 'react';

/**
 * The sentence that opens a page: computed, in plain words, with its uncertainty.
 * Put numbers in <b> (they become 600) and uncertainty in <em> (quieter, upright). Two lines on a desk screen, whose height is kept
 * so that a drag that shortens the sentence moves nothing below it.
 */
export function Answer({ children }: { readonly children: ReactNode }) {
  return (
    <p className="mb-3 max-w-[88ch] text-answer desk:min-h-14 tracking-[-0.014em] text-pretty max-wide:text-[17px] max-wide:leading-6 [&_b]:font-semibold [&_em]:text-text-3 [&_em]:text-[0.9em] [&_em]:leading-none [&_em]:not-italic">
      {children}
    </p>
  );
}
