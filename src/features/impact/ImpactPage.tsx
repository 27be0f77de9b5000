import { useMemo, useState } from 'react';
import { PictureSource } from '../../charts/picture-source.tsx';
import { baseIdOf } from '../../contracts/table-id.ts';
import { draftOf, guessOutcomesReading } from '../../core/impact/guess-outcomes-reading.ts';
import type { PredictedImpact, RealisedImpact } from '../../core/impact/impact-figures.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Answer } from '../../design/Answer.tsx';
import { Chip } from '../../design/Chip.tsx';
import { Notice } from '../../design/Notice.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { assumptionsText } from './assumptions.view-model.ts';
import { Basis } from './Basis.tsx';
import { HeadLine } from './HeadLine.tsx';
import { ImpactCards } from './ImpactCards.tsx';
import { impactView } from './impact.view-model.ts';
import type { ImpactView } from './impact-view.ts';
import { KeepImpact } from './KeepImpact.tsx';
import { keptName } from './kept-name.ts';
import { keptDiffers, sourceOf } from './kept-source.ts';
import { MonthsPanel } from './MonthsPanel.tsx';
import { NoMonths } from './NoMonths.tsx';
import { OutcomesDialog } from './OutcomesDialog.tsx';
import { OutcomesPanel } from './OutcomesPanel.tsx';
import { confirmOutcomes, leaveCheck, useOutcomes } from './outcomes-session.ts';
import { PayBackPanel } from './PayBackPanel.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import type { ImpactParts, ImpactQuestion, ImpactSource } from './page-parts.ts';
import { TextRuns } from './TextRuns.tsx';
import { useImpact } from './use-impact.ts';
import { type KeptImpact, useKeptImpact } from './use-kept-impact.ts';
import { WaterfallPanel } from './WaterfallPanel.tsx';

export interface ImpactPageProps {
  readonly asked: ImpactQuestion;
  readonly table: TableSummary;
  readonly source: ImpactSource;
  readonly parts: ImpactParts;
}

/** What a decision brings, and what it brought: for those who read neither ROC curves nor tables. */
export function ImpactPage({ asked, table, source, parts }: ImpactPageProps) {
  const roles = useWorkspace((state) => state.choices.roles);
  const dateColumn = Object.keys(roles).find((column) => roles[column] === 'date') ?? null;
  const opened = useOutcomes((state) => state.inForce);
  const outcomes = opened?.decisionsId === baseIdOf(table.id) ? opened : null;
  const figures = useImpact(asked, dateColumn, outcomes);
  const name = keptName(table.name, table.id);
  const { kept } = useKeptImpact(name);
  const realised = figures.realised ?? (figures.isJoining ? null : (kept?.realised ?? null));
  const { Failure } = parts;
  return (
    <PictureSource value={source.line}>
      <main
        id="content"
        className="w-full max-w-[1336px] min-w-0 flex-1 px-8 py-5 max-wide:px-4 max-wide:py-4 print:max-w-none print:p-0"
      >
        <h1 className="sr-only">Impact</h1>
        {figures.error !== null && (
          <Failure
            title="What these rows promise was not computed"
            error={figures.error}
            onRetry={figures.retry}
          />
        )}
        {figures.predicted === null ? (
          figures.error === null && <PageShape />
        ) : (
          <Content
            asked={asked}
            dateColumn={dateColumn}
            predicted={figures.predicted}
            realised={realised}
            kept={figures.realised === null ? kept : null}
            isStale={figures.isStale}
            source={source}
            parts={parts}
          />
        )}
        <div className="print:hidden">
          <OutcomesPanel
            parts={parts}
            file={outcomes?.summary.name ?? null}
            realised={figures.realised}
            isJoining={figures.isJoining}
            joinError={figures.joinError}
            registry={
              <KeepImpact
                name={name}
                kept={kept}
                realised={figures.isStale ? null : figures.realised}
                context={useKeepContext(table, source)}
                SignedAs={parts.SignedAs}
              />
            }
          />
          <CheckOutcomes table={table} />
        </div>
      </main>
    </PictureSource>
  );
}

interface ContentProps {
  readonly asked: ImpactQuestion;
  readonly dateColumn: string | null;
  readonly predicted: PredictedImpact;
  readonly realised: RealisedImpact | null;
  /** What is shown comes from the registry; null = from a file, or nothing does. */
  readonly kept: KeptImpact | null;
  readonly isStale: boolean;
  readonly source: ImpactSource;
  readonly parts: ImpactParts;
}

function Content(props: ContentProps) {
  const { asked, dateColumn, predicted, realised, kept, isStale, source, parts } = props;
  const choice = useWorkspace((state) => state.choices.impact);
  const [showsPromise, setShowsPromise] = useState(false);
  const { scenario, outOfBagNet, withoutModel } = asked;
  const shown = showsPromise ? null : realised;
  const shownSource = sourceOf(source, shown, kept);
  const { rows: dataset, isSimulated } = source;
  const thresholdText = shownSource.threshold;
  const view = useMemo(
    () =>
      impactView({
        ...{ dataset, isSimulated, thresholdText },
        ...{ scenario, predicted, realised: shown, choice, outOfBagNet, withoutModel },
      }),
    [dataset, isSimulated, thresholdText, scenario, predicted, shown, choice, outOfBagNet, withoutModel],
  );
  const differs = kept === null || shown === null ? null : keptDiffers(source, asked.threshold, kept);
  const currency = shown?.currency ?? scenario.currency;
  return (
    <>
      <div className="print:hidden">
        <HeadLine head={view.head} text={view.text} />
        {realised !== null && <WhichFigures showsPromise={showsPromise} onChange={setShowsPromise} />}
        <Answer lines={2}>
          <TextRuns runs={view.answer} />
        </Answer>
        <Basis
          basis={view.basis}
          assumptions={assumptionsText(
            shownSource.scenario,
            shownSource.scenario === source.scenario ? scenario : null,
          )}
          onChange={parts.toScenario}
        />
        {differs !== null && (
          <div className="mb-3 max-w-[100ch]">
            <Notice tone="info">{differs}</Notice>
          </div>
        )}
        {view.alert !== null && (
          <div className="mb-3 max-w-[100ch]">
            <Notice tone="fail">{view.alert.sentence}</Notice>
          </div>
        )}
        <ImpactCards cards={view.cards} isStale={isStale} />
        <Panels
          view={view}
          currency={currency}
          roiFloor={choice.roiFloor}
          isPredicted={shown === null}
          isStale={isStale}
          dateColumn={dateColumn}
          parts={parts}
        />
        {view.notes.length > 0 && (
          <ul
            aria-label="What was counted apart"
            className="mt-3 grid max-w-[100ch] gap-0.5 text-caption text-text-2"
          >
            {view.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      <PrintSheet
        view={view}
        source={shownSource}
        currency={currency}
        roiFloor={choice.roiFloor}
        isPredicted={shown === null}
        hasPayBack={choice.investment !== null}
      />
    </>
  );
}

interface WhichFiguresProps {
  readonly showsPromise: boolean;
  readonly onChange: (showsPromise: boolean) => void;
}

/** Once there are outcomes: what happened, or what the judged rows promise. */
function WhichFigures({ showsPromise, onChange }: WhichFiguresProps) {
  return (
    <fieldset className="mb-2 flex gap-1">
      <legend className="sr-only">Which figures the page shows</legend>
      <Chip isSelected={!showsPromise} onChange={() => onChange(false)}>
        What happened
      </Chip>
      <Chip isSelected={showsPromise} onChange={() => onChange(true)}>
        What is predicted
      </Chip>
    </fieldset>
  );
}

interface PanelsProps extends Pick<ContentProps, 'dateColumn' | 'isStale' | 'parts'> {
  readonly view: ImpactView;
  readonly currency: string;
  readonly roiFloor: number;
  readonly isPredicted: boolean;
}

/** With months they are the main picture; without, the way of the money takes their place. */
function Panels({ view, currency, roiFloor, isPredicted, isStale, dateColumn, parts }: PanelsProps) {
  const hasMonths = view.months.length > 0;
  const waterfall = (
    <WaterfallPanel
      flow={view.flow}
      caption={view.head}
      isPredicted={isPredicted}
      size={hasMonths ? 'aside' : 'main'}
      isStale={isStale}
    />
  );
  return (
    <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-5 desk:grid-cols-[minmax(0,1fr)_380px]">
      {hasMonths ? (
        <MonthsPanel
          months={view.months}
          scale={view.monthsScale}
          currency={currency}
          roiFloor={roiFloor}
          isStale={isStale}
        />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
          {waterfall}
          <NoMonths dateColumn={dateColumn} onWorkspace={parts.toWorkspace} />
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
        {hasMonths && waterfall}
        <PayBackPanel sentence={view.payBack} currency={currency} ruled={hasMonths} />
      </div>
    </div>
  );
}

/** The dialog over a file that was read and whose reading is to be checked. */
function CheckOutcomes({ table }: { readonly table: TableSummary }) {
  const { toCheck, inForce } = useOutcomes();
  const { roles, target } = useWorkspace((state) => state.choices);
  if (toCheck === null) return null;
  const first =
    inForce?.summary.id === toCheck.id
      ? draftOf(inForce.reading)
      : guessOutcomesReading(table, toCheck, { roles, target });
  return (
    <OutcomesDialog
      key={toCheck.id}
      decisions={table}
      outcomes={toCheck}
      first={first}
      onConfirm={(reading) => confirmOutcomes(table.id, toCheck, reading)}
      onClose={leaveCheck}
    />
  );
}

function useKeepContext(table: TableSummary, source: ImpactSource) {
  const { roiFloor, investment } = useWorkspace((state) => state.choices.impact);
  return {
    dataset: { name: table.name, tableId: table.id },
    scores: source.scoredBy,
    scenario: source.scenario,
    roiFloor,
    investment,
  };
}

/** The page's shape while the first figures are computed. */
function PageShape() {
  return (
    <div className="grid gap-4" aria-busy="true">
      <Skeleton className="h-14 max-w-[88ch]" />
      <Skeleton className="h-32" />
      <Skeleton className="h-72" />
    </div>
  );
}
