import { Zip, ZipPassThrough } from 'fflate';
import { FormatError } from '../core/errors.ts';

/** A file of a dropped folder, under its path within the folder. */
export interface FolderFile {
  readonly path: string;
  readonly file: File;
}

/** What the reader of archives takes, all files together. */
const MAX_BYTES = 2_147_483_647;

/** Archives state times of the local clock without its zone, and this one is the same in all of them. */
const fixedTime = new Date(1980, 0, 1);

/**
 * Packs the files of a model folder into one zip file, so that all that follows (the hash under which a model is known,
 * keeping it, the registry) has to do with one file. Nothing is compressed, times are fixed and paths sorted: the same
 * folder makes the same bytes.
 *
 * @param files in any order; what macOS and git keep beside the files is left out
 * @param name  of the folder; the file is called `{name}.zip`
 * @throws {FormatError} `too-large` above 2 GB
 * @throws {DOMException} when a file cannot be read
 */
export async function modelFolderFile(files: readonly FolderFile[], name: string): Promise<File> {
  const wanted = files
    .filter(({ path }) => !/(^|[\\/])(\.DS_Store$|\.git[\\/]|__MACOSX[\\/])/.test(path))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  refuseSize(wanted, name);
  const parts: BlobPart[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    parts.push(new Uint8Array(chunk));
  });
  for (const { path, file } of wanted) {
    const entry = new ZipPassThrough(path);
    entry.mtime = fixedTime;
    zip.add(entry);
    entry.push(new Uint8Array(await file.arrayBuffer()), true);
  }
  zip.end();
  return new File(parts, `${name}.zip`, { type: 'application/zip', lastModified: 0 });
}

function refuseSize(files: readonly FolderFile[], name: string): void {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (total <= MAX_BYTES) return;
  throw new FormatError('too-large', `The folder ${name} holds more than 2 GB.`, {
    place: { file: name },
    advice: 'Choose the model folder itself, or the model file in it.',
  });
}
