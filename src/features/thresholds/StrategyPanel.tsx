import { Ellipsis, FileDown, Info } from 'lucide-react';
import { memo, useState } from 'react';
import { fileNameOf, saveFile } from '../../charts/save-file.ts';
import { twinCsv } from '../../charts/table-twin.ts';
import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { Menu } from '../../design/Menu.tsx';
import { Panel } from '../../design/Panel.tsx';
import { definitions } from './definitions.ts';
import { StrategyTable } from './StrategyTable.tsx';
import { strategyRows } from './strategy-table.view-model.ts';
import { strategiesTwin } from './twins.view-model.ts';
import { rankingSentence, type VersusAnswer, versusNames } from './versus.ts';

export interface StrategyPanelProps {
  readonly answer: ScenarioAnswer;
  /** The same rules under the second scenario; null = one scenario only. */
  readonly versus: VersusAnswer['answer'] | null;
  readonly threshold: number;
  readonly pinned: number | null;
  readonly onApply: (threshold: number) => void;
  readonly isStale: boolean;
}

const title = 'Strategies';

/** The six rules side by side. */
export const StrategyPanel = memo(function StrategyPanel({
  answer,
  versus,
  threshold,
  pinned,
  onApply,
  isStale,
}: StrategyPanelProps) {
  const [definitionOpen, setDefinitionOpen] = useState(false);
  const rows = strategyRows(answer, threshold, pinned, versus);
  const { scenario } = answer;
  const names = scenario === null || versus === null ? null : versusNames(scenario, versus.scenario);
  const saveCsv = () =>
    saveFile(
      `${fileNameOf(title)}.csv`,
      new Blob([twinCsv(strategiesTwin(rows, names))], { type: 'text/csv' }),
    );
  return (
    <Panel
      title={title}
      caption={captionOf(scenario !== null, names !== null)}
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
      {names !== null && versus !== null && (
        <p className="mb-1.5 max-w-[80ch] text-table text-text-2">
          {rankingSentence(answer.strategies, versus.strategies, names)}
        </p>
      )}
      <StrategyTable rows={rows} hasMoney={scenario !== null} names={names} onApply={onApply} />
      <Dialog title={title} isOpen={definitionOpen} onClose={() => setDefinitionOpen(false)}>
        <p className="text-body">{definitions.strategies.text}</p>
        <p className="mt-3 rounded-control bg-sunk px-3 py-2 text-table">{definitions.strategies.formula}</p>
      </Dialog>
    </Panel>
  );
});

function captionOf(hasMoney: boolean, isCompared: boolean): string {
  if (!hasMoney) return 'Press a rule to use its threshold';
  if (isCompared) return 'Bold: the best; next: the best after it. All rates and intervals are in the CSV';
  return 'Press a rule to use its threshold. Net value on these rows with its 95\u00A0% interval';
}

const iconStyle = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;
