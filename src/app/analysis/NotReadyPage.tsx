import { useLocation } from 'wouter';
import { Button } from '../../design/Button.tsx';
import { EmptyState } from '../../design/EmptyState.tsx';
import { NeededFiles } from '../../features/workspace/NeededFiles.tsx';
import { needsFiles } from '../../features/workspace/open-decision.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { AnalysisError } from './AnalysisError.tsx';
import { OpeningPage } from './OpeningPage.tsx';
import { type Readiness, readinessOf } from './readiness.ts';

export interface NotReadyPageProps {
  /** The page's name, its heading while it has no answer. */
  readonly name: string;
  /** The question that the page answers, for its empty state. */
  readonly question: string;
  readonly about: string;
  /** The step that is left when it is none of those on the way to a judgement: "open a model". */
  readonly unfinished?: string;
  /** The button of the empty page. */
  readonly open?: string;
}

/** A page before it can answer: what is under way, what went wrong, which files are needed, or what to do next. */
export function NotReadyPage(props: NotReadyPageProps) {
  const { name, question, about, unfinished = null, open = 'Open a table or the demo' } = props;
  const readiness = readinessOf(useWorkspace());
  if (readiness.kind === 'opening') return <OpeningPage name={name} opening={readiness} />;
  return (
    <main id="content" className="px-5 max-wide:px-4">
      <h1 className="sr-only">{name}</h1>
      <NotReady readiness={readiness} question={question} about={about} unfinished={unfinished} open={open} />
    </main>
  );
}

interface NotReadyProps extends Pick<NotReadyPageProps, 'question' | 'about'> {
  readonly readiness: Readiness;
  readonly unfinished: string | null;
  readonly open: string;
}

function NotReady({ readiness, question, about, unfinished, open }: NotReadyProps) {
  const [, navigate] = useLocation();
  const waitsForFiles = useWorkspace(needsFiles);
  const toWorkspace = () => navigate('/');
  if (readiness.kind === 'failed' || waitsForFiles)
    return (
      <div className="grid gap-4 py-4">
        {readiness.kind === 'failed' && (
          <AnalysisError title={readiness.what} error={readiness.error} onWorkspace={toWorkspace} />
        )}
        <NeededFiles />
      </div>
    );
  const missing = missingStep(readiness, unfinished);
  return (
    <EmptyState
      title={question}
      action={
        <Button kind="primary" onPress={toWorkspace}>
          {missing === null ? open : 'Finish in the workspace'}
        </Button>
      }
    >
      {missing === null ? about : `One step is left: ${missing}.`}
    </EmptyState>
  );
}

/** Null while nothing is open at all. */
function missingStep(readiness: Readiness, unfinished: string | null): string | null {
  if (readiness.kind === 'empty') return null;
  if (unfinished !== null) return unfinished;
  return readiness.kind === 'unfinished' ? readiness.missing : null;
}
