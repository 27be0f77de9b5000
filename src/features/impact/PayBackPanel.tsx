import { useState } from 'react';
import type { ImpactChoice } from '../../contracts/saved-state.ts';
import { Button } from '../../design/Button.tsx';
import { NumberField } from '../../design/NumberField.tsx';
import { Panel } from '../../design/Panel.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';

export interface PayBackPanelProps {
  /** The view model's sentence. */
  readonly sentence: string;
  /** "EUR", or '' for the currency of the file. */
  readonly currency: string;
  readonly ruled?: boolean;
}

const money = { maximumFractionDigits: 2 };
const ratio = { minimumFractionDigits: 2, maximumFractionDigits: 4 };

/** When the one-off cost is earned back, and below which ROI a month is too low: two numbers that the reader sets. */
export function PayBackPanel({ sentence, currency, ruled = false }: PayBackPanelProps) {
  const choice = useWorkspace((state) => state.choices.impact);
  const choose = useWorkspace((state) => state.choose);
  const set = (change: Partial<ImpactChoice>) => choose({ impact: { ...choice, ...change } });
  return (
    <Panel title="Pay-back" ruled={ruled}>
      <p className="max-w-[66ch] text-body text-pretty">{sentence}</p>
      <div className="mt-2 grid max-w-[380px] gap-1">
        <CheckedField
          label="One-off investment"
          unit={`what it cost to build${currency === '' ? '' : `, ${currency}`}`}
          value={choice.investment ?? Number.NaN}
          step={1000}
          format={money}
          check={(value) => (value < 0 ? 'An investment is 0 or more.' : null)}
          onCommit={(value) => set({ investment: Number.isNaN(value) ? null : value })}
        />
        <CheckedField
          label="ROI floor"
          unit="net value per unit spent"
          value={choice.roiFloor}
          step={0.1}
          format={ratio}
          check={(value) =>
            Number.isNaN(value) ? 'The alert needs a number; 0 means that costs are covered.' : null
          }
          onCommit={(roiFloor) => set({ roiFloor })}
        />
      </div>
      {choice.investment !== null && (
        <Button kind="quiet" className="-ml-2.5" onPress={() => set({ investment: null })}>
          Leave the investment out
        </Button>
      )}
    </Panel>
  );
}

interface CheckedFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly step: number;
  readonly format: Intl.NumberFormatOptions;
  /** Why a value cannot be used; null when it can. */
  readonly check: (value: number) => string | null;
  readonly onCommit: (value: number) => void;
}

/** What cannot be used stays as it was typed, with the reason, and the value before it stays in force. */
function CheckedField({ check, onCommit, value, ...field }: CheckedFieldProps) {
  const [refused, setRefused] = useState<{ readonly typed: number; readonly reason: string } | null>(null);
  return (
    <NumberField
      {...field}
      value={refused === null ? value : refused.typed}
      error={refused?.reason ?? null}
      onCommit={(typed) => {
        const reason = check(typed);
        setRefused(reason === null ? null : { typed, reason });
        if (reason === null) onCommit(typed);
      }}
    />
  );
}
