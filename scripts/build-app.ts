import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

/** Everything that the built app depends on, from the project's folder. */
const sources = [
  'src',
  'workers',
  'public',
  'index.html',
  'vite.config.ts',
  'tsconfig.base.json',
  'package-lock.json',
];
const stampName = '.stamp';

async function filesBelow(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

/**
 * SHA-256 over names and bytes of everything that the built app depends on; tests are left out. Contents and not times,
 * so that a fresh clone, a switched branch and a touched file all give the right answer.
 */
export async function sourceHash(projectDir: string): Promise<string> {
  const found = await Promise.all(sources.map((name) => filesBelow(join(projectDir, name))));
  const hash = createHash('sha256');
  for (const path of found.flat().sort()) {
    if (/\.(test|slow|laws)\.tsx?$/.test(path)) continue;
    hash.update(`${path.slice(projectDir.length)}\0`);
    hash.update(await readFile(path));
  }
  return hash.digest('hex');
}

async function builtHash(distDir: string): Promise<string | null> {
  return readFile(join(distDir, stampName), 'utf8').catch(() => null);
}

/**
 * Builds the app into `dist` unless `dist` was built from these very sources. The build goes to a folder of its own and
 * takes the place of the old one when it is whole: a server that runs meanwhile never sees half of it.
 *
 * @returns true when it was built, false when `dist` was current
 */
export async function buildAppIfStale(projectDir: string): Promise<boolean> {
  const distDir = join(projectDir, 'dist');
  const hash = await sourceHash(projectDir);
  if ((await builtHash(distDir)) === hash) return false;
  const newDir = join(projectDir, `.cutline/build-${process.pid}`);
  const oldDir = `${newDir}-old`;
  try {
    await build({
      root: projectDir,
      logLevel: 'warn',
      // How long plugins took is no warning that a user of `npm start` can act on.
      build: { outDir: newDir, emptyOutDir: true, rolldownOptions: { checks: { pluginTimings: false } } },
    });
  } catch (error) {
    await rm(newDir, { recursive: true, force: true });
    throw error;
  }
  await writeFile(join(newDir, stampName), hash);
  await rename(distDir, oldDir).catch(() => undefined);
  await rename(newDir, distDir);
  await rm(oldDir, { recursive: true, force: true });
  return true;
}
