import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { type Address, addressFrom, StartError } from './address.ts';
import { buildApp } from './app.ts';
import { limitsFrom } from './limits.ts';
import { closeWithProcess } from './shutdown.ts';
import { dataDirFrom } from './store/data-folder.ts';
import { openRegistryStore } from './store/open-registry-store.ts';
import type { RegistryStore } from './store/registry-store.ts';
import { StoreError } from './store/store-error.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

async function packageVersion(): Promise<string> {
  const text = await readFile(`${projectDir}package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/**
 * Listens on the first free port of `address`.
 * @returns the address to open, e.g. `http://127.0.0.1:4173`
 * @throws {StartError} every port is taken, or only an administrator may open one
 */
export async function listen(app: FastifyInstance, { host, ports }: Address): Promise<string> {
  for (const port of ports) {
    try {
      return await app.listen({ host, port });
    } catch (error) {
      if (hasCode(error, 'EACCES')) {
        throw new StartError(`Port ${port} may not be opened by you. Set PORT to one above 1023.`);
      }
      if (!hasCode(error, 'EADDRINUSE')) throw error;
    }
  }
  throw new StartError(
    `Port ${ports.join(', ')} is taken. Set PORT to another one, or to 0 for any free port.`,
  );
}

/** What a folder that we may not write, or a full disk, says. Node tells of a read-only disk as ENOENT where folders are missing. */
const folderCodes = [
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'ENAMETOOLONG',
  'ENOSPC',
  'EDQUOT',
  'EIO',
];

/**
 * Opens the registry in its data folder.
 * @throws {StartError} the folder is held by another Cutline, of a newer release, damaged, or cannot be written
 */
async function openStore(dataDir: string): Promise<RegistryStore> {
  try {
    return await openRegistryStore({ dataDir });
  } catch (error) {
    if (error instanceof StoreError) throw new StartError(error.message);
    if (!folderCodes.some((code) => hasCode(error, code))) throw error;
    throw new StartError(
      `The data folder ${dataDir} cannot be written (${(error as Error).message}). Set CUTLINE_DATA to another folder.`,
    );
  }
}

/**
 * Serves the built app until SIGTERM or SIGINT, and prints exactly one line on stdout: where it is.
 *
 * @param distDir absolute path of the folder that `vite build` wrote
 * @throws {StartError} a refused HOST, PORT or limit, a taken port, no build, a data folder that cannot be used
 */
async function serve(distDir = `${projectDir}dist`): Promise<void> {
  const address = addressFrom(process.env);
  if (!existsSync(`${distDir}/index.html`)) {
    throw new StartError(
      `There is no built app in ${distDir}. "npm start" builds it, or run "npm run build".`,
    );
  }
  const limits = limitsFrom(process.env);
  const store = await openStore(dataDirFrom(process.env));
  const app = await buildApp({
    distDir,
    version: await packageVersion(),
    store,
    limits,
    // Only failures are logged; stdout belongs to the address.
    logger: { level: 'error', stream: process.stderr },
  });
  // After the last answer: empties the write-ahead log and lets go of the folder.
  app.addHook('onClose', () => store.close());
  closeWithProcess(app, process);
  const url = await listenOrClose(app, address);
  process.stdout.write(`Cutline is at ${url}/\n`);
}

async function listenOrClose(app: FastifyInstance, address: Address): Promise<string> {
  try {
    return await listen(app, address);
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Runs {@link serve} as a program: a refusal is one line on stderr and exit code 2. */
export async function serveOrExit(distDir?: string): Promise<void> {
  try {
    await serve(distDir);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
