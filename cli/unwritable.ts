import { DataError } from '../src/core/errors.ts';

/** What the system's codes of a failed write say, and what to do about it. */
const REASONS: Readonly<Record<string, readonly [why: string, advice: string]>> = {
  ENOENT: ['its folder does not exist', 'Make the folder first, or give another path.'],
  ENOTDIR: ['a part of its path is a file, not a folder', 'Give another path.'],
  EISDIR: ['it is a folder', 'Give the path of a file in it.'],
  EACCES: ['you may not write there', 'Give a path in a folder that you may write to.'],
  EPERM: ['you may not write there', 'Give a path in a folder that you may write to.'],
  EROFS: ['its disk is read-only', 'Give a path on another disk.'],
  ENOSPC: ['its disk is full', 'Make room, or give a path on another disk.'],
};

/**
 * The error for an output that cannot be written.
 * @param shown the path as the user gave it
 * @param cause what the system threw
 */
export function unwritable(shown: string, cause: unknown): DataError {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  const [why, advice] = REASONS[code] ?? [String(cause), 'Give another path.'];
  return new DataError('file-unwritable', `${shown} cannot be written: ${why}.`, {
    ...{ place: { file: shown }, advice, cause },
  });
}
