import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CanceledError } from '../src/core/errors.ts';
import { contentHash, HASH_PIECE_BYTES, sha256Hex } from './content-hash.ts';

const nodeSha256 = (...parts: (Uint8Array | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash;
};

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >>> 8)) & 255);

describe('sha256Hex', () => {
  it('is the known digest of nothing and of abc (FIPS 180-4 example)', async () => {
    expect(await sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(await sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('contentHash', () => {
  it.each([0, 1, 1000, HASH_PIECE_BYTES])('is plain SHA-256 up to one piece (%i bytes)', async (length) => {
    const content = bytes(length);
    expect(await contentHash(new Blob([content]))).toBe(nodeSha256(content).digest('hex'));
  });

  it.each([1, HASH_PIECE_BYTES, HASH_PIECE_BYTES + 5])(
    'is the SHA-256 of the pieces above (%i bytes more)',
    async (more) => {
      const content = bytes(HASH_PIECE_BYTES + more);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < content.length; at += HASH_PIECE_BYTES)
        pieces.push(nodeSha256(content.subarray(at, at + HASH_PIECE_BYTES)).digest());
      expect(await contentHash(new Blob([content]))).toBe(nodeSha256(...pieces).digest('hex'));
    },
  );

  it('hears a cancel between two pieces', async () => {
    const job = { turn: () => Promise.reject(new CanceledError()) };
    const file = new Blob([bytes(HASH_PIECE_BYTES + 1)]);
    await expect(contentHash(file, job)).rejects.toBeInstanceOf(CanceledError);
  });
});
