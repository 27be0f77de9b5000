import { expect, it } from 'vitest';
import { CanceledError } from '../core/errors.ts';
import { type Piece, runPieces } from './run-pieces.ts';

const rejectsWhenAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new CanceledError()));
  });

it('runs each piece once and answers in their order, whoever is done first', async () => {
  const taken: Piece[] = [];
  const results = await runPieces(['home', 1], 5, undefined, async (piece) => {
    taken.push(piece);
    for (let turn = piece.index; turn < 5; turn++) await Promise.resolve();
    return 10 * piece.index;
  });
  expect(results).toEqual([0, 10, 20, 30, 40]);
  expect(taken.map(({ index }) => index).toSorted()).toEqual([0, 1, 2, 3, 4]);
  expect(new Set(taken.map(({ slot }) => slot))).toEqual(new Set(['home', 1]));
});

it('never asks a slot for which no piece is left', async () => {
  const slots: unknown[] = [];
  await runPieces([0, 1, 2], 1, undefined, async ({ slot }) => slots.push(slot));
  expect(slots).toEqual([0]);
  expect(await runPieces([0], 0, undefined, async () => 1)).toEqual([]);
});

it('stops the others at the first error, and throws that one', async () => {
  const begun: number[] = [];
  const run = ({ index, signal }: Piece) => {
    begun.push(index);
    return index === 1 ? Promise.reject(new Error('broken')) : rejectsWhenAborted(signal);
  };
  await expect(runPieces([0, 1], 9, undefined, run)).rejects.toThrow('broken');
  expect(begun).toEqual([0, 1]);
});

it('hears the caller', async () => {
  const stop = new AbortController();
  const running = runPieces([0, 1], 9, stop.signal, ({ signal }) => rejectsWhenAborted(signal));
  stop.abort();
  await expect(running).rejects.toBeInstanceOf(CanceledError);
});
