import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { deleteModel } from '../../registry/mutations.ts';
import { useProfile } from '../../state/profile.ts';
import { MutationError } from './MutationError.tsx';

/** Takes a registered model out of the lists, after a question. */
export function DeleteModel({ name }: { readonly name: string }) {
  const profile = useProfile((state) => state.name);
  const [asks, setAsks] = useState(false);
  const remove = useMutation(deleteModel());
  return (
    <>
      <Button kind="quiet" onPress={() => setAsks(true)} className="-ml-2.5">
        Delete the model
      </Button>
      <Dialog
        title={`Delete ${name}`}
        isOpen={asks}
        onClose={() => setAsks(false)}
        actions={
          <>
            <Button onPress={() => setAsks(false)}>Keep it</Button>
            <Button
              kind="primary"
              onPress={() => remove.mutate({ profile, name })}
              isPending={remove.isPending}
            >
              Delete
            </Button>
          </>
        }
      >
        <p className="text-body">
          The model and its versions go from the lists. The audit log keeps that they were there, and their
          numbers are never used again.
        </p>
        <MutationError error={remove.error} />
      </Dialog>
    </>
  );
}
