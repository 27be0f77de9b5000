import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const credit = join(root, 'fixtures', 'credit_data');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-review-stopped-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every row of the table explained by sampling: minutes, so that it is still at it when it is told to stop. */
function longReview(out: string) {
  const words = [
    ...[
      '--data',
      join(credit, 'data_raw.csv'),
      '--target',
      'Status',
      '--positive',
      'bad',
      '--bootstrap',
      '0',
    ],
    ...['--model', join(credit, 'models', 'sklearn_mlp_pipeline.no_zipmap.onnx'), '--shap', out],
  ];
  const command = ['--import', 'tsx', join(root, 'cli', 'main.ts'), ...words];
  return spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
}

function partBytes(): number {
  const part = readdirSync(folder).find((name) => name.endsWith('.part'));
  return part === undefined ? 0 : (statSync(join(folder, part), { throwIfNoEntry: false })?.size ?? 0);
}

it('a long explanation that is stopped leaves the file of before, no part, and nothing on stdout', async () => {
  writeFileSync(join(folder, 'shap.csv'), 'of before');
  const child = longReview(join(folder, 'shap.csv'));
  let stdout = '';
  child.stdout.on('data', (text) => {
    stdout += String(text);
  });
  const ended = once(child, 'exit');
  // Whether the file can be made is tried at the start: only a part that holds something is being written.
  await expect.poll(() => partBytes(), { timeout: 60_000 }).toBeGreaterThan(0);
  child.kill('SIGINT');
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(readdirSync(folder)).toEqual(['shap.csv']);
  expect(stdout).toBe('');
}, 90_000);
