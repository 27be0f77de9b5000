/**
 * `npm run registry -- backup <folder> | restore <folder> [--verify] | verify`, on the data folder `CUTLINE_DATA`, else
 * `.cutline`. Ends with 0, with 1 when verification found faults, with 2 when it refused.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from './store/backup.ts';
import { dataDirFrom } from './store/data-folder.ts';
import { restore } from './store/restore.ts';
import { StoreError } from './store/store-error.ts';
import { type RegistryReport, verifyRegistry } from './store/verify-registry.ts';

const usage =
  'Usage: npm run registry -- backup <folder> | restore <folder> [--verify] | verify\nThe data folder is CUTLINE_DATA, else .cutline.\n';

interface Command {
  readonly name: string;
  readonly folder: string | undefined;
  readonly verify: boolean;
}

/** null when the words make no command. */
function commandFrom(args: readonly string[]): Command | null {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { verify: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [name = '', folder] = positionals;
    const wanted = name === 'verify' ? 1 : 2;
    return positionals.length === wanted ? { name, folder, verify: values.verify } : null;
  } catch {
    return null;
  }
}

function reportText({ audit, blobs, trees, faults }: RegistryReport): string {
  const counts = `${audit.events} audit events, ${trees} trees, ${blobs} blobs`;
  if (faults.length === 0) return `All is as it was written: ${counts}. Audit head ${audit.headHash}.\n`;
  return `${faults.length} fault(s) in ${counts}:\n${faults.map((fault) => `  ${fault}\n`).join('')}`;
}

async function verifyAndTell(dataDir: string): Promise<number> {
  const report = await verifyRegistry(dataDir);
  process.stdout.write(reportText(report));
  return report.faults.length === 0 ? 0 : 1;
}

/** @returns the exit code */
async function run({ name, folder, verify }: Command, dataDir: string): Promise<number> {
  if (name === 'verify') return verifyAndTell(dataDir);
  const other = resolve(folder ?? '');
  if (name === 'backup') {
    const { blobs, audit } = await backUp(dataDir, other, Date.now());
    process.stdout.write(
      `Backed up ${dataDir} to ${other}: ${audit.events} audit events, ${blobs.length} blobs. Audit head ${audit.headHash}.\n`,
    );
    return 0;
  }
  const { blobs, audit } = await restore(other, dataDir);
  process.stdout.write(
    `Restored ${other} to ${dataDir}: ${audit.events} audit events, ${blobs.length} blobs. Audit head ${audit.headHash}.\n`,
  );
  return verify ? verifyAndTell(dataDir) : 0;
}

/** What a person can act on: our refusals, and the system's (a full disk, a folder that may not be read). */
function isRefusal(error: unknown): error is Error {
  return error instanceof StoreError || (error instanceof Error && 'syscall' in error);
}

async function runOrRefuse(): Promise<number> {
  const command = commandFrom(process.argv.slice(2));
  if (command === null || !['backup', 'restore', 'verify'].includes(command.name)) {
    process.stderr.write(usage);
    return 2;
  }
  try {
    return await run(command, dataDirFrom(process.env));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

process.exitCode = await runOrRefuse();
