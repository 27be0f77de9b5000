import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { Artifact, ModelVersion, RegisteredModel } from '../../contracts/registry/models.ts';
import { Button } from '../../design/Button.tsx';
import { Disclosure } from '../../design/Disclosure.tsx';
import { formatBytes, formatCount, formatCountOf } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Panel } from '../../design/Panel.tsx';
import { modelsQuery, versionsQuery } from '../../registry/queries.ts';
import { registryClient } from '../../registry/registry-client.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DeleteModel } from './DeleteModel.tsx';
import { ListState } from './ListState.tsx';
import { momentText } from './moment.ts';
import { RegisterDialog } from './RegisterDialog.tsx';

export interface OpenFiles {
  readonly onFiles: (files: readonly File[]) => void;
}

/** Registered models and their frozen versions: what is open goes in, what is there opens here. */
export function ModelsPanel({ onFiles }: OpenFiles) {
  const query = useInfiniteQuery(modelsQuery());
  const models = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = useWorkspace((state) => state.model.value);
  const [registering, setRegistering] = useState(false);
  return (
    <Panel title="Models" caption="Versions count up and are frozen: their files never change" ruled>
      {open !== null && (
        <div className="mb-2">
          <Button onPress={() => setRegistering(true)}>Save the open model as a version</Button>
          {registering && (
            <RegisterDialog model={open} models={models} onClose={() => setRegistering(false)} />
          )}
        </div>
      )}
      <ListState
        query={query}
        isEmpty={models.length === 0}
        empty="No model is registered yet. Open one in the workspace; it can then be saved here as a version with its fingerprint."
      >
        <ul className="grid divide-y divide-line">
          {models.map((model) => (
            <Model key={model.name} model={model} onFiles={onFiles} />
          ))}
        </ul>
      </ListState>
    </Panel>
  );
}

function Model({ model, onFiles }: { readonly model: RegisteredModel } & OpenFiles) {
  return (
    <li className="py-2">
      <Disclosure
        title={
          <span className="flex flex-wrap items-baseline gap-x-3 text-left">
            <span className="text-body font-semibold text-text">{model.name}</span>
            <span className="font-normal text-text-3">{formatCountOf(model.versionCount, 'version')}</span>
          </span>
        }
      >
        {model.description !== '' && (
          <p className="max-w-[80ch] text-table text-text-2">{model.description}</p>
        )}
        <Versions name={model.name} onFiles={onFiles} />
        <DeleteModel name={model.name} />
      </Disclosure>
    </li>
  );
}

function Versions({ name, onFiles }: { readonly name: string } & OpenFiles) {
  const query = useInfiniteQuery(versionsQuery(name));
  const versions = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <ListState query={query} isEmpty={versions.length === 0} empty="It has no version yet.">
      <ul className="grid divide-y divide-line">
        {versions.map((version) => (
          <Version key={version.version} version={version} onFiles={onFiles} />
        ))}
      </ul>
    </ListState>
  );
}

function Version({ version, onFiles }: { readonly version: ModelVersion } & OpenFiles) {
  return (
    <li className="grid gap-1 py-2 text-table">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <b className="font-semibold">Version {formatCount(version.version)}</b>
        <span className="text-text-3">
          {momentText(version.createdAt)} by {version.createdBy}
        </span>
        <span className="text-text-3" title={`SHA-256 of the list of files ${version.treeSha256}`}>
          {version.treeSha256.slice(0, 12)}…
        </span>
      </p>
      {version.description !== '' && <p className="max-w-[80ch] text-text-2">{version.description}</p>}
      <ul className="grid gap-0.5">
        {version.artifacts.map((artifact) => (
          <VersionFile key={artifact.path} version={version} artifact={artifact} onFiles={onFiles} />
        ))}
      </ul>
    </li>
  );
}

interface VersionFileProps extends OpenFiles {
  readonly version: ModelVersion;
  readonly artifact: Artifact;
}

/** One file: opened as a model here; the registry's digest is checked against the bytes that came. */
function VersionFile({ version, artifact, onFiles }: VersionFileProps) {
  const { modelName, version: number } = version;
  const open = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const client = await registryClient();
      const bytes = await client.artifact(modelName, number, artifact.path, { byteLength: artifact.size });
      return new File([bytes], artifact.path.split('/').at(-1) ?? artifact.path);
    },
    onSuccess: (file) => onFiles([file]),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <span>{artifact.path}</span>
      <span className="text-text-3">{formatBytes(artifact.size)}</span>
      <span className="text-text-3" title={`SHA-256 ${artifact.sha256}`}>
        {artifact.sha256.slice(0, 12)}…
      </span>
      <Button kind="quiet" onPress={() => open.mutate()} isDisabled={open.isPending}>
        {open.isPending ? 'Opening' : 'Open here'}
      </Button>
      {open.error !== null && <Notice tone="fail">{asCutlineError(open.error).message}</Notice>}
    </li>
  );
}
