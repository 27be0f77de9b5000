import { OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { Disclosure } from './Disclosure.tsx';

export interface ErrorPanelProps {
  /** What was tried, in the user's words: "loans.csv was not opened". */
  readonly title: string;
  /** What is wrong and where (the message of a Cutline error holds both). */
  readonly message: string;
  /** Where, when the message does not say it: "line 14, column Amount". */
  readonly place?: string;
  /** What to do. */
  readonly advice?: string;
  /** For the person who is asked to help: code, stack. Folded and copyable. */
  readonly details?: string;
  /** "Try again", "Choose another file". */
  readonly actions?: ReactNode;
}

/** An error as a part of the page: what, where, what to do. Nothing that was loaded before is hidden by it. */
export function ErrorPanel({ title, message, place, advice, details, actions }: ErrorPanelProps) {
  return (
    <section
      role="alert"
      className="grid grid-cols-[minmax(0,1fr)] gap-2 border-l-2 border-fail bg-fail-soft px-4 py-3"
    >
      <h2 className="flex items-center gap-1.5 text-text">
        <OctagonX size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-fail" />
        {title}
      </h2>
      <p className="max-w-[80ch] text-body break-words text-text">{message}</p>
      {place !== undefined && <p className="text-table text-text-2">Where: {place}</p>}
      {advice !== undefined && advice !== '' && (
        <p className="max-w-[80ch] text-table text-text-2">{advice}</p>
      )}
      {actions !== undefined && <div className="flex flex-wrap gap-2 pt-1">{actions}</div>}
      {details !== undefined && (
        <Disclosure title="Details">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
            tabIndex={0}
            className="my-1 max-h-48 overflow-auto text-caption whitespace-pre-wrap text-text-2 [overflow-wrap:anywhere]"
          >
            {details}
          </pre>
          <CopyButton text={details} />
        </Disclosure>
      )}
    </section>
  );
}
