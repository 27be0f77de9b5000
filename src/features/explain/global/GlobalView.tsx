import { memo, useMemo, useState } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { Button } from '../../../design/Button.tsx';
import { formatCountOf } from '../../../design/format.ts';
import { Notice } from '../../../design/Notice.tsx';
import { Skeleton } from '../../../design/Skeleton.tsx';
import { explainDefinitions } from '../definitions.ts';
import type { ExplainParts } from '../page-parts.ts';
import { type ComputedFacts, computedCaption } from './computed.view-model.ts';
import { cancelGlobal, type GlobalRun } from './global-run.ts';
import { ImportancePicture } from './ImportancePicture.tsx';
import {
  drawnRows,
  FIRST_BARS,
  type ImportanceView,
  importanceMessage,
  importanceTwin,
  othersText,
} from './importance.view-model.ts';
import { RunLine } from './RunLine.tsx';

export interface GlobalViewProps {
  readonly run: GlobalRun;
  /** What is on screen of it, or of the run before it; null before the first rows. */
  readonly facts: ComputedFacts | null;
  readonly view: ImportanceView | null;
  /** What is on screen is of the run before. */
  readonly isStale: boolean;
  readonly onAgain: () => void;
  readonly parts: ExplainParts;
}

/** What the model looks at over many rows. */
export function GlobalView({ run, facts, view, isStale, onAgain, parts }: GlobalViewProps) {
  const { Failure, JobProgress } = parts;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {run.status === 'failed' && run.error !== null && (
        <Failure title="The rows were not explained" error={run.error} onRetry={onAgain} />
      )}
      <RunLine run={run} JobProgress={JobProgress} onCancel={cancelGlobal} onAgain={onAgain} />
      {facts === null || view === null ? (
        run.status === 'running' && <BarsShape />
      ) : (
        <>
          <Importance facts={facts} view={view} isStale={isStale} />
          <Notices notices={[...facts.plan.notices, ...facts.notices]} />
        </>
      )}
    </div>
  );
}

interface ImportanceProps {
  readonly facts: ComputedFacts;
  readonly view: ImportanceView;
  readonly isStale: boolean;
}

/** Drawn again only with other figures: progress comes ten times a second. */
const Importance = memo(function Importance({ facts, view, isStale }: ImportanceProps) {
  const [showsAll, setShowsAll] = useState(false);
  const rows = drawnRows(view, showsAll);
  const twin = useMemo(() => importanceTwin(view), [view]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2">
      <ChartFrame
        title={`What the model looks at: mean |SHAP|, ${view.unit}`}
        caption={computedCaption(facts)}
        message={importanceMessage(view)}
        twin={twin}
        definition={explainDefinitions.importance}
        height={tableHeight(view.rows.length)}
        isStale={isStale}
        className="w-full"
      >
        <ImportancePicture rows={rows} unit={view.unit} />
      </ChartFrame>
      {view.rows.length > FIRST_BARS && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button onPress={() => setShowsAll(!showsAll)}>
            {showsAll
              ? `Show the first ${FIRST_BARS}`
              : `Show all ${formatCountOf(view.rows.length, 'feature')}`}
          </Button>
          <p className="text-caption text-text-3">{othersText(view, showsAll)}</p>
        </div>
      )}
      {view.unused > 0 && (
        <p className="text-caption text-text-3">
          {formatCountOf(view.unused, 'feature moves', 'features move')} no row.
        </p>
      )}
    </div>
  );
});

/** Px of the table twin: its rows, and from some sixteen on it scrolls. */
function tableHeight(rowCount: number): number {
  return Math.min(34 + 27 * rowCount, 480);
}

function Notices({ notices }: Pick<ComputedFacts, 'notices'>) {
  if (notices.length === 0) return null;
  return (
    <div className="grid max-w-[80ch] gap-2">
      {notices.map(({ code, message }) => (
        <Notice key={`${code} ${message}`} tone="info">
          {message}
        </Notice>
      ))}
    </div>
  );
}

/** Bars that get shorter, as they will. */
const SHAPE = ['w-4/5', 'w-3/4', 'w-2/3', 'w-3/5', 'w-1/2', 'w-2/5', 'w-1/3', 'w-1/4', 'w-1/5', 'w-1/6'];

function BarsShape() {
  return (
    <div aria-busy="true" className="grid gap-3 pt-8">
      {SHAPE.map((width) => (
        <Skeleton key={width} className={`h-3.5 ${width}`} />
      ))}
    </div>
  );
}
