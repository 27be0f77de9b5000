import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { RegistryPage } from '../features/registry/RegistryPage.tsx';
import { openFiles } from '../features/workspace/open-files.ts';
import { reopenLink } from '../features/workspace/reopen-link.ts';
import { decodeFragment } from '../state/fragment-codec.ts';
import { useWorkspace } from '../state/workspace-store.ts';

/** `/registry`. Default export because the route is loaded lazily. */
export default function RegistryRoute() {
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<string | null>(null);
  const reopen = (fragment: string): void => {
    reopenLink(decodeFragment(fragment));
    navigate(fragment.includes('threshold=') ? '/thresholds' : '/');
  };
  return (
    <>
      <RegistryPage
        onReopen={(fragment) => (closesOthers(fragment) ? setAsked(fragment) : reopen(fragment))}
        onFiles={(files) => {
          void openFiles(files);
          navigate('/');
        }}
      />
      {asked !== null && (
        <ReplaceDialog
          onClose={() => setAsked(null)}
          onReplace={() => {
            setAsked(null);
            reopen(asked);
          }}
        />
      )}
    </>
  );
}

/** Whether reopening would close more than the one table that it is about. */
function closesOthers(fragment: string): boolean {
  const { tables, choices } = useWorkspace.getState();
  if (tables.length === 0) return false;
  const { state } = decodeFragment(fragment);
  return tables.length > 1 || (choices.table !== null && choices.table.id !== state.table?.id);
}

function ReplaceDialog({
  onClose,
  onReplace,
}: {
  readonly onClose: () => void;
  readonly onReplace: () => void;
}) {
  const tables = useWorkspace((state) => state.tables);
  return (
    <Dialog
      title="Close what is open?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Stay here</Button>
          <Button kind="primary" onPress={onReplace} autoFocus>
            Close and open
          </Button>
        </>
      }
    >
      <p className="text-body">
        {tables.map(({ name }) => name).join(', ')} {tables.length === 1 ? 'is' : 'are'} open and would be
        closed. What this browser keeps can be opened again from the first page.
      </p>
    </Dialog>
  );
}
