import { asCutlineError } from '../../contracts/error-data.ts';
import { Notice } from '../../design/Notice.tsx';

/** Why a change did not work and what to do; nothing while it did. */
export function MutationError({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  const { message, advice } = asCutlineError(error);
  return (
    <Notice tone="fail">
      {message} {advice}
    </Notice>
  );
}
