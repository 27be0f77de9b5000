import type { ModelSummary } from '../../core/model/signature.ts';
import { CopyButton } from '../../design/CopyButton.tsx';
import { Panel } from '../../design/Panel.tsx';
import { FactList } from './FactList.tsx';
import { canBecomeOnnx, fileLines, packageLines } from './file.view-model.ts';
import type { PageParts } from './page-parts.ts';
import { SaveAsOnnx } from './SaveAsOnnx.tsx';

interface FilePanelProps {
  readonly model: ModelSummary;
  readonly parts: PageParts;
}

/** The file, its fingerprint, where it came from, and its way to ONNX. */
export function FilePanel({ model, parts }: FilePanelProps) {
  return (
    <Panel ruled title="File">
      <div className="grid justify-items-start gap-2">
        <FactList lines={[...fileLines(model), ...packageLines(model)]}>
          <dt className="text-text-3">SHA-256</dt>
          <dd>
            <span className="[overflow-wrap:anywhere]">{model.id}</span>
            <div>
              <CopyButton text={model.id} label="Copy the hash" />
            </div>
          </dd>
        </FactList>
        {canBecomeOnnx(model) && <SaveAsOnnx model={model} Failure={parts.Failure} />}
      </div>
    </Panel>
  );
}
