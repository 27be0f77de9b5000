import { FileSearch } from 'lucide-react';
import { Link } from 'wouter';
import type { ModelSummary } from '../../core/model/signature.ts';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatBytes } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DownloadScores } from './DownloadScores.tsx';
import { Fact } from './Fact.tsx';
import { FolderButton } from './FolderButton.tsx';
import { insideText, modelBadge, modelDetail } from './model-words.ts';
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
        items={models.map((open) => ({
          id: open.id,
          name: open.name,
          badge: modelBadge(choices, open.id),
          detail: modelDetail(open),
        }))}
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
      <div className="flex flex-wrap gap-1">
        <FileButton multiple onFiles={(files) => void openFiles(files)}>
          Open another model
        </FileButton>
        <FolderButton />
      </div>
    </section>
  );
}

function ModelFacts({ model }: { readonly model: ModelSummary }) {
  const inside = insideText(model);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <ToModelPage />
        <DownloadScores model={model} />
      </div>
      {model.notices.map((notice) => (
        <Notice key={notice.code + notice.message} tone="info">
          {notice.message}
        </Notice>
      ))}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
        {inside !== '' && <Fact name="Inside">{inside}</Fact>}
        {model.objective !== null && <Fact name="Objective">{model.objective}</Fact>}
        <Fact name="Size">{formatBytes(model.byteLength)}</Fact>
        <Fact name="Classes">{model.classLabels === null ? 'not stated' : model.classLabels.join(', ')}</Fact>
        {model.producer !== '' && <Fact name="Made by">{model.producer}</Fact>}
      </dl>
    </>
  );
}

function ToModelPage() {
  return (
    <Link
      href="/model"
      className="inline-flex h-8 items-center gap-1.5 rounded-control border border-ctl bg-surface px-3 text-table font-medium hover:bg-sunk"
    >
      <FileSearch size={16} strokeWidth={1.5} aria-hidden="true" />
      Model page
    </Link>
  );
}
