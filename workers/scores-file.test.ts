import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeScores, encodeScores, scoresFileBytes } from './scores-file.ts';

const info = {
  engine: 'engine 1',
  scoreOutput: 'probabilities, class "bäd"',
  unscored: 1,
  notices: [{ code: 'scores-clamped', message: '2 scores were set to 0 or 1.', count: 2 }],
};
const scores = Float64Array.of(0.1, Number.NaN, 1, 5e-324);

describe('scores file', () => {
  it('brings back the very same scores and their description', async () => {
    const file = await encodeScores({ scores, info });
    expect(file.length).toBe(scoresFileBytes(scores.length, info));
    expect(await decodeScores(file, 4)).toEqual({ scores, info });
  });

  it('keeps scores that lie in shared memory', async () => {
    const shared = new Float64Array(new SharedArrayBuffer(32));
    shared.set(scores);
    expect((await decodeScores(await encodeScores({ scores: shared, info }), 4))?.scores).toEqual(scores);
  });

  it('is not read for a table of another length, nor when empty', async () => {
    expect(await decodeScores(await encodeScores({ scores, info }), 5)).toBeNull();
    expect(await decodeScores(new Uint8Array(0), 0)).toBeNull();
  });

  it('law: a file with one changed byte, or cut anywhere, is ignored', async () => {
    const file = await encodeScores({ scores, info });
    const at = fc.integer({ min: 0, max: file.length - 1 });
    const damage = fc.asyncProperty(at, fc.integer({ min: 1, max: 255 }), async (index, flip) => {
      const damaged = file.slice();
      damaged[index] = damaged[index]! ^ flip;
      expect(await decodeScores(damaged, 4)).toBeNull();
      expect(await decodeScores(file.slice(0, index), 4)).toBeNull();
    });
    await fc.assert(damage, { numRuns: 200 });
  });
});
