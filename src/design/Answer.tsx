import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface AnswerProps {
  readonly children: ReactNode;
  /** Lines of its longest form on a desk screen, whose height is kept: a drag that shortens it moves nothing below it. */
  readonly lines?: 2 | 3;
}

const heights = { 2: 'desk:min-h-14', 3: 'desk:min-h-[84px]' };

/**
 * The sentence that opens a page: computed, in plain words, with its uncertainty.
 * Put numbers in <b> (they become 600) and uncertainty in <em> (quieter, upright).
 */
export function Answer({ children, lines }: AnswerProps) {
  return (
    <p
      className={classNames(
        'mb-2 max-w-[88ch] text-answer tracking-[-0.014em] text-pretty max-wide:text-[17px] max-wide:leading-6',
        '[&_b]:font-semibold [&_em]:text-[0.9em] [&_em]:leading-none [&_em]:text-text-3 [&_em]:not-italic',
        lines !== undefined && heights[lines],
      )}
    >
      {children}
    </p>
  );
}
