/** The files of a folder that was dropped or chosen, with their paths in it; bounded, since anything can be dropped. */
import type { FolderFile } from '../../compute/model-folder.ts';
import { FormatError } from '../../core/errors.ts';
import { formatCount } from '../../design/format.ts';

/** Something in a folder, whichever of the browser's two forms it came in. */
export type FolderEntry =
  | { readonly kind: 'file'; readonly name: string; readonly file: () => Promise<File> }
  | Folder;

export interface Folder {
  readonly kind: 'folder';
  readonly name: string;
  readonly entries: () => Promise<readonly FolderEntry[]>;
}

/** A model folder has about ten files; a thousand is somebody's whole disk. */
const MOST_FILES = 1000;
const MOST_DEPTH = 8;

/**
 * All files of a folder and of the folders within it, in the browser's order.
 * @throws {FormatError} `too-large` with more than 1,000 files, or folders nested more than 8 deep
 */
export async function filesOfFolder(folder: Folder): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  await collect(folder, '', 1, files, folder.name);
  return files;
}

async function collect(
  folder: Folder,
  path: string,
  depth: number,
  files: FolderFile[],
  root: string,
): Promise<void> {
  if (depth > MOST_DEPTH) throw tooLarge(root, `nested more than ${MOST_DEPTH} deep`);
  for (const entry of await folder.entries()) {
    const at = path + entry.name;
    if (entry.kind === 'folder') await collect(entry, `${at}/`, depth + 1, files, root);
    else {
      if (files.length >= MOST_FILES) throw tooLarge(root, `of more than ${formatCount(MOST_FILES)} files`);
      files.push({ path: at, file: await entry.file() });
    }
  }
}

/** What the folder dialog gives: files that know their path, each beginning with the folder's own name. */
export function filesOfChoice(chosen: readonly File[]): {
  readonly name: string;
  readonly files: readonly FolderFile[];
} {
  const [first] = chosen;
  const name = first?.webkitRelativePath.split('/')[0] ?? '';
  if (chosen.length > MOST_FILES) throw tooLarge(name, `of more than ${formatCount(MOST_FILES)} files`);
  const files = chosen.map((file) => ({ path: file.webkitRelativePath.slice(name.length + 1), file }));
  return { name, files };
}

function tooLarge(name: string, what: string): FormatError {
  return new FormatError('too-large', `${name} is a folder ${what}, too large to be one model.`, {
    place: { file: name },
    advice: 'Open the folder that holds the file MLmodel, or the files themselves.',
  });
}

/** A folder as a drop zone gives it. */
interface DroppedFolder {
  readonly name: string;
  getEntries(): AsyncIterable<DroppedFile | (DroppedFolder & { readonly kind: 'directory' })>;
}

interface DroppedFile {
  readonly kind: 'file';
  readonly name: string;
  getFile(): Promise<File>;
}

export function folderOfItem(folder: DroppedFolder): Folder {
  return {
    kind: 'folder',
    name: folder.name,
    entries: async () => {
      const entries: FolderEntry[] = [];
      for await (const item of folder.getEntries())
        entries.push(
          item.kind === 'directory'
            ? folderOfItem(item)
            : { kind: 'file', name: item.name, file: () => item.getFile() },
        );
      return entries;
    },
  };
}

/** As the browser's own drop events name it. */
export function folderOfEntry(entry: FileSystemDirectoryEntry): Folder {
  return {
    kind: 'folder',
    name: entry.name,
    entries: async () => (await readAll(entry.createReader())).flatMap(entryOf),
  };
}

function entryOf(entry: FileSystemEntry): readonly FolderEntry[] {
  if (entry.isDirectory) return [folderOfEntry(entry as FileSystemDirectoryEntry)];
  if (!entry.isFile) return [];
  const file = (): Promise<File> =>
    new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  return [{ kind: 'file', name: entry.name, file }];
}

/** The browser answers a hundred entries at a time, and none at the end. */
async function readAll(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MOST_FILES) return all;
    all.push(...some);
  }
}
