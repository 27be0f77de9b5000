import type { ModelSummary } from '../../core/model/signature.ts';
import { Answer } from '../../design/Answer.tsx';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { AnswerText } from './AnswerText.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import { EnginePanel } from './EnginePanel.tsx';
import { FilePanel } from './FilePanel.tsx';
import { FormsPanel } from './FormsPanel.tsx';
import { InsidePanel } from './InsidePanel.tsx';
import { modelAnswer } from './model-answer.view-model.ts';
import { OperatorsPanel } from './OperatorsPanel.tsx';
import type { PageParts } from './page-parts.ts';
import { SignaturePanel } from './SignaturePanel.tsx';
import { useDifferingForm } from './use-beside.ts';

export interface ModelPageProps {
  readonly model: ModelSummary;
  readonly parts: PageParts;
}

/** What a model is, whether its scores can be believed, and what is in its file. */
export function ModelPage({ model, parts }: ModelPageProps) {
  return (
    <main id="content" className="grid grid-cols-[minmax(0,1fr)] gap-5 px-5 py-4 max-wide:px-4">
      <div className="-mb-2 break-words">
        <h1 className="sr-only">Model</h1>
        <ModelAnswer model={model} parts={parts} />
        {model.notices.length > 0 && (
          <div className="mt-2 grid max-w-[88ch] gap-2">
            {model.notices.map((notice) => (
              <Notice key={notice.code + notice.message} tone="info">
                {notice.message}
              </Notice>
            ))}
          </div>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,1fr)_320px]">
        <ChecksPanel model={model} parts={parts} />
        <EnginePanel model={model} parts={parts} />
      </div>
      <FormsPanel key={model.id} model={model} parts={parts} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <SignaturePanel model={model} />
          <FilePanel key={model.id} model={model} parts={parts} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <InsidePanel key={model.id} model={model} />
          <OperatorsPanel model={model} />
        </div>
      </div>
    </main>
  );
}

function ModelAnswer({ model, parts }: ModelPageProps) {
  const { choices, table, scoring } = useWorkspace();
  const answer = modelAnswer({
    model,
    mapping: choices.mapping,
    tableRows: table.value?.rowCount ?? null,
    scoreColumn: choices.scoreColumn,
    isScored: scoring.scoresId !== null,
    engineName: scoring.engine,
    gate: scoring.gate,
    checks: parts.checks.checks,
    differing: useDifferingForm(model, parts),
  });
  return (
    <Answer>
      <AnswerText parts={answer} />
    </Answer>
  );
}
