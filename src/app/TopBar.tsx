import { useQuery } from '@tanstack/react-query';
import { Funnel } from 'lucide-react';
import { Link } from 'wouter';
import { judgementQuery } from '../compute/queries.ts';
import type { JudgementSpec } from '../contracts/judgement.ts';
import { Badge } from '../design/Badge.tsx';
import { BrandMark } from '../design/BrandMark.tsx';
import { Chip } from '../design/Chip.tsx';
import { demoManifestQuery } from '../features/workspace/demo-queries.ts';
import { modelBadge } from '../features/workspace/model-words.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { useJudgementSpec } from './analysis/use-judgement-spec.ts';
import { CommandButton } from './CommandButton.tsx';
import { cohortLabel } from './cohort-label.ts';
import { useFragment } from './fragment-location.ts';
import { HistoryButtons } from './HistoryButtons.tsx';
import { modelPath } from './pages.ts';
import { RecalibratedChip } from './RecalibratedChip.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

/** What is open (table, model, judged rows), and what can be done anywhere: undo, search, share, theme. */
export function TopBar() {
  const tableName = useWorkspace((state) => state.table.value?.name ?? null);
  const modelName = useWorkspace((state) => state.model.value?.name ?? null);
  const scoreColumn = useWorkspace((state) => state.choices.scoreColumn);
  const demo = useWorkspace((state) => state.choices.demo);
  const spec = useJudgementSpec();
  const scoredBy = scoreColumn ?? modelName;
  return (
    <header className="flex h-12 items-center gap-2 border-b border-line bg-surface pr-3 pl-5 text-table whitespace-nowrap max-wide:pl-4 print:hidden">
      {tableName === null && (
        <span className="flex items-center gap-2 text-text-3">
          <span className="wide:hidden">
            <BrandMark />
          </span>
          Nothing is open
        </span>
      )}
      {tableName !== null && (
        <span className="min-w-0 truncate font-medium" title={tableName}>
          {tableName}
        </span>
      )}
      {scoredBy !== null && (
        <>
          <span aria-hidden="true" className="text-line-2 max-wide:hidden">
            /
          </span>
          {scoreColumn === null ? (
            <ModelName name={scoredBy} />
          ) : (
            <>
              <span className="truncate font-medium max-wide:sr-only" title={scoredBy}>
                {scoredBy}
              </span>
              <span className="max-wide:hidden">
                <Badge>Score column</Badge>
              </span>
            </>
          )}
        </>
      )}
      {demo !== null && tableName !== null && <DemoBadge demo={demo} />}
      {spec !== null && <JudgedRows spec={spec} />}
      {spec !== null && <RecalibratedChip spec={spec} />}
      <span className="flex-1" />
      <span className="flex shrink-0 items-center wide:gap-1">
        {tableName !== null && <HistoryButtons />}
        <CommandButton />
        {tableName !== null && <ShareButton />}
        <ThemeSwitch />
      </span>
    </header>
  );
}

/** The model that scores, with its part among the open ones; it leads to the page about it. */
function ModelName({ name }: { readonly name: string }) {
  const choices = useWorkspace((state) => state.choices);
  const id = useWorkspace((state) => state.model.value?.id ?? null);
  // The address of a link carries the fragment as it is when it is drawn.
  useFragment();
  return (
    <>
      <Link
        href={modelPath}
        title={`${name}: open the model page`}
        className="truncate rounded-badge font-medium decoration-line-2 underline-offset-4 hover:underline max-wide:sr-only max-wide:focus:not-sr-only"
      >
        {name}
      </Link>
      {id !== null && (
        <span className="max-desk:hidden">
          <Badge>{modelBadge(choices, id)}</Badge>
        </span>
      )}
    </>
  );
}

/** Generated data are called so wherever they are named. */
function DemoBadge({ demo }: { readonly demo: string }) {
  const { data: manifest } = useQuery(demoManifestQuery(demo));
  return <Badge>{manifest?.simulated === true ? 'Simulated' : 'Demo'}</Badge>;
}

function JudgedRows({ spec }: { readonly spec: JudgementSpec }) {
  const { data: summary } = useQuery(judgementQuery(spec));
  return (
    <span className="max-desk:hidden">
      <Chip>
        <Funnel size={14} strokeWidth={1.5} aria-hidden="true" />
        {cohortLabel(spec, summary)}
      </Chip>
    </span>
  );
}
