import { Upload } from 'lucide-react';
import { Answer } from '../../design/Answer.tsx';
import { FileButton, FileDrop } from '../../design/FileDrop.tsx';
import { DemoOffer } from './DemoOffer.tsx';
import { FolderButton } from './FolderButton.tsx';
import { folderOfItem } from './folder-files.ts';
import { openFiles } from './open-files.ts';
import { openFolder } from './open-folder.ts';
import { RecentFiles } from './RecentFiles.tsx';

/** Before anything is open: what Cutline answers, and the ways in. */
export function FirstRun() {
  return (
    <div className="max-w-[1040px] py-6 max-wide:py-1">
      <Answer>
        Cutline shows where to draw the line on a model’s score, what that line is worth, and how sure that
        is. It runs in this browser: no row leaves your machine.
      </Answer>
      <div className="mt-8 grid items-start gap-x-12 gap-y-8 desk:grid-cols-2">
        <DemoOffer />
        <div className="grid gap-8 max-desk:row-start-1">
          <FilesOffer />
          <RecentFiles />
        </div>
      </div>
    </div>
  );
}

function FilesOffer() {
  return (
    <section aria-labelledby="files-title" className="grid gap-3">
      <h2 id="files-title">Open your own</h2>
      <FileDrop
        label="Drop tables and models"
        onFiles={(files) => void openFiles(files)}
        onFolder={(folder) => void openFolder(folderOfItem(folder))}
        className="grid justify-items-start gap-3 px-5 py-5"
      >
        <Upload size={20} strokeWidth={1.5} aria-hidden="true" className="text-text-3" />
        <p className="text-body text-text">
          Drop tables and the models that score them, all at once or one after the other, anywhere on this
          page.
        </p>
        <div className="flex flex-wrap gap-2">
          <FileButton multiple onFiles={(files) => void openFiles(files)}>
            Choose files
          </FileButton>
          <FolderButton />
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-caption text-text-3">
          <dt className="text-text-2">Table</dt>
          <dd>
            CSV or TSV with a header, JSON lines (all three plain or gzip), Parquet, Arrow or Feather; with an
            outcome column, and with scores if there is no model
          </dd>
          <dt className="text-text-2">Model</dt>
          <dd>ONNX, LightGBM, XGBoost, or an MLflow model folder (as a folder or a zip)</dd>
        </dl>
      </FileDrop>
    </section>
  );
}
