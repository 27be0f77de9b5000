import { Button } from '../../design/Button.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useBringBack } from './bring-back.ts';
import { useFileOffers } from './file-offer.ts';
import { neededFiles, neededText } from './needed-files.ts';
import { openFiles, refuseOfferedFile, takeOfferedFile } from './open-files.ts';

/** The files that a link needs and this browser does not keep, and the file that was dropped in the place of one. */
export function NeededFiles() {
  const choices = useWorkspace((state) => state.choices);
  const base = useWorkspace((state) => state.base);
  const tables = useWorkspace((state) => state.tables);
  const models = useWorkspace((state) => state.models);
  const isSearching = useBringBack((state) => state.isSearching);
  const offers = useFileOffers();
  const files = neededFiles(choices, { base, tables, models });
  if (files.needed.length === 0 || isSearching) return null;
  const missing = [...files.needed, ...files.beside];
  return (
    <section aria-labelledby="needed-title" className="mb-6 grid max-w-[80ch] gap-3">
      <h2 id="needed-title" className="text-answer font-normal tracking-[-0.014em]">
        {neededText(files)}
      </h2>
      <p className="text-body text-text-2">
        A link holds choices and the fingerprints of files, never the files. This browser keeps the tables and
        models that were opened in it, as long as there is room, but{' '}
        {missing.length === 1 ? 'this one is not' : 'these are not'} among them. The same{' '}
        {missing.length === 1 ? 'file brings' : 'files bring'} back the same state.
      </p>
      <ul className="grid gap-1 text-table">
        {missing.map(({ kind, name, id }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <span className="font-medium">{name}</span>
            <span className="text-text-3" title={`SHA-256 ${id}`}>
              {kind}, fingerprint {id.slice(0, 12)}…
            </span>
          </li>
        ))}
      </ul>
      {(['table', 'model'] as const).map((kind) => {
        const offered = offers[kind];
        const wanted = files.needed.find((file) => file.kind === kind);
        if (offered === null || wanted === undefined) return null;
        return (
          <Notice key={kind} tone="warn">
            <p>
              {offered.name === wanted.name
                ? `This ${offered.name} has other content than the one that this page was made with.`
                : `${offered.name} is not the ${kind} that this page needs, ${wanted.name}.`}{' '}
              Used anyway, the figures will differ.
            </p>
            <div className="mt-2 flex flex-wrap gap-2">
              <Button onPress={() => takeOfferedFile(kind)}>Use {offered.name} anyway</Button>
              <Button kind="quiet" onPress={() => refuseOfferedFile(kind)}>
                Leave it
              </Button>
            </div>
          </Notice>
        );
      })}
      <div>
        <FileButton multiple kind="primary" onFiles={(files) => void openFiles(files)}>
          Choose {missing.length === 1 ? 'the file' : 'the files'}
        </FileButton>
      </div>
    </section>
  );
}
