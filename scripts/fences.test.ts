import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { violationsOf, zoneOf, zones } from './fences.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

/** Tracked and new files alike; what git ignores is no source. */
function sourcePaths(): string[] {
  // workers/kernels is AssemblyScript, which shares no module with TypeScript.
  const patterns = ['*.ts', '*.tsx', ':!workers/kernels'];
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns];
  const paths = execFileSync('git', list, { cwd: projectDir, encoding: 'utf8' }).split('\0');
  return paths.filter((path) => path !== '');
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(projectDir + path, 'utf8');
  } catch {
    // Deleted in the work tree, not yet in the index.
    return null;
  }
}

describe('the source tree', () => {
  it('breaks no fence', () => {
    const paths = sourcePaths();
    expect(paths).toContain('src/core/errors.ts');
    const broken = paths.flatMap((path) => {
      const text = readIfPresent(path);
      return text === null ? [] : violationsOf(path, text);
    });
    expect(broken).toEqual([]);
  });
});

describe('each fence bites', () => {
  const refused: readonly [path: string, text: string, reason: string][] = [
    [
      'src/core/metrics/a.ts',
      "import { x } from '../../formats/data/csv.ts';",
      'core may not import formats',
    ],
    [
      'src/core/metrics/a.ts',
      "import type { X } from '../../formats/data/csv.ts';",
      'core may not import formats',
    ],
    ['src/core/metrics/a.ts', "export * from '../../contracts/tasks.ts';", 'core may not import contracts'],
    ['src/core/metrics/a.ts', "const x = await import('../../engine/run.ts');", 'core may not import engine'],
    ['src/core/metrics/a.ts', "type X = import('../../state/s.ts').X;", 'core may not import state'],
    ['src/core/a.ts', "import { useState } from 'react';", 'core may not import the package react'],
    ['src/core/a.ts', "import { readFileSync } from 'node:fs';", 'core may not import the package node:fs'],
    ['src/formats/a.ts', "import { x } from '../engine/run.ts';", 'formats may not import engine'],
    ['src/formats/a.ts', "import * as ort from 'onnxruntime-web/wasm';", 'package onnxruntime-web/wasm'],
    [
      'src/contracts/a.ts',
      "import { sum } from '../core/stats/sum.ts';",
      'contracts may import only types from core',
    ],
    ['src/engine/a.ts', "import { wrap } from 'comlink';", 'engine may not import the package comlink'],
    ['src/engine/a.ts', "import { x } from '../compute/pool.ts';", 'engine may not import compute'],
    ['workers/a.worker.ts', "import { x } from '../src/state/s.ts';", 'workers may not import state'],
    [
      'src/compute/a.ts',
      "import { sum } from '../core/stats/sum.ts';",
      'compute may import only types from core',
    ],
    ['src/compute/a.ts', "import { run } from '../../workers/runtime.ts';", 'only types from workers'],
    ['src/compute/a.ts', "import { x } from '../state/s.ts';", 'compute may not import state'],
    ['src/state/a.ts', "import { x } from '../compute/pool.ts';", 'state may not import compute'],
    [
      'src/state/a.ts',
      "import { sum } from '../core/stats/sum.ts';",
      'state may import only types from core',
    ],
    [
      'src/design/a.tsx',
      "import type { Roles } from '../core/table/roles.ts';",
      'design may not import core',
    ],
    ['src/charts/a.tsx', "import { x } from '../state/s.ts';", 'charts may not import state'],
    ['src/charts/a.tsx', "import { x } from '../compute/pool.ts';", 'charts may not import compute'],
    [
      'src/features/drift/a.tsx',
      "import { x } from '../fairness/b.ts';",
      'page drift may not import page fairness',
    ],
    ['src/features/drift/a.tsx', "import { x } from '../../app/b.ts';", 'features may not import app'],
    [
      'src/features/drift/a.tsx',
      "import { x } from '../../formats/data/csv.ts';",
      'features may not import formats',
    ],
    [
      'src/features/drift/a.tsx',
      "import { LineChart } from 'recharts';",
      'features may not import the package recharts',
    ],
    ['src/features/shared.ts', 'export {};', 'belongs to the folder of one page'],
    ['src/app/a.tsx', "import { x } from '../engine/run.ts';", 'app may not import engine'],
    ['cli/a.ts', "import { x } from '../src/state/s.ts';", 'cli may not import state'],
    ['server/a.ts', "import { x } from '../src/formats/data/csv.ts';", 'server may not import formats'],
    ['server/a.ts', "import { x } from '../scripts/start.ts';", 'server may not import scripts'],
    ['scripts/a.ts', "import { x } from '../src/engine/read-scores.ts';", 'scripts may not import engine'],
    ['src/core/a.ts', "import { x } from './b';", 'lacks its file extension'],
    ['src/core/a.ts', "import { x } from '../../fixtures/x.ts';", 'which lies in no zone'],
    ['src/helpers/a.ts', 'export {};', 'lies in no zone of src'],
    ['src/core/a.ts', 'export const now = Date.now();', 'core may not use Date.now'],
    ['src/core/a.ts', 'export const now = new Date();', 'core may not use new Date()'],
    ['src/core/a.ts', 'export const r = () => Math.random();', 'core may not use Math.random'],
    ['src/core/a.ts', 'document.title;', 'core may not use document'],
    ['src/core/a.ts', 'window.alert();', 'core may not use window'],
    ['src/core/a.ts', "fetch('/x');", 'core may not use fetch'],
    ['src/core/a.ts', 'new TextDecoder();', 'core may not use TextDecoder'],
    ['src/core/a.ts', "console.log('x');", 'core may not use console'],
    ['src/core/a.ts', 'export const { a = document } = {};', 'core may not use document'],
  ];

  it.each(refused)('%s: %s', (path, text, reason) => {
    const found = violationsOf(path, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${path}:1: `);
    expect(found[0]).toContain(reason);
  });

  const allowed: readonly [path: string, text: string][] = [
    ['src/core/metrics/a.ts', "import { x } from '../stats/sum.ts';"],
    ['src/core/drift/a.ts', 'export const f = (window: number[]) => window.length;'],
    ['src/core/a.ts', 'export const day = (ms: number) => new Date(ms);'],
    ['src/core/a.ts', '/** Never Date.now(). */ export const s = "document";'],
    ['src/core/a.ts', 'export const f = (o: { document: string }) => o.document;'],
    ['src/contracts/a.ts', "import type { Roles } from '../core/table/roles.ts';"],
    ['src/contracts/a.ts', "import { FormatError } from '../core/errors.ts';"],
    ['src/compute/a.ts', "import type { Api } from '../../workers/runtime.ts';"],
    ['src/compute/a.ts', "new Worker(new URL('../../workers/a.worker.ts', import.meta.url));"],
    ['src/features/drift/a.tsx', "import { x } from './b/c.ts';"],
    ['src/features/drift/a.tsx', "import { rocAuc } from '../../core/metrics/auc.ts';"],
    ['src/core/a.test.ts', "import { x } from '../engine/run.ts';"],
    ['bench/a.ts', "import { x } from '../src/app/a.ts';"],
    ['vite.config.ts', "import { x } from './src/app/a.ts';"],
  ];

  it.each(allowed)('%s may: %s', (path, text) => {
    expect(violationsOf(path, text)).toEqual([]);
  });

  it('names the line', () => {
    expect(violationsOf('src/core/a.ts', '\n\nfetch(1);\n')).toEqual([
      'src/core/a.ts:3: core may not use fetch',
    ]);
  });

  it('knows every zone by its folder', () => {
    for (const [name, { dir }] of Object.entries(zones)) expect(zoneOf(`${dir}/a.ts`)).toBe(name);
    expect(zoneOf('src/elsewhere/a.ts')).toBeNull();
  });
});
