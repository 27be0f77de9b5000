import { useEffect, useRef } from 'react';
import type { TableSummary } from '../../core/table/summary.ts';
import { Answer } from '../../design/Answer.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useBringBack } from './bring-back.ts';
import { ChooseColumns } from './ChooseColumns.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { DataPanel } from './DataPanel.tsx';
import { FirstRun } from './FirstRun.tsx';
import { FocusKeeper } from './FocusKeeper.tsx';
import { JoinPanel } from './JoinPanel.tsx';
import { KeptLine } from './KeptLine.tsx';
import { MappingPanel } from './MappingPanel.tsx';
import { ModelPanel } from './ModelPanel.tsx';
import { NeededFiles } from './NeededFiles.tsx';
import { NextStepPanel } from './NextStepPanel.tsx';
import { choosesScores } from './next-step.ts';
import { needsFiles } from './open-decision.ts';
import { openFiles } from './open-files.ts';
import { OtherKeptFiles } from './RecentFiles.tsx';
import { RolesPanel } from './RolesPanel.tsx';
import { ScoreSource } from './ScoreSource.tsx';
import { SlotStatus } from './SlotStatus.tsx';
import { TargetBuilder } from './TargetBuilder.tsx';
import { WorkspaceAnswer } from './WorkspaceAnswer.tsx';

/** From files to scores: what is open, what it means, and the way to the threshold. */
export function WorkspacePage() {
  const table = useWorkspace((state) => state.table.value);
  const model = useWorkspace((state) => state.model.value);
  const isSearching = useBringBack((state) => state.isSearching);
  const isOpening = useWorkspace((state) => state.table.loading !== null) || isSearching;
  const waitsForFiles = useWorkspace(needsFiles);
  const scoresInStep = useWorkspace(choosesScores);
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirstRun = table === null && model === null;
  // The page that opens begins at its answer, however far down the button was that opened it.
  useEffect(() => {
    if (!isFirstRun) window.scrollTo(0, 0);
  }, [isFirstRun]);
  return (
    <main id="content" className="flex min-w-0 flex-1 flex-col desk:flex-row">
      <div className="min-w-0 flex-1 px-5 py-4 max-wide:px-4">
        <h1 ref={heading} tabIndex={-1} className="sr-only">
          Workspace
        </h1>
        <FocusKeeper fallback={heading} />
        <SlotStatus />
        <NeededFiles />
        <ChooseColumns />
        {table !== null && <OpenTable table={table} />}
        {table === null &&
          (isOpening || !waitsForFiles) &&
          (isOpening ? <PageShape /> : model === null ? <FirstRun /> : <ModelFirst />)}
      </div>
      {(table !== null || model !== null) && (
        <aside
          aria-label="Files"
          className="grid shrink-0 content-start gap-5 border-line bg-raise px-4 py-4 max-desk:border-t desk:w-[304px] desk:border-l"
        >
          {table !== null && <DataPanel />}
          {table !== null && !scoresInStep && <ScoreSource table={table} />}
          {model !== null && <ModelPanel />}
          <div className="grid gap-2">
            <OtherKeptFiles />
            <KeptLine />
          </div>
        </aside>
      )}
    </main>
  );
}

function OpenTable({ table }: { readonly table: TableSummary }) {
  const target = useWorkspace((state) => state.choices.target);
  const model = useWorkspace((state) => state.model.value);
  const mapping = useWorkspace((state) => state.mapping);
  const column = table.columns.find(({ name }) => name === target?.column);
  return (
    <>
      <WorkspaceAnswer table={table} />
      <NextStepPanel table={table} />
      <div className="grid gap-5">
        {model !== null && mapping !== null && !mapping.ready && (
          <MappingPanel table={table} model={model} mapping={mapping} />
        )}
        <RolesPanel table={table} />
        {target !== null && column !== undefined && (
          <TargetBuilder column={column} target={target} rowCount={table.rowCount} />
        )}
        <ColumnTable table={table} />
        <JoinPanel table={table} />
        {model !== null && mapping?.ready === true && (
          <MappingPanel table={table} model={model} mapping={mapping} />
        )}
      </div>
    </>
  );
}

/** A model was opened first. */
function ModelFirst() {
  const model = useWorkspace((state) => state.model.value);
  return (
    <>
      <Answer>
        <b>{model?.name}</b> is open. Now the table that it scores, with a column that says how each row
        turned out.
      </Answer>
      <FileButton kind="primary" onFiles={(files) => void openFiles(files)}>
        Choose a table
      </FileButton>
    </>
  );
}

/** The shape of the page while its first table is being read. */
function PageShape() {
  return (
    <div aria-hidden="true" className="grid gap-6">
      <Skeleton className="h-7 max-w-[60ch]" />
      <Skeleton className="h-14" />
      <div className="grid grid-cols-2 gap-4 wide:grid-cols-3">
        {['target', 'id', 'amount', 'date', 'split', 'rows'].map((field) => (
          <Skeleton key={field} className="h-12" />
        ))}
      </div>
      <Skeleton className="h-24" />
      <Skeleton className="h-[420px]" />
    </div>
  );
}
