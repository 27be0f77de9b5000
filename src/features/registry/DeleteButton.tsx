import { useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { MutationError } from './MutationError.tsx';

export interface DeleteButtonProps {
  /** Words of the button. */
  readonly label: string;
  /** What is deleted. */
  readonly name: string;
  /** What that means, in a sentence or two. */
  readonly consequence: string;
  readonly isPending: boolean;
  /** Why it was not deleted. */
  readonly error: Error | null;
  readonly onDelete: () => void;
}

/** Deletes something of the registry, after a question. What it deletes takes the button with it. */
export function DeleteButton(props: DeleteButtonProps) {
  const { label, name, consequence, isPending, error, onDelete } = props;
  const [asks, setAsks] = useState(false);
  const keep = () => setAsks(false);
  return (
    <>
      <Button kind="quiet" onPress={() => setAsks(true)}>
        {label}
      </Button>
      <Dialog
        title={`Delete ${name}`}
        isOpen={asks}
        onClose={keep}
        actions={
          <>
            <Button onPress={keep}>Keep it</Button>
            <Button kind="primary" onPress={onDelete} isPending={isPending}>
              Delete
            </Button>
          </>
        }
      >
        <p className="text-body">{consequence}</p>
        <MutationError error={error} />
      </Dialog>
    </>
  );
}
