import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { modelFile } from '../../compute/models.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { RegisteredModel } from '../../contracts/registry/models.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { formatBytes, formatCount } from '../../design/format.ts';
import { TextField } from '../../design/TextField.tsx';
import { createModel, uploadVersion } from '../../registry/mutations.ts';
import { useProfile } from '../../state/profile.ts';
import { MutationError } from './MutationError.tsx';
import { proposedModelName } from './model-name.ts';
import { RegistryNotice } from './RegistryNotice.tsx';
import { SignedAs } from './SignedAs.tsx';

export interface RegisterDialogProps {
  readonly model: ModelSummary;
  /** Registered so far. */
  readonly models: readonly RegisteredModel[];
  readonly onClose: () => void;
}

/** Saves the open model as the next version of a registered one, which is made when its name is new. */
export function RegisterDialog({ model, models, onClose }: RegisterDialogProps) {
  const profile = useProfile((state) => state.name);
  const [name, setName] = useState(() => proposedModelName(model.name));
  const [description, setDescription] = useState('');
  const create = useMutation(createModel());
  const upload = useMutation(uploadVersion());
  const typed = name.trim();
  const existing = models.find((one) => one.name === typed);
  const save = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const bytes = modelFile(model.id);
      if (existing === undefined)
        await create.mutateAsync({ profile, input: { name: typed } }).catch((error: unknown) => {
          // Registered already, by someone else meanwhile or beyond the models that are listed here.
          if (asCutlineError(error).code !== 'conflict') throw error;
        });
      const version = { description: description.trim(), files: [{ path: model.name, bytes }] };
      return upload.mutateAsync({ profile, name: typed, version });
    },
    onSuccess: onClose,
  });
  // As in PinDialog: one press, one version.
  const isSending = useRef(false);
  const send = () => {
    if (isSending.current) return;
    isSending.current = true;
    save.mutate(undefined, {
      onSettled: () => {
        isSending.current = false;
      },
    });
  };
  const next = existing === undefined ? 1 : (existing.latestVersion ?? 0) + 1;
  return (
    <Dialog
      title="Save the model to the registry"
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" onPress={send} isDisabled={typed === ''} isPending={save.isPending}>
          {save.isPending ? 'Saving' : `Save version ${formatCount(next)}`}
        </Button>
      }
    >
      <div className="grid gap-3">
        <p className="text-body">
          {model.name}, {formatBytes(model.byteLength)}. The file goes to the registry; the data it scores do
          not.
        </p>
        <TextField label="Registered model" value={name} onChange={setName} autoFocus />
        <TextField
          label="What is new in this version"
          value={description}
          onChange={setDescription}
          multiline
        />
        <SignedAs />
        <RegistryNotice />
        <MutationError error={save.error} />
      </div>
    </Dialog>
  );
}
