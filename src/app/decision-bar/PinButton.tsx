import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pin } from 'lucide-react';
import { useLocation } from 'wouter';
import { decisionQuery } from '../../compute/queries.ts';
import type { JudgementSummary } from '../../contracts/judgement.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { PinDialog } from '../../features/registry/PinDialog.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';

const appVersion: string = import.meta.env.VITE_APP_VERSION;

export interface PinButtonProps {
  readonly summary: JudgementSummary;
  readonly scenario: Scenario | null;
  readonly threshold: number;
  readonly pinned: number | null;
  /** The threshold as the field beside it shows it. */
  readonly shown: string;
}

/** Pins the threshold, by a dialog that asks for the reason; on the pinned one, takes the pin away. */
export function PinButton({ summary, scenario, threshold, pinned, shown }: PinButtonProps) {
  const choose = useWorkspace((state) => state.choose);
  const client = useQueryClient();
  const [, navigate] = useLocation();
  // The figures on screen may be a frame behind the threshold: what is pinned is asked for by itself.
  const ask = useMutation({
    networkMode: 'always',
    mutationFn: () => client.fetchQuery(decisionQuery(summary.id, scenario, threshold)),
  });
  const isPinned = pinned === threshold;
  return (
    <>
      <Button
        kind="icon"
        label={isPinned ? 'Unpin the baseline' : 'Pin this threshold'}
        isDisabled={!Number.isFinite(threshold)}
        onPress={() => (isPinned ? choose({ pinned: null }) : ask.mutate())}
        className="h-5! w-5!"
      >
        <Pin
          size={14}
          strokeWidth={1.5}
          aria-hidden="true"
          fill={isPinned ? 'currentColor' : 'none'}
          className={pinned === null ? '' : 'text-accent'}
        />
      </Button>
      {ask.data !== undefined && (
        <PinDialog
          summary={summary}
          decision={ask.data}
          shown={shown}
          appVersion={appVersion}
          onClose={ask.reset}
          onRegistry={() => navigate('/registry')}
        />
      )}
    </>
  );
}
