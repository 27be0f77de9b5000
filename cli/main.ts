/**
 * `review`: judges a model or a score column on a table and prints one JSON document on stdout. Errors are one line on
 * stderr with code and place, exit code 2. Options and document: docs/review.md.
 */
import { writeFileSync } from 'node:fs';
import { type AnyCutlineError, isCutlineError } from '../src/core/errors.ts';
import { drain } from '../src/core/sliced.ts';
import { scoresCsvSliced } from '../src/core/table/scores-csv.ts';
import { parseArguments, type ReviewArguments } from './arguments.ts';
import { openContributionsFile } from './contributions-csv.ts';
import { explainProgress } from './explain-progress.ts';
import { resolvePath } from './read-files.ts';
import { refuseOverwriting } from './refuse-overwriting.ts';
import { type Review, review } from './review.ts';
import { unwritable } from './unwritable.ts';
import { USAGE } from './usage.ts';

/** A place in words: a byte, not a `byteOffset`; a node of a native file is a tree and says so itself. */
function placeWords(what: string, value: string | number): string {
  if (what === 'byteOffset') return `byte ${value}`;
  return what === 'node' && /^tree \d+$/.test(String(value)) ? String(value) : `${what} ${value}`;
}

/** `code: message [file data.csv, line 12] advice`, on one line whatever the message holds. */
function errorLine({ code, message, place, advice }: AnyCutlineError): string {
  const where = Object.entries(place).map(([what, value]) => placeWords(what, value));
  const parts = [`${code}: ${message}`, where.length > 0 ? `[${where.join(', ')}]` : '', advice];
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/\s+/g, ' ');
}

function write(path: string, text: string | Uint8Array): void {
  try {
    writeFileSync(resolvePath(path), text);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** The review, with the contributions written while they are computed; their file is there only when all went well. */
async function reviewed(args: ReviewArguments): Promise<Review> {
  if (args.explain === null) return review(args);
  const { out } = args.explain;
  const file = out === null ? null : openContributionsFile(resolvePath(out), out);
  const progress = explainProgress(file, (line) => process.stderr.write(`${line}\n`));
  try {
    const done = await review(args, progress);
    file?.finish();
    return done;
  } catch (error) {
    file?.discard();
    throw error;
  } finally {
    progress.end();
  }
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${USAGE}\nOptions and the document: docs/review.md\n`);
    return;
  }
  const args = parseArguments(words);
  refuseOverwriting(args);
  const { document, scores } = await reviewed(args);
  const json = `${JSON.stringify(document, null, 2)}\n`;
  if (args.scoresOut !== null) write(args.scoresOut, drain(scoresCsvSliced(scores)));
  if (args.jsonOut !== null) write(args.jsonOut, json);
  process.stdout.write(json);
}

try {
  await main();
} catch (error) {
  const line = isCutlineError(error) ? errorLine(error) : `unexpected: ${String(error).replace(/\s+/g, ' ')}`;
  process.stderr.write(`${line}\n`);
  process.exitCode = 2;
}
