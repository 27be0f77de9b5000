/**
 * The compiler's and the linter's fences, each proven by a deliberate violation: a temporary project with our own
 * tsconfig files and biome.json, one sound file a zone, and one file that must be refused.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zones } from './fences.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
let copyDir: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(copyDir, path)), { recursive: true });
  writeFileSync(join(copyDir, path), text);
}

beforeAll(() => {
  copyDir = mkdtempSync(join(tmpdir(), 'cutline-fences-'));
  for (const file of ['tsconfig.base.json', 'biome.json', '.gitignore', 'package.json']) {
    cpSync(join(projectDir, file), join(copyDir, file));
  }
  symlinkSync(join(projectDir, 'node_modules'), join(copyDir, 'node_modules'));
  for (const { dir } of Object.values(zones)) {
    const config = join(projectDir, dir, 'tsconfig.json');
    if (!existsSync(config)) continue;
    write(`${dir}/tsconfig.json`, readFileSync(config, 'utf8'));
    write(`${dir}/sound.ts`, 'export const sound: number = 1;\n');
  }
});

afterAll(() => {
  rmSync(copyDir, { recursive: true });
});

function run(tool: string, args: readonly string[]): { failed: boolean; output: string } {
  const bin = join(projectDir, 'node_modules/.bin', tool);
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: copyDir, encoding: 'utf8' });
  return { failed: status !== 0, output: stdout + stderr };
}

/** Runs the tool with `path` holding `text`, and takes the file away again. */
function withFile(path: string, text: string, tool: string, args: readonly string[]) {
  write(path, text);
  try {
    return run(tool, args);
  } finally {
    rmSync(join(copyDir, path));
  }
}

describe('the compiler', () => {
  it('accepts the sound copy of every zone', () => {
    for (const zone of ['src/features', 'workers', 'cli', 'server']) {
      expect(run('tsc', ['-b', zone])).toEqual({ failed: false, output: '' });
    }
  });

  const refused: readonly [zone: string, text: string, reason: RegExp][] = [
    ['src/core', 'export const title = document.title;', /TS2584.*'document'/],
    ['src/core', 'export const width = window.innerWidth;', /TS2304.*'window'/],
    ['src/core', "export const text = new TextDecoder('utf-8');", /TS2304.*'TextDecoder'/],
    ['src/core', "export const page = fetch('/x');", /TS2304.*'fetch'/],
    ['src/core', "console.log('x');\nexport {};", /TS2584.*'console'/],
    ['src/core', 'export const pid = process.pid;', /TS2591.*'process'/],
    [
      'src/core',
      "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
      /TS2591.*'node:fs'/,
    ],
    ['src/core', "import { sound } from '../formats/sound.ts';\nexport const x = sound;", /TS6307/],
    ['src/formats', "import { sound } from '../engine/sound.ts';\nexport const x = sound;", /TS6307/],
    ['src/formats', 'export const title = document.title;', /TS2584.*'document'/],
    ['src/contracts', 'export const width = window.innerWidth;', /TS2304.*'window'/],
    ['src/engine', "import { sound } from '../compute/sound.ts';\nexport const x = sound;", /TS6307/],
    ['src/engine', "export const page = fetch('/x');", /TS2304.*'fetch'/],
    ['src/state', "import { sound } from '../compute/sound.ts';\nexport const x = sound;", /TS6307/],
    ['src/design', "import { sound } from '../core/sound.ts';\nexport const x = sound;", /TS6307/],
    ['src/charts', "import { sound } from '../features/sound.ts';\nexport const x = sound;", /TS6307/],
    ['src/features', "import { sound } from '../app/sound.ts';\nexport const x = sound;", /TS6307/],
    ['workers', 'export const width = window.innerWidth;', /TS2304.*'window'/],
    ['workers', 'export const title = document.title;', /TS2584.*'document'/],
    ['workers', "import { sound } from '../src/state/sound.ts';\nexport const x = sound;", /TS6307/],
    ['cli', 'export const title = document.title;', /TS2584.*'document'/],
    ['server', "import { sound } from '../src/formats/sound.ts';\nexport const x = sound;", /TS6307/],
  ];

  it.each(refused)('refuses in %s: %s', (zone, text, reason) => {
    const { failed, output } = withFile(`${zone}/violation.ts`, `${text}\n`, 'tsc', ['-b', zone]);
    expect(failed).toBe(true);
    expect(output).toContain('violation.ts');
    expect(output).toMatch(reason);
  });
});

describe('the linter', () => {
  const lint = ['lint', '--error-on-warnings', '--max-diagnostics=none'];

  it('accepts the sound copy of every zone', () => {
    expect(run('biome', lint).failed).toBe(false);
  });

  const refused: readonly [path: string, text: string, rule: string][] = [
    [
      'src/core/violation.ts',
      "import { sound } from '../formats/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'src/core/violation.ts',
      "import { useState } from 'react';\nexport const x = useState;",
      'noRestrictedImports',
    ],
    [
      'src/formats/violation.ts',
      "import { sound } from '../engine/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'src/engine/violation.ts',
      "import { wrap } from 'comlink';\nexport const x = wrap;",
      'noRestrictedImports',
    ],
    [
      'src/charts/violation.ts',
      "import { sound } from '../state/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'src/features/violation.ts',
      "import { sound } from '../formats/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'src/app/violation.ts',
      "import * as ort from 'onnxruntime-web/wasm';\nexport const x = ort;",
      'noRestrictedImports',
    ],
    [
      'workers/violation.ts',
      "import { sound } from '../src/state/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'cli/violation.ts',
      "import { sound } from '../src/state/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'server/violation.ts',
      "import { sound } from '../src/engine/sound.ts';\nexport const x = sound;",
      'noRestrictedImports',
    ],
    [
      'src/formats/violation.ts',
      "import { readFile } from 'node:fs/promises';\nexport const x = readFile;",
      'noRestrictedImports',
    ],
    ['src/core/violation.ts', 'export const title = document.title;', 'noRestrictedGlobals'],
    ['src/core/violation.ts', "export const page = fetch('/x');", 'noRestrictedGlobals'],
    ['src/core/violation.ts', 'export const decoder = new TextDecoder();', 'noRestrictedGlobals'],
    ['src/core/violation.ts', "console.log('x');\nexport {};", 'noRestrictedGlobals'],
    ['src/formats/violation.ts', 'export const title = document.title;', 'noRestrictedGlobals'],
    [
      'src/features/violation.ts',
      'export async function f() {}\nexport function g() {\n  f();\n}',
      'noFloatingPromises',
    ],
  ];

  it.each(refused)('refuses %s: %s', (path, text, rule) => {
    const { failed, output } = withFile(path, `${text}\n`, 'biome', [...lint, path]);
    expect(failed).toBe(true);
    expect(output).toContain(rule);
  });

  it('refuses a circle of imports', () => {
    write('src/core/one.ts', "import { two } from './two.ts';\nexport const one = (): number => two();\n");
    const circle = "import { one } from './one.ts';\nexport const two = (): number => one();\n";
    const { failed, output } = withFile('src/core/two.ts', circle, 'biome', [...lint, 'src/core']);
    rmSync(join(copyDir, 'src/core/one.ts'));
    expect(failed).toBe(true);
    expect(output).toContain('noImportCycles');
  });
});
