import type { ModelSummary } from '../../core/model/signature.ts';
import { Disclosure } from '../../design/Disclosure.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatBytes, formatCount, formatCountOf } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DownloadScores } from './DownloadScores.tsx';
import { Fact } from './Fact.tsx';
import { OpenList } from './OpenList.tsx';
import { absentModels } from './open-decision.ts';
import { openFiles } from './open-files.ts';
import { closeModel, switchModel } from './open-models.ts';

/** The open models, with what the current one's file says about itself. */
export function ModelPanel() {
  const models = useWorkspace((state) => state.models);
  const model = useWorkspace((state) => state.model.value);
  const choices = useWorkspace((state) => state.choices);
  const absent = absentModels(choices, models);
  return (
    <section aria-labelledby="model-title" className="grid gap-2">
      <h2 id="model-title">{models.length === 1 ? 'Model' : 'Models'}</h2>
      <OpenList
        label="Open models"
        items={models.map((open) => ({ id: open.id, name: open.name, detail: modelDetail(open) }))}
        currentId={choices.scoreColumn === null ? (model?.id ?? null) : null}
        onSwitch={switchModel}
        onClose={closeModel}
      >
        {model !== null && <ModelFacts model={model} />}
      </OpenList>
      {absent.map(({ id, name }) => (
        <p key={id} className="pl-2.5 text-caption text-text-3">
          {name} was open here too; drop the file to have it back.
        </p>
      ))}
      <div>
        <FileButton multiple onFiles={(files) => void openFiles(files)}>
          Open another model
        </FileButton>
      </div>
    </section>
  );
}

function modelDetail(model: ModelSummary): string {
  const inputs = inputCount(model);
  const width = inputs === 0 ? 'width left open' : formatCountOf(inputs, 'input');
  return `${model.format.toUpperCase()}, ${width}`;
}

function inputCount(model: ModelSummary): number {
  return model.inputs.reduce((sum, { columns }) => sum + (columns ?? 0), 0);
}

function ModelFacts({ model }: { readonly model: ModelSummary }) {
  const opsets = model.opsets.map(
    ({ domain, version }) => `${domain === '' ? 'ai.onnx' : domain} ${version}`,
  );
  return (
    <>
      <DownloadScores model={model} />
      {model.notices.map((notice) => (
        <Notice key={notice.code + notice.message} tone="info">
          {notice.message}
        </Notice>
      ))}
      <Disclosure title="About this model">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 py-1 text-table">
          <Fact name="Size">{formatBytes(model.byteLength)}</Fact>
          <Fact name="Classes">
            {model.classLabels === null ? 'not stated' : model.classLabels.join(', ')}
          </Fact>
          {model.producer !== '' && <Fact name="Made by">{model.producer}</Fact>}
          <Fact name="Opsets">{opsets.join(', ')}</Fact>
        </dl>
        <p className="pt-1 text-caption text-text-3">
          {formatCountOf(model.operators.length, 'kind of operator', 'kinds of operators')}
        </p>
        <ul className="grid gap-0.5 py-1 text-table text-text-2">
          {model.operators.map(({ name, count }) => (
            <li key={name} className="flex justify-between gap-3">
              {name} <span className="text-text-3">{formatCount(count)}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}
