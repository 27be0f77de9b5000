import type { CascadeAnswer, CascadeDesign } from '../../../core/money/cascade.ts';
import { Button } from '../../../design/Button.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { CheckedNumber } from '../CheckedNumber.tsx';

export interface CascadeControlsProps {
  readonly answer: CascadeAnswer;
  readonly onChange: (change: Partial<CascadeDesign>) => void;
  readonly onSearch: () => void;
}

/** The band, the threshold inside it, and what scoring costs. */
export function CascadeControls({ answer, onChange, onSearch }: CascadeControlsProps) {
  const { low, high, accurateThreshold, fastCost, accurateCost } = answer.design;
  return (
    <Panel title="Band and costs" caption="Of the fast scores; costs are per scored row">
      <div className="grid">
        <CheckedNumber
          label="Hand on from"
          step={0.01}
          kind="value"
          value={low}
          onChange={(value) => onChange({ low: value, high: Math.max(value, high) })}
        />
        <CheckedNumber
          label="Hand on below"
          step={0.01}
          kind="value"
          value={high}
          onChange={(value) => onChange({ low: Math.min(low, value), high: value })}
        />
        <CheckedNumber
          label="Threshold inside"
          unit="of the accurate scores"
          step={0.01}
          kind="value"
          value={accurateThreshold}
          onChange={(value) => onChange({ accurateThreshold: value })}
        />
        <CheckedNumber
          label="Fast score"
          unit="cost of every row"
          step={0.1}
          kind="cost"
          value={fastCost}
          onChange={(value) => onChange({ fastCost: value })}
        />
        <CheckedNumber
          label="Accurate score"
          unit="cost of a row handed on"
          step={0.5}
          kind="cost"
          value={accurateCost}
          onChange={(value) => onChange({ accurateCost: value })}
        />
      </div>
      <Button onPress={onSearch} className="mt-3">
        Find the best band
      </Button>
    </Panel>
  );
}
