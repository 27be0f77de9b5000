/** The documents name files, commands and definition ids: each of them must be there. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

function filesOf(...patterns: string[]): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns];
  const list = execFileSync('git', args, { cwd: projectDir, encoding: 'utf8' });
  return list.split('\0').filter((path) => path !== '' && existsSync(join(projectDir, path)));
}

const read = (path: string): string => readFileSync(join(projectDir, path), 'utf8');
const documents = filesOf('*.md');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe.each(documents)('%s', (path) => {
  const text = read(path);

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(join(projectDir, dirname(path), link)))).toEqual([]);
  });

  it('names files that exist', () => {
    const room = /`((?:src|workers|cli|server|scripts|e2e|bench|fixtures|public|docs)\/[\w./-]*)`/g;
    const named = [...text.matchAll(room)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !existsSync(join(projectDir, name)))).toEqual([]);
  });

  it('names commands that exist', () => {
    const commands = [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map((match) => match[1] ?? '');
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('docs/methods.md', () => {
  const methods = read('docs/methods.md');

  it('has every definition id that the core names', () => {
    const sources = filesOf('src/core').filter((path) => path.endsWith('.ts') && !path.includes('.test.'));
    const ids = sources.flatMap((path) => read(path).match(/\bC\d{1,2}\b(?=[),.;])/g) ?? []);
    const missing = [...new Set(ids)].filter((id) => !new RegExp(`\\b${id}\\b`).test(methods));
    expect(missing).toEqual([]);
  });

  it('names code and tests that exist', () => {
    const named = [
      ...methods.matchAll(/`((?:metrics|threshold|money|stats|table|model|sanity|explain)\/[\w.-]+\.ts)`/g),
    ];
    const paths = named.map((match) => `src/core/${match[1]}`);
    expect(paths.filter((path) => path.endsWith('.test.ts')).length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(join(projectDir, path)))).toEqual([]);
  });
});
