import { useEffect, useState } from 'react';
import { forgetKept } from '../../compute/kept.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { type Command, offerCommands } from '../../state/offered-commands.ts';
import { forgottenText, keptLine } from './kept-view.ts';
import { useKeptData } from './use-kept-data.ts';

/** How much this browser keeps, of how much it may, and the way to forget it. Absent without storage. */
export function KeptLine() {
  const kept = useKeptData();
  const [isAsking, setAsking] = useState(false);
  const line = kept === undefined ? null : keptLine(kept);
  const canForget = kept !== undefined && forgottenText(kept).length > 0;
  useEffect(() => {
    if (!canForget) return;
    return offerCommands({ commands: [forgetCommand(() => setAsking(true))] });
  }, [canForget]);
  if (kept === undefined || line === null) return null;
  const goes = forgottenText(kept);
  const forget = async (): Promise<void> => {
    setAsking(false);
    await forgetKept('all');
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 pr-2.5">
      <p className="text-caption text-text-3">Kept on this machine: {line}</p>
      {canForget && (
        <Button kind="quiet" className="-mx-2.5" onPress={() => setAsking(true)}>
          Forget everything
        </Button>
      )}
      <Dialog
        title="Forget what this browser keeps"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button kind="quiet" onPress={() => setAsking(false)}>
              Keep it
            </Button>
            <Button kind="primary" onPress={() => void forget()}>
              Forget everything
            </Button>
          </>
        }
      >
        <div className="grid gap-2 text-body">
          <p>These copies are deleted from this browser:</p>
          <ul className="list-disc pl-5">
            {goes.map((part) => (
              <li key={part} className="[overflow-wrap:anywhere]">
                {part}
              </li>
            ))}
          </ul>
          <p className="text-table text-text-2">
            The files on your disk, and what is saved in the registry, stay as they are. What is open stays
            open until this page is closed; after that its files must be opened again.
          </p>
        </div>
      </Dialog>
    </div>
  );
}

function forgetCommand(run: () => void): Command {
  const label = 'Forget what this browser keeps';
  return { id: 'forget-kept', group: 'Data', label, words: 'delete clear storage', run };
}
