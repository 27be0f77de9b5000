import { useMutation } from '@tanstack/react-query';
import { deleteModel } from '../../registry/mutations.ts';
import { useProfile } from '../../state/profile.ts';
import { DeleteButton } from './DeleteButton.tsx';

/** Takes a registered model out of the lists, after a question. */
export function DeleteModel({ name }: { readonly name: string }) {
  const profile = useProfile((state) => state.name);
  const remove = useMutation(deleteModel());
  return (
    <div className="-ml-2.5">
      <DeleteButton
        label="Delete the model"
        name={name}
        consequence="The model and its versions go from the lists. The audit log keeps that they were there, and their numbers are never used again."
        isPending={remove.isPending}
        error={remove.error}
        onDelete={() => remove.mutate({ profile, name })}
      />
    </div>
  );
}
