import { Download } from 'lucide-react';
import { useState } from 'react';
import { scoresCsv } from '../../compute/export.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { Button } from '../../design/Button.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { saveFile } from './save-file.ts';
import { scoresFileName } from './scores-file-name.ts';

/** Saves the current model's scores of all rows. Absent until there are some. */
export function DownloadScores({ model }: { readonly model: ModelSummary }) {
  const scoresId = useWorkspace((state) => state.scoring.scoresId);
  const table = useWorkspace((state) => state.table.value?.name ?? '');
  const [error, setError] = useState<string | null>(null);
  if (scoresId === null) return null;
  const save = async (): Promise<void> => {
    setError(null);
    try {
      saveFile(await scoresCsv(scoresId), scoresFileName(table, model.name));
    } catch (thrown) {
      setError(asCutlineError(thrown).message);
    }
  };
  return (
    <div className="grid gap-1">
      <div>
        <Button onPress={() => void save()}>
          <Download size={16} strokeWidth={1.5} aria-hidden="true" />
          Download scores (CSV)
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="text-table text-fail">
          {error}
        </p>
      )}
    </div>
  );
}
