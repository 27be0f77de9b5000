import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildAppIfStale, sourceHash } from './build-app.ts';

let projectDir: string;

beforeEach(async () => {
  projectDir = await mkdtemp(join(tmpdir(), 'cutline-build-'));
  for (const dir of ['src', 'workers', 'public/demo'])
    await mkdir(join(projectDir, dir), { recursive: true });
  await writeFile(join(projectDir, 'src/main.ts'), 'document.title = "one";');
  await writeFile(join(projectDir, 'src/main.test.ts'), '1;');
  await writeFile(join(projectDir, 'public/demo/a.csv'), 'a\n1\n');
  await writeFile(join(projectDir, 'index.html'), '<script type="module" src="/src/main.ts"></script>');
  await writeFile(join(projectDir, 'package.json'), '{"type":"module"}');
  for (const file of ['vite.config.ts', 'tsconfig.base.json', 'package-lock.json']) {
    await writeFile(join(projectDir, file), file.endsWith('.ts') ? 'export default {};' : '{}');
  }
});

afterEach(() => rm(projectDir, { recursive: true }));

describe('sourceHash', () => {
  it('changes with any source, and not with times or tests', async () => {
    const before = await sourceHash(projectDir);
    await utimes(join(projectDir, 'src/main.ts'), 1, 1);
    await writeFile(join(projectDir, 'src/main.test.ts'), '2;');
    expect(await sourceHash(projectDir)).toBe(before);
    await writeFile(join(projectDir, 'public/demo/a.csv'), 'a\n2\n');
    const changed = await sourceHash(projectDir);
    expect(changed).not.toBe(before);
    await writeFile(join(projectDir, 'workers/new.ts'), '');
    expect(await sourceHash(projectDir)).not.toBe(changed);
  });
});

describe('buildAppIfStale', () => {
  it('builds once, and again only after a change', async () => {
    expect(await buildAppIfStale(projectDir)).toBe(true);
    const index = await readFile(join(projectDir, 'dist/index.html'), 'utf8');
    expect(index).toContain('/assets/');
    expect(await readFile(join(projectDir, 'dist/demo/a.csv'), 'utf8')).toBe('a\n1\n');
    expect(await buildAppIfStale(projectDir)).toBe(false);
    await writeFile(join(projectDir, 'src/main.ts'), 'document.title = "two";');
    expect(await buildAppIfStale(projectDir)).toBe(true);
    expect(await readFile(join(projectDir, 'dist/index.html'), 'utf8')).not.toBe(index);
  });

  it('keeps the old build when the new one fails', async () => {
    await buildAppIfStale(projectDir);
    const index = await readFile(join(projectDir, 'dist/index.html'), 'utf8');
    await writeFile(join(projectDir, 'src/main.ts'), 'import "./gone.ts";');
    await expect(buildAppIfStale(projectDir)).rejects.toThrow();
    expect(await readFile(join(projectDir, 'dist/index.html'), 'utf8')).toBe(index);
  });
});
