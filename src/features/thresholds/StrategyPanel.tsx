import { Ellipsis, FileDown, Info } from 'lucide-react';
import { memo, useState } from 'react';
import { fileNameOf, saveFile } from '../../charts/save-file.ts';
import { twinCsv } from '../../charts/table-twin.ts';
import { type ScenarioAnswer, startingBootstrap } from '../../contracts/judgement.ts';
import { Button } from '../../design/Button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { formatCount } from '../../design/format.ts';
import { Menu } from '../../design/Menu.tsx';
import { Panel } from '../../design/Panel.tsx';
import { definitions } from './definitions.ts';
import { roiCrossingSentence } from './roi-crossing.ts';
import { StrategyTable } from './StrategyTable.tsx';
import { netValueTitle } from './scale-words.ts';
import type { CapacityPer } from './strategy-label.ts';
import { strategyTable } from './strategy-table.view-model.ts';
import { strategiesTwin } from './twins.view-model.ts';
import { useRankingTurn } from './use-ranking-turn.ts';
import type { UncertaintyState } from './use-uncertainty.ts';
import { rankingSentence, type VersusAnswer, versusNames } from './versus.ts';

export interface StrategyPanelProps {
  readonly answer: ScenarioAnswer;
  /** The same rules under the second scenario; null = one scenario only. */
  readonly versus: VersusAnswer['answer'] | null;
  readonly threshold: number;
  readonly pinned: number | null;
  readonly uncertainty: UncertaintyState;
  /** Period of the capacity. */
  readonly per: CapacityPer;
  readonly onApply: (threshold: number) => void;
  readonly isStale: boolean;
}

const title = 'Strategies';

/** The rules side by side, and what a change of the scenario did to their order. */
export const StrategyPanel = memo(function StrategyPanel({
  answer,
  versus,
  threshold,
  pinned,
  uncertainty,
  per,
  onApply,
  isStale,
}: StrategyPanelProps) {
  const [definitionOpen, setDefinitionOpen] = useState(false);
  const view = strategyTable({
    answer,
    current: threshold,
    pinned,
    versus,
    uncertainty: uncertainty.latest,
    per,
  });
  const { scenario } = answer;
  const names = scenario === null || versus === null ? null : versusNames(scenario, versus.scenario);
  const turn = useRankingTurn(answer);
  const said = [
    names === null || versus === null ? turn : rankingSentence(answer.strategies, versus.strategies, names),
    names === null ? roiCrossingSentence(answer) : '',
  ].filter((sentence) => sentence !== '');
  // The figures stand; only their intervals are of an earlier question.
  const isLate = uncertainty.current === null && uncertainty.latest !== null;
  const saveCsv = () =>
    saveFile(
      `${fileNameOf(title)}.csv`,
      new Blob([twinCsv(strategiesTwin(view.rows, names))], { type: 'text/csv' }),
    );
  return (
    <Panel
      title={title}
      caption={captionOf(scenario !== null, names !== null, uncertainty)}
      captionBeside
      isStale={isStale}
      menu={
        <Menu
          label={title}
          actions={[
            { id: 'csv', label: 'Download CSV', icon: <FileDown {...iconStyle} />, onAction: saveCsv },
            {
              id: 'definition',
              label: 'Definition',
              icon: <Info {...iconStyle} />,
              onAction: () => setDefinitionOpen(true),
            },
          ]}
          trigger={
            <Button kind="icon" label={`${title}: download, definition`} className="h-6! w-6! text-text-3">
              <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          }
        />
      }
    >
      {/* On a laptop's screen the list scrolls under what is said, so that the page keeps its height. */}
      <div className="desk:flex desk:h-[190px] desk:flex-col desk:[@media(min-height:1000px)]:h-auto">
        {said.length > 0 && (
          <p role="status" className="mb-1 max-w-[110ch] shrink-0 text-table text-text-2">
            {said.join(' ')}
          </p>
        )}
        <div
          aria-busy={isLate}
          className={classNames(
            '@container min-h-0 transition-opacity duration-150 desk:flex-1',
            isLate && 'opacity-60',
          )}
        >
          <StrategyTable
            view={view}
            hasMoney={scenario !== null}
            netTitle={scenario === null ? '' : netValueTitle(scenario)}
            names={names}
            onApply={onApply}
          />
        </div>
      </div>
      <Dialog title={title} isOpen={definitionOpen} onClose={() => setDefinitionOpen(false)}>
        <p className="text-body">{definitions.strategies.text}</p>
        <p className="mt-3 rounded-control bg-sunk px-3 py-2 text-table">{definitions.strategies.formula}</p>
      </Dialog>
    </Panel>
  );
});

function captionOf(hasMoney: boolean, isCompared: boolean, { latest, error }: UncertaintyState): string {
  if (isCompared) return 'Bold: the best; next: the best after it. All rates and intervals are in the CSV';
  const rule = 'Press a rule to use its threshold';
  if (error !== null) return `${rule}. The bootstrap failed: intervals are of fixed thresholds`;
  if (!hasMoney) return rule;
  return latest === null
    ? `${rule}. 95\u00A0% intervals of fixed thresholds; the bootstrap is under way`
    : `95\u00A0% bootstrap intervals, threshold chosen anew in each of ${formatCount(latest.replicates)} replicates, seed ${startingBootstrap.seed}`;
}

const iconStyle = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;
