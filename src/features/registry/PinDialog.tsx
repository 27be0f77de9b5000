import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { formatCount, formatMoney, formatRate } from '../../design/format.ts';
import { TextField } from '../../design/TextField.tsx';
import { pinDecision, putDataset } from '../../registry/mutations.ts';
import { useProfile } from '../../state/profile.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { type DecisionOnScreen, datasetFacts, decisionInput } from './decision-input.ts';
import { MutationError } from './MutationError.tsx';
import { RegistryNotice } from './RegistryNotice.tsx';
import { SignedAs } from './SignedAs.tsx';

export interface PinDialogProps extends Pick<DecisionOnScreen, 'summary' | 'decision'> {
  /** The threshold as the page shows it. */
  readonly shown: string;
  /** Release that computed the figures. */
  readonly appVersion: string;
  readonly onClose: () => void;
  readonly onRegistry: () => void;
}

/** Pins the threshold on screen: as the baseline of changes, and with a reason as a decision in the registry. */
export function PinDialog(props: PinDialogProps) {
  const { summary, decision, shown, appVersion, onClose, onRegistry } = props;
  const choose = useWorkspace((state) => state.choose);
  const profile = useProfile((state) => state.name);
  const [reason, setReason] = useState('');
  const pin = useMutation(pinDecision());
  const recordTable = useMutation(putDataset());
  const baseline = () => {
    choose({ threshold: decision.threshold, pinned: decision.threshold });
    onClose();
  };
  // The mutation says that it is pending only after the next paint: a double press would be there before.
  const isSending = useRef(false);
  const send = () => {
    if (isSending.current) return;
    const session = useWorkspace.getState();
    const input = decisionInput({ session, summary, decision }, reason, appVersion, Date.now());
    const table = session.table.value;
    isSending.current = true;
    pin.mutate(
      { profile, input },
      {
        onSettled: () => {
          isSending.current = false;
        },
        onSuccess: ({ status }) => {
          choose({ threshold: decision.threshold, pinned: decision.threshold });
          // The decision holds the table's hash and name; its columns beside it are a help, not a condition.
          if (status === 'pinned' && table !== null) recordTable.mutate({ profile, ...datasetFacts(table) });
        },
      },
    );
  };
  const outcome = pin.data?.status;
  // One dialog for asking and answering: another one would not know where the focus came from.
  return (
    <Dialog
      title={outcome === undefined ? `Pin ${shown}` : outcomeTitles[outcome]}
      isOpen
      onClose={onClose}
      actions={
        outcome === undefined ? (
          <>
            <Button onPress={baseline} isDisabled={pin.isPending}>
              Only as baseline
            </Button>
            <Button kind="primary" onPress={send} isDisabled={reason.trim() === ''} isPending={pin.isPending}>
              {pin.isPending ? 'Pinning' : 'Pin with reason'}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onRegistry}>See it in the registry</Button>
            <Button key="done" kind="primary" onPress={onClose} autoFocus>
              Done
            </Button>
          </>
        )
      }
    >
      {outcome === undefined ? (
        <div className="grid gap-3">
          <p className="text-body">{pinnedFacts(decision)}</p>
          <TextField
            label="Reason"
            value={reason}
            onChange={setReason}
            multiline
            autoFocus
            placeholder="Why this threshold, and who agreed to it"
          />
          <SignedAs />
          <p className="text-caption text-text-3">
            The registry keeps the threshold, the scenario, these figures, the reason and the fingerprints of
            table and model. No row of the data goes there.
          </p>
          <RegistryNotice />
          <MutationError error={pin.error} />
        </div>
      ) : (
        <p className="text-body">{outcomeTexts[outcome]}</p>
      )}
    </Dialog>
  );
}

const outcomeTitles = { pinned: 'Pinned', waiting: 'Pinned in this browser' } as const;

const outcomeTexts = {
  pinned:
    'The registry keeps the decision with its reason. Changes are shown against this threshold from now on.',
  waiting:
    'The registry does not answer. The decision is kept in this browser, also over a reload, and is sent when the registry is back.',
} as const;

function pinnedFacts(decision: DecisionOnScreen['decision']): string {
  const { flagged, rows, flaggedShare, recall, money } = decision;
  const value = money === null ? '' : `; net value ${formatMoney(money.net)}`;
  return `Flags ${formatCount(flagged)} of ${formatCount(rows)} rows (${formatRate(flaggedShare)}), catches ${formatRate(recall)} of the positives${value}.`;
}
