import { isCutlineError } from '../../../core/errors.ts';
import { ErrorPanel } from '../../../design/ErrorPanel.tsx';

/** Why a figure of this part is missing; the others stay. */
export function FailedFigure({ what, error }: { readonly what: string; readonly error: Error }) {
  return (
    <ErrorPanel
      title={`${what} could not be computed`}
      message={error.message}
      {...(isCutlineError(error) ? { advice: error.advice } : {})}
      details={error.stack ?? error.message}
    />
  );
}
