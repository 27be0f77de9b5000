import { Link } from 'wouter';
import { EmptyState } from '../design/EmptyState.tsx';

/** A path that no page has. */
export function NotFoundPage() {
  return (
    <main id="content" className="px-5 max-wide:px-4">
      <h1 className="sr-only">No such page</h1>
      <EmptyState
        title="There is no page at this address."
        action={
          <Link href="/" className="font-medium text-accent-ink underline underline-offset-2">
            Go to the workspace
          </Link>
        }
      >
        What was open stays open.
      </EmptyState>
    </main>
  );
}
