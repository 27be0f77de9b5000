/** Shapley values of the score of any model, over its input features, against background rows. */
import { DataError } from '../errors.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import { Random } from '../stats/random.ts';
import { enumeratedGame, enumeratedShapley, enumerationCost, MOST_ENUMERATED } from './enumerated-game.ts';
import type { RowContributions, SamplingOutcome } from './explanation.ts';
import { HYBRIDS_AT_ONCE, type HybridGame, type Predicting, predictGames } from './hybrid-rows.ts';
import { type OrderRule, openPair } from './order-stability.ts';
import { addWalks, walkCost, walkedGame } from './permutation-walks.ts';

/** How long sampling goes on. */
export interface SamplingOptions extends OrderRule {
  /**
   * Answers of the model that may be spent on the rows asked for together. Enumeration is taken when it fits; sampling ends
   * where its next round would not. The rounds that standard errors need are run in any case.
   */
  readonly budget: number;
  /** Rounds at least; 1 without it. With `top` 0 nothing is to be settled, and these are all. */
  readonly leastRounds?: number;
  readonly seed: number;
}

/**
 * A quarter of a million answers are two or three seconds of a small network; five features are what a reader takes in. With
 * ties at 5 %, 94 of 96 runs on random networks of ten features settled within 50,000 answers, none of them on an order that
 * was wrong beyond a tie; with ties at 2 %, 70 did, at up to twice the answers.
 */
export const DEFAULT_SAMPLING: SamplingOptions = { budget: 250_000, seed: 1, top: 5, tieShare: 0.05 };

/** What is asked of {@link permutationShap}. */
export interface SampledQuestion extends SamplingOptions {
  /** Numbers of the explained rows: with the seed they decide what is drawn for a row. */
  readonly rows: Uint32Array;
  readonly backgroundCount: number;
  readonly playerCount: number;
  /** Whether a player's cells are alike in explained row `explained` and background row `background` (both from 0). */
  isSame(explained: number, background: number, player: number): boolean;
}

/** Contributions to the score of some rows; `values` and `standardErrors` have a column per player. */
export interface SampledContributions extends Omit<RowContributions, 'sampling'>, SamplingOutcome {
  /** Mean score of the background rows that have one; NaN when none has. */
  readonly baseValue: number;
  readonly isExact: boolean;
  /** Background rows that have a score. */
  readonly backgroundRows: number;
}

/** Independent pairs of estimates that standard errors rest on, at least: an error's own error is then below a fifth. */
const LEAST_PAIRS = 20;

/**
 * Shapley values of v(S) = the mean over background rows b of the score of a row whose cells of S are the explained row's
 * and whose other cells are b's. They add up to score − base for each row, whatever was sampled.
 *
 * Each (row, background row) is a game of its own, whose values are averaged; players whose cells are alike in both rows
 * are no players of it and get 0. Where asking for all 2^d coalitions of the d others, over all games, fits the budget,
 * that is done and the values are exact. Else each round draws, for each game, two random orders of its players and walks
 * each forward and back (an antithetic pair); every background row is used equally often, so base is met exactly.
 * The standard error comes from the differences between the two pairs of each game:
 *
 *     φ = Σ (e₁ + e₂) / 2n      SE = √(Σ (e₁ − e₂)²) / 2n      over n = rounds x background rows
 *
 * It speaks of the draws alone; the background rows are part of the definition. Rounds end when the order of the top
 * features is settled (`openPair`): by |φ| for one row, by mean |φ| for several, whose error is taken as
 * √(Σ SE²) / rows. Noise makes |φ| of a row, and so the mean, a little too large where a contribution is about as small as
 * its error.
 *
 * A row without a score has NaN contributions. Background rows without a score are left out.
 *
 * @returns a generator that yields hybrid rows and is to be given their scores; the values of a row do not depend on the
 *   order of the rows, and the same seed gives the same draws
 * @throws {DataError} `empty-sample` without background rows
 * Sources: E. Štrumbelj, I. Kononenko, "Explaining prediction models and individual predictions with feature
 * contributions", KAIS 41 (2014), algorithm 1; S. Lundberg, S.-I. Lee, NIPS 2017; R. Mitchell, J. Cooper, E. Frank,
 * G. Holmes, "Sampling permutations for Shapley value estimation", JMLR 23 (2022), section 3.1 (antithetic sampling).
 */
export function* permutationShap(question: SampledQuestion): Predicting<SampledContributions> {
  const known = yield* knownScores(question);
  const sizes = costs(question, known);
  const isEnumerable = sizes.enumeration <= question.budget && sizes.players <= MOST_ENUMERATED;
  const found = isEnumerable
    ? yield* enumerated(question, known)
    : yield* sampled(question, known, sizes.round);
  return {
    ...found,
    rows: question.rows,
    outputs: known.outputs,
    baseValue: known.baseValue,
    backgroundRows: known.backgrounds.length,
    predictions: question.backgroundCount + question.rows.length + found.predictions,
  };
}

/** The scores at the ends of all games. */
interface KnownScores {
  /** Per explained row and per background row. */
  readonly outputs: Float64Array;
  readonly backgroundScores: Float64Array;
  /** Background rows that have a score. */
  readonly backgrounds: readonly number[];
  readonly baseValue: number;
}

/** One explained row against one background row, both with a score. */
interface Pairing {
  readonly explained: number;
  readonly background: number;
  /** Players whose cells differ. */
  readonly players: readonly number[];
}

type Found = Pick<SampledContributions, 'values' | 'standardErrors' | 'isExact'> & SamplingOutcome;

function* knownScores({ rows, backgroundCount, playerCount }: SampledQuestion): Predicting<KnownScores> {
  if (backgroundCount === 0) {
    throw new DataError('empty-sample', 'There are no background rows to compare with.', {
      advice: 'Choose other background rows.',
    });
  }
  const end = (explained: number, background: number, isMember: boolean): HybridGame => {
    return { explained, background, count: 1, isMember: () => isMember };
  };
  const ends = [
    ...Array.from({ length: backgroundCount }, (_, background) => end(0, background, false)),
    ...Array.from(rows, (_, explained) => end(explained, 0, true)),
  ];
  const scores = Float64Array.from(yield* predictGames(ends, playerCount), ([score]) => score!);
  const backgroundScores = scores.slice(0, backgroundCount);
  const backgrounds = [...backgroundScores.keys()].filter((b) => Number.isFinite(backgroundScores[b]));
  const total = runningSums(1);
  for (const b of backgrounds) addCompensated(total, 0, backgroundScores[b]!);
  return {
    outputs: scores.slice(backgroundCount),
    backgroundScores,
    backgrounds,
    baseValue: compensatedTotal(total, 0) / backgrounds.length,
  };
}

function* pairings({ playerCount, isSame }: SampledQuestion, known: KnownScores): Iterable<Pairing> {
  const all = Array.from({ length: playerCount }, (_, player) => player);
  for (const [explained, output] of known.outputs.entries()) {
    if (!Number.isFinite(output)) continue;
    for (const background of known.backgrounds) {
      const players = all.filter((player) => !isSame(explained, background, player));
      yield { explained, background, players };
    }
  }
}

/** Answers that enumeration and a round of sampling take, and the players of the largest game. */
function costs(question: SampledQuestion, known: KnownScores) {
  const sizes = { enumeration: 0, round: 0, players: 0 };
  for (const { players } of pairings(question, known)) {
    sizes.enumeration += enumerationCost(players.length);
    sizes.round += walkCost(players.length);
    sizes.players = Math.max(sizes.players, players.length);
  }
  return sizes;
}

function* enumerated(question: SampledQuestion, known: KnownScores): Predicting<Found> {
  const { playerCount } = question;
  const { outputs, backgroundScores, backgrounds } = known;
  const values = startingValues(question, known);
  const predictions = yield* playAll(
    question,
    known,
    ({ explained, background, players }) => enumeratedGame(explained, background, players, playerCount),
    (_, { explained, background, players }, answers) => {
      const [nobody, everybody] = [backgroundScores[background]!, outputs[explained]!];
      const shares = enumeratedShapley(players.length, nobody, everybody, answers);
      for (const [i, player] of players.entries()) {
        values[explained * playerCount + player]! += shares[i]! / backgrounds.length;
      }
    },
  );
  return { values, standardErrors: null, isExact: true, end: 'enumerated', open: null, predictions };
}

function* sampled(question: SampledQuestion, known: KnownScores, roundCost: number): Predicting<Found> {
  const { rows, playerCount, budget, seed } = question;
  const { outputs, backgroundScores, backgrounds } = known;
  const start = startingValues(question, known);
  const sums = new Float64Array(start.length);
  const squares = new Float64Array(start.length);
  // Different rows have different streams: an odd factor maps 32 bits onto themselves.
  const randoms = Array.from(
    rows,
    (row) => new Random(Math.imul(row, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b)),
  );
  const leastRounds = Math.max(question.leastRounds ?? 1, Math.ceil(LEAST_PAIRS / backgrounds.length));
  let predictions = 0;
  for (let rounds = 1; ; rounds++) {
    predictions += yield* playAll(
      question,
      known,
      ({ explained, background, players }) =>
        walkedGame(explained, background, players, playerCount, randoms[explained]!),
      (game, { explained, background }, answers) => {
        const [nobody, everybody] = [backgroundScores[background]!, outputs[explained]!];
        addWalks(game, nobody, everybody, answers, sums, squares, explained * playerCount);
      },
    );
    if (rounds < leastRounds) continue;
    const draws = 2 * rounds * backgrounds.length;
    const values = start.map((none, i) => none + sums[i]! / draws);
    const standardErrors = start.map((none, i) => none + Math.sqrt(squares[i]!) / draws);
    const open = openOrder(question, values, standardErrors);
    if (open !== null && predictions + roundCost <= budget) continue;
    const end = open === null ? 'stable' : 'budget';
    return { values, standardErrors, isExact: false, end, open, predictions };
  }
}

/** 0 where the contributions of a row can be known, NaN where it has no score or nothing is there to compare it with. */
function startingValues({ rows, playerCount }: SampledQuestion, known: KnownScores): Float64Array {
  const values = new Float64Array(rows.length * playerCount);
  for (const [explained, output] of known.outputs.entries()) {
    const isKnown = Number.isFinite(output) && known.backgrounds.length > 0;
    values.fill(isKnown ? 0 : Number.NaN, explained * playerCount, (explained + 1) * playerCount);
  }
  return values;
}

/**
 * Plays a game for every pairing, several to a request, and hands each its answers.
 *
 * @returns answers that were asked of the model
 */
function* playAll<Game extends HybridGame>(
  question: SampledQuestion,
  known: KnownScores,
  gameOf: (pairing: Pairing) => Game,
  take: (game: Game, pairing: Pairing, answers: Float64Array) => void,
): Predicting<number> {
  let predictions = 0;
  let waiting: { readonly game: Game; readonly pairing: Pairing }[] = [];
  let asked = 0;
  function* play(): Predicting<void> {
    const answers = yield* predictGames(
      waiting.map(({ game }) => game),
      question.playerCount,
    );
    for (const [i, { game, pairing }] of waiting.entries()) take(game, pairing, answers[i]!);
    predictions += asked;
    waiting = [];
    asked = 0;
  }
  for (const pairing of pairings(question, known)) {
    const game = gameOf(pairing);
    waiting.push({ game, pairing });
    asked += game.count;
    if (asked >= HYBRIDS_AT_ONCE) yield* play();
  }
  yield* play();
  return predictions;
}

/** Where the order of the top features is open, over all rows whose contributions are numbers. */
function openOrder(
  question: SampledQuestion,
  values: Float64Array,
  errors: Float64Array,
): SamplingOutcome['open'] {
  const { playerCount, rows } = question;
  const importance = new Float64Array(playerCount);
  const variance = new Float64Array(playerCount);
  for (let row = 0; row < rows.length; row++) {
    const start = row * playerCount;
    if (values.subarray(start, start + playerCount).some(Number.isNaN)) continue;
    for (let player = 0; player < playerCount; player++) {
      importance[player]! += Math.abs(values[start + player]!);
      variance[player]! += errors[start + player]! ** 2;
    }
  }
  // The order of sums is that of means, and so are their distances in standard errors.
  return openPair(importance, variance.map(Math.sqrt), question);
}
