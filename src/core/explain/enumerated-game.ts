/** Shapley values of a small game by its definition: every coalition is asked for. */
import type { HybridGame } from './hybrid-rows.ts';

/** Players that a game may have to be enumerated: 2^20 answers are kept at a time. */
export const MOST_ENUMERATED = 20;

/** Answers that the enumeration of a game needs beside those for nobody and everybody, which are known: 2^d − 2. */
export function enumerationCost(playerCount: number): number {
  return Math.max(0, 2 ** playerCount - 2);
}

/**
 * All coalitions of some players but nobody and everybody. Coalition k holds players[i] where bit i of k + 1 is set.
 *
 * @param players numbers of the players that differ between the two rows, ascending; at most {@link MOST_ENUMERATED}
 */
export function enumeratedGame(
  explained: number,
  background: number,
  players: readonly number[],
  playerCount: number,
): HybridGame {
  const bits = new Int32Array(playerCount);
  for (const [i, player] of players.entries()) bits[player] = 1 << i;
  return {
    explained,
    background,
    count: enumerationCost(players.length),
    isMember: (coalition, player) => ((coalition + 1) & bits[player]!) !== 0,
  };
}

/**
 * Shapley values of a game of d players:
 *
 *     φ_i = Σ_{S without i} |S|! (d − 1 − |S|)! / d! · (v(S ∪ i) − v(S))
 *
 * @param nobody, everybody v(∅) and v of all players
 * @param answers as asked by {@link enumeratedGame}
 * @returns d values, which add up to everybody − nobody. O(d · 2^d).
 * Source: L. S. Shapley, "A value for n-person games", 1953.
 */
export function enumeratedShapley(
  playerCount: number,
  nobody: number,
  everybody: number,
  answers: Float64Array,
): Float64Array {
  const values = new Float64Array(playerCount);
  if (playerCount === 0) return values;
  const all = 2 ** playerCount - 1;
  const worth = (coalition: number) =>
    coalition === 0 ? nobody : coalition === all ? everybody : answers[coalition - 1]!;
  const weights = coalitionWeights(playerCount);
  for (let i = 0; i < playerCount; i++) {
    const bit = 1 << i;
    let value = 0;
    for (let coalition = 0; coalition < all; coalition++) {
      if ((coalition & bit) !== 0) continue;
      value += weights[bitCount(coalition)]! * (worth(coalition | bit) - worth(coalition));
    }
    values[i] = value;
  }
  return values;
}

/** s! (d − 1 − s)! / d! for s = 0 .. d − 1. */
function coalitionWeights(playerCount: number): Float64Array {
  const weights = new Float64Array(playerCount);
  weights[0] = 1 / playerCount;
  for (let s = 1; s < playerCount; s++) weights[s] = (weights[s - 1]! * s) / (playerCount - s);
  return weights;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
