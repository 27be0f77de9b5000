import { Random } from '../../src/core/stats/random.ts';
import { sharedOut } from './months.ts';
import type { SimulatedCell, SimulatedEvent, SimulatedTable } from './simulated-table.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2025, 0, 6);
const WEEKS = 26;
const FRAUD_SHARE = 0.011;

/** When something changes, as week index from 0. */
const CATEGORY_FROM = 12;
const ADAPTATION_FROM = 17;
const UNLABELLED_FROM = 24;

const CATEGORIES = ['grocery', 'fuel', 'travel', 'electronics', 'fashion', 'gaming', 'gift-card'];
const GOOD_CATEGORIES = [34, 16, 9, 11, 17, 9, 4];
const FRAUD_CATEGORIES = [4, 3, 14, 30, 12, 15, 22];
const COUNTRIES = ['home', 'neighbour', 'overseas'];
const ENTRY = ['chip', 'contactless', 'online'];

/** The score is a logistic regression that an issuer could have fitted before the attackers changed their ways. */
const SCORE = {
  intercept: -6.1,
  logAmount: 0.42,
  velocity: 0.55,
  night: 0.7,
  newDevice: 1.25,
  overseas: 1.1,
  online: 0.75,
  youngAccount: 0.8,
  riskyCategory: 0.85,
} as const;

interface Transaction {
  readonly fraud: boolean;
  readonly hour: number;
  readonly amount: number;
  readonly category: string;
  readonly country: string;
  readonly entry: string;
  readonly velocity: number;
  readonly accountAgeDays: number;
  readonly newDevice: boolean;
}

/**
 * Simulated card transactions over 26 weeks: about 1.1 % fraud, a score column, labels that come late. From one week on a
 * new merchant category appears, later the attackers adapt (smaller amounts, fewer at a time, known devices).
 *
 * @param rows at least 26
 * @param seed same seed, same rows
 */
export function fraudTable(rows: number, seed: number): SimulatedTable {
  const columns = [
    ...['transaction_id', 'time', 'amount', 'merchant_category', 'country', 'entry_mode', 'transactions_1h'],
    ...['account_age_days', 'new_device', 'score', 'fraud'],
  ];
  const volumes = sharedOut(
    rows,
    Array.from({ length: WEEKS }, (_, week) => 1 + 0.006 * week),
  );
  function* generate(): Generator<readonly SimulatedCell[]> {
    const random = new Random(seed);
    let id = 0;
    for (let week = 0; week < WEEKS; week++) {
      for (const share of sortedUniforms(volumes[week]!, random)) {
        const second = Math.floor(share * 7 * 86_400) * 1000;
        yield transactionRow(++id, START_MS + week * 7 * DAY_MS + second, week, random);
      }
    }
  }
  return { columns, rows: generate, truth: truthOf(rows, seed) };
}

function sortedUniforms(count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => random.uniform()).sort();
}

function transactionRow(id: number, timeMs: number, week: number, random: Random): readonly SimulatedCell[] {
  const hour = Math.floor((timeMs % DAY_MS) / HOUR_MS);
  const drawn = drawTransaction(week, hour, random);
  return [
    `T${String(id).padStart(8, '0')}`,
    new Date(timeMs).toISOString().slice(0, 19),
    drawn.amount,
    drawn.category,
    drawn.country,
    drawn.entry,
    drawn.velocity,
    drawn.accountAgeDays,
    drawn.newDevice ? 'yes' : 'no',
    Number(scoreOf(drawn, random).toFixed(5)),
    week >= UNLABELLED_FROM ? '' : drawn.fraud ? 1 : 0,
  ];
}

function drawTransaction(week: number, hour: number, random: Random): Transaction {
  const isNight = hour < 6;
  const fraud = random.uniform() < FRAUD_SHARE * (isNight ? 2.2 : 0.75);
  const adapted = fraud && week >= ADAPTATION_FROM && random.uniform() < 0.7;
  const blatant = fraud && !adapted;
  const isNew = week >= CATEGORY_FROM && random.uniform() < (fraud ? 0.16 : 0.04);
  const category = isNew ? 'crypto' : CATEGORIES[random.pick(blatant ? FRAUD_CATEGORIES : GOOD_CATEGORIES)]!;
  const logAmount = (blatant ? 4.6 : adapted ? 3.9 : 3.3) + (blatant ? 0.9 : 0.85) * random.normal();
  return {
    fraud,
    hour,
    amount: Math.max(0.5, Number(Math.exp(logAmount).toFixed(2))),
    category,
    country: COUNTRIES[random.pick(blatant ? [48, 14, 38] : [86, 9, 5])]!,
    entry: ENTRY[random.pick(fraud ? [8, 12, 80] : [36, 40, 24])]!,
    velocity: random.poisson(blatant ? 1.3 : 0.35),
    accountAgeDays: Math.floor(-Math.log(1 - random.uniform()) * (fraud ? 380 : 1500)),
    newDevice: random.uniform() < (blatant ? 0.55 : adapted ? 0.2 : 0.05),
  };
}

function scoreOf(transaction: Transaction, random: Random): number {
  const { amount, velocity, hour, newDevice, country, entry, accountAgeDays, category } = transaction;
  let margin = SCORE.intercept + SCORE.logAmount * Math.log(amount / 30) + SCORE.velocity * velocity;
  if (hour < 6) margin += SCORE.night;
  if (newDevice) margin += SCORE.newDevice;
  if (country === 'overseas') margin += SCORE.overseas;
  if (entry === 'online') margin += SCORE.online;
  if (accountAgeDays < 90) margin += SCORE.youngAccount;
  if (['electronics', 'gift-card', 'gaming'].includes(category)) margin += SCORE.riskyCategory;
  // A little noise stands for inputs that are not in the table.
  return 1 / (1 + Math.exp(-(margin + 1.15 * random.normal())));
}

function weekText(week: number): string {
  return new Date(START_MS + week * 7 * DAY_MS).toISOString().slice(0, 10);
}

function truthOf(rows: number, seed: number): object {
  const events: readonly SimulatedEvent[] = [
    {
      kind: 'new-category',
      column: 'merchant_category',
      from: weekText(CATEGORY_FROM),
      until: null,
      what: 'crypto: 4 % of the good and 16 % of the fraudulent transactions; the score does not know it.',
    },
    {
      kind: 'adaptation',
      column: 'fraud',
      from: weekText(ADAPTATION_FROM),
      until: null,
      what: '70 % of the frauds come in smaller amounts, fewer at a time, from home and mostly from known devices: their scores fall.',
    },
    {
      kind: 'label-delay',
      column: 'fraud',
      from: weekText(UNLABELLED_FROM),
      until: null,
      what: 'No outcome yet: chargebacks take two weeks and more.',
    },
  ];
  return {
    simulated: true,
    what: 'Simulated card transactions. No account in it exists.',
    rows,
    seed,
    weeks: { first: weekText(0), last: weekText(WEEKS - 1) },
    fraudShare: FRAUD_SHARE,
    events,
    logOddsOfScore: SCORE,
  };
}
