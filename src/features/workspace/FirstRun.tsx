import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { asCutlineError } from '../../contracts/error-data.ts';
import { Answer } from '../../design/Answer.tsx';
import { Button } from '../../design/Button.tsx';
import { FileButton, FileDrop } from '../../design/FileDrop.tsx';
import { Notice } from '../../design/Notice.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { FIRST_DEMO, fetchDemoManifest, openDemo } from './open-demo.ts';
import { openFiles } from './open-files.ts';

/** Before anything is open: what Cutline answers, and the two ways in. */
export function FirstRun() {
  return (
    <div className="max-w-[1040px] py-6 max-wide:py-1">
      <Answer>
        Cutline shows where to draw the line on a model’s score, what that line is worth, and how sure that
        is. It runs in this browser: no row leaves your machine.
      </Answer>
      <div className="mt-8 grid items-start gap-x-12 gap-y-8 desk:grid-cols-2">
        <DemoOffer />
        <FilesOffer />
      </div>
    </div>
  );
}

function DemoOffer() {
  const opening = useWorkspace((state) => state.table.loading !== null);
  const manifest = useQuery({
    queryKey: ['demo-manifest', FIRST_DEMO],
    queryFn: ({ signal }) => fetchDemoManifest(FIRST_DEMO, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <section aria-labelledby="demo-title" className="grid gap-3">
      <h2 id="demo-title">Try it on real data</h2>
      {manifest.isPending && <Skeleton className="h-24" />}
      {manifest.isError && <Notice tone="fail">{asCutlineError(manifest.error).message}</Notice>}
      {manifest.data !== undefined && (
        <>
          <p className="text-body text-text">{manifest.data.description}</p>
          <div className="py-1">
            <Button kind="primary" isDisabled={opening} onPress={() => void openDemo(FIRST_DEMO)}>
              Open the demo: {manifest.data.title.toLowerCase()}
            </Button>
          </div>
          <p className="text-caption text-text-3">{manifest.data.provenance}</p>
        </>
      )}
    </section>
  );
}

function FilesOffer() {
  return (
    <section aria-labelledby="files-title" className="grid gap-3">
      <h2 id="files-title">Open your own</h2>
      <FileDrop
        label="Drop a table and a model"
        onFiles={(files) => void openFiles(files)}
        className="grid justify-items-start gap-3 px-5 py-5"
      >
        <Upload size={20} strokeWidth={1.5} aria-hidden="true" className="text-text-3" />
        <p className="text-body text-text">
          Drop a table and the model that scores it, both at once or one after the other, anywhere on this
          page.
        </p>
        <FileButton multiple onFiles={(files) => void openFiles(files)}>
          Choose files
        </FileButton>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-caption text-text-3">
          <dt className="text-text-2">Table</dt>
          <dd>
            CSV or TSV with a header, plain or gzip; with an outcome column, and with scores if there is no
            model
          </dd>
          <dt className="text-text-2">Model</dt>
          <dd>ONNX, for instance from scikit-learn, LightGBM or XGBoost</dd>
        </dl>
      </FileDrop>
    </section>
  );
}
