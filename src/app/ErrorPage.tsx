import { isCutlineError } from '../core/errors.ts';
import { Button } from '../design/Button.tsx';
import { ErrorPanel } from '../design/ErrorPanel.tsx';

export interface ErrorPageProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What stands in a page's place when it could not be drawn: a way back, and what to send to whoever can help. */
export function ErrorPage({ error, onRetry }: ErrorPageProps) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <main id="content" className="p-5">
      <h1 className="sr-only">Error</h1>
      <ErrorPanel
        title="This page could not be drawn"
        message={message}
        advice={
          isCutlineError(error)
            ? error.advice
            : 'Your table, model and choices are still open. Draw the page again, or go to another page.'
        }
        details={error instanceof Error ? (error.stack ?? error.message) : message}
        actions={<Button onPress={onRetry}>Draw the page again</Button>}
      />
    </main>
  );
}
