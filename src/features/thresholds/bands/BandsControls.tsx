import type { BandDesign } from '../../../core/money/bands.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Button } from '../../../design/Button.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { CheckedNumber } from '../CheckedNumber.tsx';
import { templateWords } from '../words.ts';
import { withCutOff } from './bands.view-model.ts';

export interface BandsControlsProps {
  readonly design: BandDesign;
  readonly scenario: Scenario;
  /** Nothing was chosen yet: the page proposes. */
  readonly isProposal: boolean;
  readonly isBest: boolean;
  readonly onChange: (design: BandDesign | null) => void;
  readonly onBest: () => void;
}

/** Where many start: low below 0.4, high from 0.7. */
const PRESET = { low: 0.4, high: 0.7 } as const;

/** The cut-offs as numbers, and what is assumed about the reviewer. */
export function BandsControls(props: BandsControlsProps) {
  const { design, scenario, isProposal, isBest, onChange, onBest } = props;
  const { positives, negative } = templateWords[scenario.template];
  const period = scenario.rowsPerYear === null ? 'empty: no limit' : 'a\u00A0year; empty: none';
  const cut = (which: 'low' | 'high') => (cutOff: number) => onChange(withCutOff(design, which, cutOff));
  const set = (change: Partial<BandDesign>) => onChange({ ...design, ...change });
  return (
    <Panel
      title="Cut-offs and reviewer"
      caption={isProposal ? 'Proposed: the best on these rows' : 'Chosen by you'}
    >
      <div className="grid">
        <CheckedNumber
          label="Approve below"
          step={0.01}
          kind="value"
          value={design.low}
          onChange={cut('low')}
        />
        <CheckedNumber
          label="Decline from"
          step={0.01}
          kind="value"
          value={design.high}
          onChange={cut('high')}
        />
        <CheckedNumber
          label="Review cost"
          unit="per referred row"
          step={5}
          kind="cost"
          value={design.reviewCost}
          onChange={(reviewCost) => set({ reviewCost })}
        />
        <CheckedNumber
          label="Sensitivity"
          unit={`of ${positives}, declined`}
          step={0.05}
          kind="share"
          value={design.sensitivity}
          onChange={(sensitivity) => set({ sensitivity })}
        />
        <CheckedNumber
          label="Specificity"
          unit={`of ${negative} ones, approved`}
          step={0.05}
          kind="share"
          value={design.specificity}
          onChange={(specificity) => set({ specificity })}
        />
        <CheckedNumber
          label={`Loss on a ${negative} one`}
          unit="that is declined"
          step={5}
          kind="cost"
          value={design.declineCost}
          onChange={(declineCost) => set({ declineCost })}
        />
        <CheckedNumber
          label="Review capacity"
          unit={period}
          step={50}
          kind="volume"
          value={design.capacity ?? Number.NaN}
          onChange={(capacity) => set({ capacity: Number.isNaN(capacity) ? null : capacity })}
        />
      </div>
      {isProposal && design.declineCost > 0 && (
        <p className="mt-1.5 text-caption text-text-3">
          The scenario charges nothing for declining a {negative} one. A tenth of the mean amount stands here
          until you know better; without it, declining everybody would look best.
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onPress={onBest} isDisabled={isBest}>
          Use the best cut-offs
        </Button>
        <Button kind="quiet" onPress={() => set(PRESET)}>
          Use 0.4 and 0.7
        </Button>
        {!isProposal && (
          <Button kind="quiet" onPress={() => onChange(null)}>
            Back to the proposal
          </Button>
        )}
      </div>
    </Panel>
  );
}
