import { useState } from 'react';
import { saveFile } from '../../charts/save-file.ts';
import { writeModelAsOnnx } from '../../compute/write-onnx.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { Notice } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { Notice as NoticeBox } from '../../design/Notice.tsx';
import type { PageParts } from './page-parts.ts';

interface SaveAsOnnxProps extends Pick<PageParts, 'Failure'> {
  readonly model: ModelSummary;
}

/** A native tree model in the form that other programs read; what ONNX cannot say is refused in words, what it says otherwise is told. */
export function SaveAsOnnx({ model, Failure }: SaveAsOnnxProps) {
  const [isWriting, setWriting] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const save = async (): Promise<void> => {
    setWriting(true);
    setError(null);
    setNotices([]);
    try {
      const { bytes, name, notices: said } = await writeModelAsOnnx(model.id);
      saveFile(name, new Blob([bytes]));
      setNotices(said);
    } catch (thrown) {
      setError(asCutlineError(thrown));
    }
    setWriting(false);
  };
  return (
    <div className="grid gap-2">
      <div>
        <Button onPress={() => void save()} isPending={isWriting}>
          Save as ONNX
        </Button>
      </div>
      {notices.map(({ code, message }) => (
        <NoticeBox key={code + message} tone="info">
          {message}
        </NoticeBox>
      ))}
      {error !== null && <Failure title="The model was not written as ONNX" error={error} />}
    </div>
  );
}
