/**
 * Hybrid rows: some cells of a row that is explained, the others of a background row. What a model answers on them is all
 * that sampling and enumeration know of it.
 */

/** Hybrid rows that a model is asked for. */
export interface HybridRows {
  readonly count: number;
  /** Per hybrid: which of the explained rows, from 0; of no meaning where no player is a member. */
  readonly explained: Int32Array;
  /** Per hybrid: which of the background rows, from 0; of no meaning where every player is a member. */
  readonly backgrounds: Int32Array;
  /** playerCount x count, player by player: 1 where the cells of the player are those of the explained row. */
  readonly members: Uint8Array;
}

/** Work that asks for the model's answers on hybrid rows, one number each, and goes on when it is given them. */
export type Predicting<T> = Generator<HybridRows, T, Float64Array>;

/** Coalitions of one explained row and one background row. */
export interface HybridGame {
  readonly explained: number;
  readonly background: number;
  /** Number of coalitions, 0 or more. */
  readonly count: number;
  /** Whether a player is in a coalition of this game, 0 <= coalition < count. */
  isMember(coalition: number, player: number): boolean;
}

/**
 * Hybrid rows asked for at once, at most: enough that a call costs little beside its rows, and few enough that a cancel is
 * heard in time.
 */
export const HYBRIDS_AT_ONCE = 4096;

/**
 * The model's answers on all coalitions of some games, asked for in runs of at most {@link HYBRIDS_AT_ONCE} rows.
 *
 * @returns one array per game, an answer per coalition
 */
export function* predictGames(
  games: readonly HybridGame[],
  playerCount: number,
): Predicting<readonly Float64Array[]> {
  const answers = games.map(({ count }) => new Float64Array(count));
  let left = games.reduce((sum, { count }) => sum + count, 0);
  let game = 0;
  let coalition = 0;
  while (left > 0) {
    const count = Math.min(left, HYBRIDS_AT_ONCE);
    const owners = new Int32Array(count);
    const coalitions = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      while (coalition >= games[game]!.count) {
        game += 1;
        coalition = 0;
      }
      owners[i] = game;
      coalitions[i] = coalition++;
    }
    const predictions = yield hybridRows(games, owners, coalitions, playerCount);
    for (let i = 0; i < count; i++) answers[owners[i]!]![coalitions[i]!] = predictions[i]!;
    left -= count;
  }
  return answers;
}

function hybridRows(
  games: readonly HybridGame[],
  owners: Int32Array,
  coalitions: Int32Array,
  playerCount: number,
): HybridRows {
  const count = owners.length;
  const members = new Uint8Array(playerCount * count);
  for (let player = 0, at = 0; player < playerCount; player++) {
    for (let i = 0; i < count; i++, at++) {
      if (games[owners[i]!]!.isMember(coalitions[i]!, player)) members[at] = 1;
    }
  }
  return {
    count,
    explained: owners.map((game) => games[game]!.explained),
    backgrounds: owners.map((game) => games[game]!.background),
    members,
  };
}
