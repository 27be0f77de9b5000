import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileKernels, KERNEL_MODULE, kernelModuleText } from './build-kernels.ts';

const projectDir = join(import.meta.dirname, '..');

it('the committed kernel is what its sources compile to, byte for byte', async () => {
  const committed = readFileSync(join(projectDir, KERNEL_MODULE), 'utf8');
  expect(committed).toBe(kernelModuleText(await compileKernels(projectDir)));
});
