import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { DataError } from '../src/core/errors.ts';
import type { ReviewArguments } from './arguments.ts';
import { resolvePath } from './read-files.ts';

/** A file that an option names; it need not exist. */
interface NamedFile {
  readonly option: string;
  readonly shown: string;
  /** Absolute, links followed as far as the path exists. */
  readonly path: string;
  /** null = nothing stands there. */
  readonly found: Stats | null;
}

/**
 * Refuses a command that would write over one of its own inputs, or two outputs to one place, however the path is spelled (links
 * followed). Only files are looked at: a pipe or a terminal may be named twice.
 *
 * @throws {DataError} `invalid-argument` naming both options, before anything is read or written
 */
export function refuseOverwriting(args: ReviewArguments): void {
  const inputs = named({
    data: args.data,
    model: args.model,
    'against-model': args.against?.kind === 'model' ? args.against.file : null,
    join: args.join?.file ?? null,
    scenario: args.scenario,
  });
  const outputs = named({ shap: args.explain?.out ?? null, scores: args.scoresOut, json: args.jsonOut });
  for (const [at, output] of outputs.entries()) {
    const input = inputs.find((file) => isIn(output, file));
    if (input !== undefined)
      throw refusal(output, `would write over the file of --${input.option}`, 'Nothing was changed.');
    const other = outputs.slice(0, at).find((file) => isSame(output, file));
    if (other !== undefined) throw refusal(output, `and --${other.option} would write to the same file`, '');
  }
}

function refusal({ option, shown }: NamedFile, what: string, outcome: string): DataError {
  const message = `--${option} ${what}, "${shown}".`;
  return new DataError('invalid-argument', outcome === '' ? message : `${message} ${outcome}`, {
    place: { file: shown },
    advice: `Give --${option} another file.`,
  });
}

function named(paths: Readonly<Record<string, string | null>>): NamedFile[] {
  return Object.entries(paths).flatMap(([option, shown]) => {
    if (shown === null || shown === '') return [];
    const path = realPath(resolvePath(shown));
    const found = statSync(path, { throwIfNoEntry: false }) ?? null;
    return [{ option, shown, path, found }];
  });
}

/** The path with its links followed; of what does not exist yet, the folder's, with the name as given. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}

/** One file under two paths; hard links are one file too. */
function isSame(a: NamedFile, b: NamedFile): boolean {
  if (a.found === null || b.found === null) return a.path === b.path;
  return a.found.isFile() && a.found.dev === b.found.dev && a.found.ino === b.found.ino;
}

/** The output is the input, or stands in the input's folder (of a model) already. */
function isIn(output: NamedFile, input: NamedFile): boolean {
  if (input.found?.isDirectory() !== true) return isSame(output, input);
  return output.found?.isFile() === true && output.path.startsWith(`${input.path}${sep}`);
}
