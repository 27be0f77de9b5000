import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headOf } from './file-head.ts';
import { fileKindOf, HEAD_BYTES } from './file-kind.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('headOf', () => {
  it('is the beginning of a plain file', async () => {
    expect(text(await headOf(new Blob(['id,amount\n'])))).toBe('id,amount\n');
    expect(await headOf(new Blob(['x'.repeat(2 * HEAD_BYTES)]))).toHaveLength(HEAD_BYTES);
  });

  it('is the beginning of what a gzipped file holds', async () => {
    const model = gzipSync('tree\nversion=v4\nnum_class=1\n');
    expect(fileKindOf(await headOf(new Blob([model])), 'model.txt.gz')).toBe('model');
    const table = gzipSync('id,amount\n1,2\n');
    expect(fileKindOf(await headOf(new Blob([table])), 'loans.csv.gz')).toBe('table');
  });

  it('needs only the beginning of a large archive', async () => {
    const noise = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 2654435761) >>> 13);
    const head = await headOf(new Blob([gzipSync(noise)]));
    expect(head).toEqual(noise.subarray(0, HEAD_BYTES));
  });

  it('is the file’s own of a damaged archive', async () => {
    const damaged = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    expect(await headOf(new Blob([damaged]))).toEqual(damaged);
  });
});
