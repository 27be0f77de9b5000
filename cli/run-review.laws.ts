/** For the tests of `review`: the real command in a process of its own, and what it writes. Node only. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { ReviewDocument } from './review-document.ts';

const root = join(import.meta.dirname, '..');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a pipeline sees. */
export async function run(...args: string[]): Promise<Outcome> {
  const command = [
    join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
    join(root, 'cli', 'main.ts'),
    ...args,
  ];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1 << 28 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

/** The document of a review that succeeds without a word on stderr. */
export async function documentOf(...args: string[]): Promise<ReviewDocument> {
  const { code, stdout, stderr } = await run(...args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as ReviewDocument;
}

/** Rows of a plain CSV file (no quotes) by column. */
export function csvRows(path: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
}
