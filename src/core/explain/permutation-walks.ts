/** Shapley values of a game estimated along random orders of its players. */
import type { Random } from '../stats/random.ts';
import type { HybridGame } from './hybrid-rows.ts';

/** Two independent antithetic pairs of walks from a background row to an explained row. */
export interface WalkedGame extends HybridGame {
  /** Two random orders of the players that differ. */
  readonly orders: readonly [Int32Array, Int32Array];
}

/** Answers that the walks of one game need: d − 1 between the ends, in both directions of two orders. */
export function walkCost(playerCount: number): number {
  return 4 * Math.max(0, playerCount - 1);
}

/**
 * The coalitions on four walks from nobody to everybody: players join in a random order, and in its reverse, and so again
 * in a second order that is independent of the first.
 *
 * @param players numbers of the players that differ between the two rows
 */
export function walkedGame(
  explained: number,
  background: number,
  players: readonly number[],
  playerCount: number,
  random: Random,
): WalkedGame {
  const orders = [shuffled(players, random), shuffled(players, random)] as const;
  const steps = Math.max(0, players.length - 1);
  // A player that does not differ never joins: its cells are those of both rows.
  const ranks = orders.map((order) => {
    const rank = new Int32Array(playerCount).fill(-1);
    for (const [place, player] of order.entries()) rank[player] = place;
    return rank;
  });
  return {
    explained,
    background,
    orders,
    count: walkCost(players.length),
    isMember: (coalition, player) => {
      const walk = Math.floor(coalition / steps);
      const step = coalition - walk * steps;
      const rank = ranks[walk >> 1]![player]!;
      return rank >= 0 && ((walk & 1) === 0 ? rank <= step : rank >= steps - step);
    },
  };
}

/**
 * Adds what the walks of one game say: per player the estimate of each pair (the mean of what the player adds when it joins
 * in one order and in the reverse).
 *
 * @param nobody, everybody the answers at the ends of the walks
 * @param answers as asked by {@link walkedGame}
 * @param sums    receives the sum of the two estimates, per player, from `at`
 * @param squares receives the square of their difference, per player, from `at`
 */
export function addWalks(
  game: WalkedGame,
  nobody: number,
  everybody: number,
  answers: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
  at: number,
): void {
  const first = pairEstimates(game.orders[0], nobody, everybody, answers, 0);
  const second = pairEstimates(game.orders[1], nobody, everybody, answers, answers.length / 2);
  for (const [player, estimate] of first) {
    const other = second.get(player)!;
    sums[at + player]! += estimate + other;
    squares[at + player]! += (estimate - other) ** 2;
  }
}

/** What each player adds, on average over joining in an order and in its reverse; the two add up to everybody − nobody. */
function pairEstimates(
  order: Int32Array,
  nobody: number,
  everybody: number,
  answers: Float64Array,
  start: number,
): Map<number, number> {
  const steps = order.length - 1;
  const at = (walk: number, joined: number) => {
    if (joined === 0) return nobody;
    return joined > steps ? everybody : answers[start + walk * steps + joined - 1]!;
  };
  const estimates = new Map<number, number>();
  for (const [place, player] of order.entries()) {
    const forward = at(0, place + 1) - at(0, place);
    const backward = at(1, steps - place + 1) - at(1, steps - place);
    estimates.set(player, (forward + backward) / 2);
  }
  return estimates;
}

/** Fisher-Yates. */
function shuffled(players: readonly number[], random: Random): Int32Array {
  const order = Int32Array.from(players);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const player = order[i]!;
    order[i] = order[j]!;
    order[j] = player;
  }
  return order;
}
