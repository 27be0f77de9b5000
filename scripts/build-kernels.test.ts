import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileKernel, KERNELS, kernelModuleText } from './build-kernels.ts';

const projectDir = join(import.meta.dirname, '..');

it.each(KERNELS)('$module is what $source compiles to, byte for byte', async (entry) => {
  const committed = readFileSync(join(projectDir, entry.module), 'utf8');
  expect(committed).toBe(kernelModuleText(entry, await compileKernel(projectDir, entry)));
});
