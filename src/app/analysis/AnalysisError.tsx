import { isCutlineError } from '../../core/errors.ts';
import { Button } from '../../design/Button.tsx';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';
import { placeText } from './place-text.ts';

export interface AnalysisErrorProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
  readonly onWorkspace?: () => void;
}

/** Why an analysis page has no answer: what, where, what to do. */
export function AnalysisError({ title, error, onRetry, onWorkspace }: AnalysisErrorProps) {
  const known = isCutlineError(error);
  const place = known ? placeText(error.place) : '';
  return (
    <ErrorPanel
      title={title}
      message={error.message}
      {...(place === '' ? {} : { place })}
      {...(known ? { advice: error.advice } : {})}
      details={[known ? error.code : error.name, error.stack ?? error.message].join('\n')}
      actions={
        <>
          {onRetry !== undefined && <Button onPress={onRetry}>Try again</Button>}
          {onWorkspace !== undefined && <Button onPress={onWorkspace}>Go to the workspace</Button>}
        </>
      }
    />
  );
}
