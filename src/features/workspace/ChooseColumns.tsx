import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { outlineTable } from '../../compute/tables.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { TableOutline } from '../../contracts/tasks.ts';
import { Button } from '../../design/Button.tsx';
import { CheckMark } from '../../design/CheckMark.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { formatBytes, formatCount, formatCountOf } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { TextField } from '../../design/TextField.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { columnChoiceView, columnsForModel, firstThatFit } from './choose-columns.ts';
import { openColumnsOf } from './open-files.ts';
import { useTooLarge } from './too-large.ts';

/** The sheet on which columns of a table that is too large are chosen. Rendered once on the page. */
export function ChooseColumns() {
  const { file, isChoosing } = useTooLarge();
  if (file === null || !isChoosing) return null;
  return <ChooseColumnsOf key={file.name} file={file} />;
}

function close(): void {
  useTooLarge.setState({ isChoosing: false });
}

function ChooseColumnsOf({ file }: { readonly file: File }) {
  const outline = useQuery({
    queryKey: ['table/outline', file.name, file.size, file.lastModified],
    queryFn: ({ signal }) => outlineTable(file, { signal }),
    networkMode: 'always',
    retry: false,
    gcTime: 0,
  });
  if (outline.data !== undefined) return <ColumnSheet file={file} outline={outline.data} />;
  return (
    <Dialog title={`Choose columns of ${file.name}`} isOpen onClose={close} size="large">
      {outline.error === null ? (
        <ProgressBar label={`Looking into ${file.name}`} share={Number.NaN} />
      ) : (
        <Notice tone="fail">{asCutlineError(outline.error).message}</Notice>
      )}
    </Dialog>
  );
}

interface ColumnSheetProps {
  readonly file: File;
  readonly outline: TableOutline;
}

function ColumnSheet({ file, outline }: ColumnSheetProps) {
  const model = useWorkspace((state) => state.model.value);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(firstThatFit(outline)));
  const view = columnChoiceView(outline, chosen, search);
  const forModel = model === null ? [] : columnsForModel(outline, model);
  const toggle = (name: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(name);
    else next.delete(name);
    setChosen(next);
  };
  const read = (): void => {
    close();
    const columns = outline.columns.map(({ name }) => name).filter((name) => chosen.has(name));
    void openColumnsOf(file, columns);
  };
  const rows = `${outline.isRowCountExact ? '' : 'about '}${formatCountOf(outline.rowCount, 'row')}`;
  return (
    <Dialog
      title={`Choose columns of ${file.name}`}
      isOpen
      onClose={close}
      size="large"
      actions={
        <>
          <Button kind="quiet" onPress={close}>
            Cancel
          </Button>
          <Button kind="primary" isDisabled={!view.fits} onPress={read}>
            Open with {formatCountOf(chosen.size, 'column')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-table text-text-2">
          {outline.format}, {rows}. The whole table does not fit into memory here; choose what the model and
          the analysis need.
        </p>
        <div className="flex flex-wrap items-end gap-2">
          <TextField
            label="Find a column"
            hideLabel
            placeholder="Find a column"
            value={search}
            onChange={setSearch}
          />
          <Button onPress={() => setChosen(new Set(outline.columns.map(({ name }) => name)))}>All</Button>
          <Button onPress={() => setChosen(new Set())}>None</Button>
          {model !== null && forModel.length > 0 && (
            <Button onPress={() => setChosen(new Set([...chosen, ...forModel]))}>
              {`The ${formatCount(forModel.length)} that ${model.name} takes`}
            </Button>
          )}
        </div>
        <ul aria-label="Columns of the file" className="grid max-h-80 overflow-auto border-y border-line">
          {view.columns.map(({ name, kind, byteLength }) => (
            <li key={name}>
              <Checkbox
                isSelected={chosen.has(name)}
                onChange={(isChosen) => toggle(name, isChosen)}
                className="group flex min-h-8 items-center gap-2 px-1 text-table"
              >
                <CheckMark />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="text-text-3">{kind ?? ''}</span>
                <span className="w-20 text-right text-text-3">{formatBytes(byteLength)}</span>
              </Checkbox>
            </li>
          ))}
        </ul>
        <ProgressBar label={view.text} share={view.share} />
        {!view.fits && chosen.size > 0 && (
          <p role="status" className="text-table text-warn">
            These columns together are still too large. Take some out.
          </p>
        )}
      </div>
    </Dialog>
  );
}
