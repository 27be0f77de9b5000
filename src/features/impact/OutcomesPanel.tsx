import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { Button } from '../../design/Button.tsx';
import { FileButton, FileDrop } from '../../design/FileDrop.tsx';
import { Panel } from '../../design/Panel.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { joinedText } from './outcomes-facts.ts';
import { addOutcomes, checkAgain, removeOutcomes, useOutcomes } from './outcomes-session.ts';
import type { ImpactParts } from './page-parts.ts';

export interface OutcomesPanelProps {
  readonly parts: ImpactParts;
  /** The file that is in force for these decisions; null = none. */
  readonly file: string | null;
  /** From that file. */
  readonly realised: RealisedImpact | null;
  readonly isJoining: boolean;
  readonly joinError: Error | null;
  /** What the registry keeps, and the button that keeps more. */
  readonly registry: ReactNode;
}

const ACCEPTED = [
  '.csv',
  '.tsv',
  '.txt',
  '.gz',
  '.parquet',
  '.arrow',
  '.feather',
  '.json',
  '.jsonl',
  '.ndjson',
];

/** What became of the decisions: the file that says it, how it is read, what did not fit, and what the registry keeps of it. */
export function OutcomesPanel(props: OutcomesPanelProps) {
  const { loading, error } = useOutcomes();
  const { parts, file, realised, isJoining, joinError, registry } = props;
  const { Failure, JobProgress } = parts;
  const take = (files: readonly File[]) => {
    const first = files[0];
    if (first !== undefined) void addOutcomes(first);
  };
  const isEmpty = file === null && loading === null;
  return (
    <Panel title="What really happened" ruled className="mt-5">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {isEmpty && <Invitation onFiles={take} />}
        {loading !== null && (
          <JobProgress
            label={`Reading ${loading.name}`}
            progress={loading.progress}
            startedAtMs={loading.startedAtMs}
            onCancel={loading.cancel}
          />
        )}
        {error !== null && <Failure title="These outcomes were not opened" error={error} />}
        {file !== null && loading === null && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="min-w-0 text-body [overflow-wrap:anywhere]">
              <b className="font-semibold">{file}</b>
              {realised === null ? '' : `: ${joinedText(realised)}`}
            </p>
            <div className="flex flex-wrap gap-1">
              <Button kind="quiet" onPress={checkAgain}>
                Change how it is read
              </Button>
              <FileButton kind="quiet" accept={ACCEPTED} onFiles={take}>
                Another file
              </FileButton>
              <Button kind="quiet" onPress={removeOutcomes}>
                Remove
              </Button>
            </div>
          </div>
        )}
        {isJoining && (
          <ProgressBar
            label="Joining outcomes to decisions"
            share={Number.NaN}
            action={<Button onPress={removeOutcomes}>Cancel</Button>}
          />
        )}
        {joinError !== null && <Failure title="The outcomes cannot be joined" error={joinError} />}
        {registry}
      </div>
    </Panel>
  );
}

function Invitation({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  return (
    <FileDrop
      label="Drop a file of outcomes"
      onFiles={onFiles}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3"
    >
      <p className="mr-auto min-w-0 max-w-[80ch] flex-1 basis-80 text-body text-pretty text-text-2">
        Add a file with one row for each decision: its id, what became of it, and if you have them its date
        and the real loss. The page then sets each month against what was promised for it. The file is read in
        this browser; no row leaves it.
      </p>
      <FileButton accept={ACCEPTED} onFiles={onFiles}>
        <Upload size={14} strokeWidth={1.75} aria-hidden />
        Add outcomes
      </FileButton>
    </FileDrop>
  );
}
