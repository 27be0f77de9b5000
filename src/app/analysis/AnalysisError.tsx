import { isCutlineError } from '../../core/errors.ts';
import { Button } from '../../design/Button.tsx';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';
import { type ErrorText, errorText } from '../../features/workspace/error-text.ts';

export interface AnalysisErrorProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
  readonly onWorkspace?: () => void;
}

/** Why an analysis page has no answer: what, where, what to do. */
export function AnalysisError({ title, error, onRetry, onWorkspace }: AnalysisErrorProps) {
  return (
    <ErrorPanel
      title={title}
      {...textOf(error)}
      actions={
        <>
          {onRetry !== undefined && <Button onPress={onRetry}>Try again</Button>}
          {onWorkspace !== undefined && <Button onPress={onWorkspace}>Go to the workspace</Button>}
        </>
      }
    />
  );
}

/** An error that is none of ours is a fault of the program: its own words are all there is. */
function textOf(error: Error): ErrorText {
  if (isCutlineError(error)) return errorText(error);
  return { message: error.message, details: [error.name, error.stack ?? error.message].join('\n') };
}
