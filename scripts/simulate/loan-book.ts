import { Random } from '../../src/core/stats/random.ts';
import { dayText, type Month, monthsFrom, sharedOut } from './months.ts';
import type { SimulatedCell, SimulatedEvent, SimulatedTable } from './simulated-table.ts';

const DAY_MS = 86_400_000;
const FIRST_YEAR = 2024;
const MONTHS = 24;
/** Months whose rows the scorecard is fitted on; the rest is judged. */
const TRAIN_MONTHS = 6;

/** When something changes, as month index from 0. */
const BUREAU_OUTAGES = [8, 16];
const CHANNEL_FROM = 12;
const CATEGORY_FROM = 14;
const UNIT_FROM = 15;
const CONCEPT_FROM = 18;
const UNLABELLED_FROM = 22;

const REGIONS = ['North', 'East', 'South', 'West', 'Coast', 'Capital'];
const REGION_WEIGHTS = [18, 12, 16, 14, 15, 25];
const CHANNELS = ['branch', 'broker', 'online', 'partner-app'];
const PURPOSES = ['car', 'home', 'debt', 'holiday', 'business', 'solar'];
const PURPOSE_AMOUNTS = [9500, 14_000, 8000, 3200, 18_000, 16_000];
const TERMS = [12, 24, 36, 48, 60, 72];
const FREQUENCIES = ['weekly', 'biweekly', 'monthly'];
const HOUSING = ['rent', 'own', 'parents'];

/** The log odds of a bad outcome; what the data really follow. `shifted` from the concept shift on. */
const EFFECTS = {
  intercept: -2.35,
  channel: { branch: -0.15, broker: 0.2, online: 0, 'partner-app': 0.45 },
  purpose: { car: -0.1, home: -0.25, debt: 0.3, holiday: 0.05, business: 0.4, solar: -0.2 },
  housing: { rent: 0.15, own: -0.25, parents: 0.05 },
  payFrequency: { weekly: 0.25, biweekly: 0.05, monthly: -0.1 },
  age: -0.012,
  employmentYears: -0.035,
  logIncome: -0.45,
  debtToIncome: 1.9,
  bureauScore: -0.011,
  delinquencies: 0.38,
  logAmount: 0.22,
  shifted: { debtToIncome: 3.6, business: 0.55, online: 0.35 },
} as const;

interface Applicant {
  readonly region: string;
  readonly channel: keyof typeof EFFECTS.channel;
  readonly purpose: keyof typeof EFFECTS.purpose;
  readonly housing: keyof typeof EFFECTS.housing;
  readonly payFrequency: keyof typeof EFFECTS.payFrequency;
  readonly age: number;
  readonly employmentYears: number;
  readonly monthlyIncome: number;
  readonly debtToIncome: number;
  readonly bureauScore: number;
  readonly delinquencies: number;
  readonly amount: number;
  readonly termMonths: number;
}

/**
 * A simulated book of consumer loans over 24 months: 18 columns, the outcome `good` or `bad` (empty in the last two months,
 * whose loans have not matured). The mix is seasonal; later come missing bursts, a new channel, a new category, a change of
 * unit and a shift of what makes a loan bad.
 *
 * @param rows at least 24
 * @param seed same seed, same rows
 */
export function loanBook(rows: number, seed: number): SimulatedTable {
  const months = monthsFrom(FIRST_YEAR, MONTHS);
  const volumes = sharedOut(rows, months.map(volumeWeight));
  const columns = [
    ...['loan_id', 'application_date', 'split', 'region', 'channel', 'purpose', 'housing', 'pay_frequency'],
    ...['age', 'employment_years', 'income', 'debt_to_income', 'bureau_score', 'delinquencies_2y'],
    ...['amount', 'term_months', 'interest_rate', 'outcome'],
  ];
  function* generate(): Generator<readonly SimulatedCell[]> {
    const random = new Random(seed);
    let id = 0;
    for (const month of months) {
      const days = daysOf(month, volumes[month.index]!, random);
      for (const day of days) yield loanRow(++id, day, month, random);
    }
  }
  return { columns, rows: generate, truth: truthOf(months, rows, seed) };
}

/** More loans in spring and before Christmas, and a book that grows by 1 % a month. */
function volumeWeight({ index, ofYear }: Month): number {
  const season = [0.9, 0.92, 1.05, 1.12, 1.1, 1.02, 0.95, 0.9, 1, 1.02, 1.08, 1.14][ofYear]!;
  return season * 1.01 ** index;
}

/** Application days of a month in order, epoch ms. */
function daysOf(month: Month, count: number, random: Random): readonly number[] {
  const perDay = sharedOut(
    count,
    Array.from({ length: month.days }, () => 0.5 + random.uniform()),
  );
  return perDay.flatMap((loans, day) => Array<number>(loans).fill(month.startMs + day * DAY_MS));
}

function loanRow(id: number, day: number, month: Month, random: Random): readonly SimulatedCell[] {
  const who = drawApplicant(month, random);
  const bad = random.uniform() < probabilityBad(who, month);
  const outage = BUREAU_OUTAGES.includes(month.index);
  const bureauMissing = random.uniform() < (outage ? 0.45 : 0.03);
  const annual = month.index >= UNIT_FROM && who.channel === 'online';
  const rate = 4.5 + 6 * Math.max(0, (720 - who.bureauScore) / 300) + random.uniform();
  return [
    `L${String(id).padStart(7, '0')}`,
    dayText(day),
    month.index < TRAIN_MONTHS ? 'train' : 'test',
    who.region,
    who.channel,
    who.purpose,
    who.housing,
    who.payFrequency,
    who.age,
    round(who.employmentYears, 1),
    annual ? who.monthlyIncome * 12 : who.monthlyIncome,
    round(who.debtToIncome, 3),
    bureauMissing ? '' : who.bureauScore,
    who.delinquencies,
    who.amount,
    who.termMonths,
    round(rate, 2),
    month.index >= UNLABELLED_FROM ? '' : bad ? 'bad' : 'good',
  ];
}

function drawApplicant(month: Month, random: Random): Applicant {
  const channel = CHANNELS[random.pick(channelWeights(month))]! as Applicant['channel'];
  const purposeIndex = random.pick(purposeWeights(month));
  const isPartner = channel === 'partner-app';
  const age = Math.round(clamp((isPartner ? 32 : 43) + (isPartner ? 8 : 12) * random.normal(), 18, 80));
  const employmentYears = Math.min(age - 18, -Math.log(1 - random.uniform()) * (isPartner ? 3 : 7));
  const logIncome = 7.75 + 0.006 * Math.min(age - 18, 30) + 0.35 * random.normal();
  const monthlyIncome = Math.round(Math.exp(logIncome) / 10) * 10;
  const bureauScore = Math.round(clamp(668 - (isPartner ? 22 : 0) + 62 * random.normal(), 300, 850));
  const amount = Math.exp(Math.log(PURPOSE_AMOUNTS[purposeIndex]!) + 0.45 * random.normal());
  return {
    region: REGIONS[random.pick(REGION_WEIGHTS)]!,
    channel,
    purpose: PURPOSES[purposeIndex]! as Applicant['purpose'],
    housing: HOUSING[random.pick(age < 30 ? [55, 15, 30] : [40, 57, 3])]! as Applicant['housing'],
    payFrequency: FREQUENCIES[random.pick([15, 25, 60])]! as Applicant['payFrequency'],
    age,
    employmentYears,
    monthlyIncome,
    debtToIncome: clamp(0.28 + 0.13 * random.normal() + 0.02 * (amount / 10_000), 0, 0.95),
    bureauScore,
    delinquencies: random.poisson(0.35 * Math.exp((668 - bureauScore) / 110)),
    amount: Math.round(amount / 50) * 50,
    termMonths: TERMS[random.pick([10, 20, 25, 20, 15, 10])]!,
  };
}

/** The new channel takes 5, 10, then 20 % of the applications. */
function channelWeights({ index }: Month): readonly number[] {
  const since = index - CHANNEL_FROM;
  const partner = since < 0 ? 0 : ([5, 10, 15][since] ?? 20);
  const rest = (100 - partner) / 100;
  return [35 * rest, 25 * rest, 40 * rest, partner];
}

/** Cars in spring, holidays before summer, homes in autumn; solar loans exist from one month on. */
function purposeWeights({ index, ofYear }: Month): readonly number[] {
  const spring = ofYear >= 2 && ofYear <= 4;
  const summer = ofYear >= 5 && ofYear <= 6;
  const autumn = ofYear >= 8 && ofYear <= 9;
  return [spring ? 45 : 28, autumn ? 34 : 20, 26, summer ? 22 : 8, 12, index >= CATEGORY_FROM ? 9 : 0];
}

function probabilityBad(who: Applicant, { index }: Month): number {
  const shifted = index >= CONCEPT_FROM;
  const { shifted: late } = EFFECTS;
  let margin = EFFECTS.intercept + EFFECTS.channel[who.channel] + EFFECTS.purpose[who.purpose];
  margin += EFFECTS.housing[who.housing] + EFFECTS.payFrequency[who.payFrequency];
  margin += EFFECTS.age * (who.age - 43) + EFFECTS.employmentYears * (who.employmentYears - 6);
  margin += EFFECTS.logIncome * (Math.log(who.monthlyIncome + 1) - 7.9);
  margin += (shifted ? late.debtToIncome : EFFECTS.debtToIncome) * (who.debtToIncome - 0.3);
  margin += EFFECTS.bureauScore * (who.bureauScore - 668) + EFFECTS.delinquencies * who.delinquencies;
  margin += EFFECTS.logAmount * Math.log(who.amount / 8000);
  if (shifted && who.purpose === 'business') margin += late.business;
  if (shifted && who.channel === 'online') margin += late.online;
  return 1 / (1 + Math.exp(-margin));
}

function truthOf(months: readonly Month[], rows: number, seed: number): object {
  const name = (index: number): string => months[index]!.name;
  const events: readonly SimulatedEvent[] = [
    {
      kind: 'seasonal-mix',
      column: 'purpose',
      from: name(0),
      until: null,
      what: 'Cars in March to May, holidays in June and July, homes in September and October. No drift: it repeats each year.',
    },
    ...BUREAU_OUTAGES.map(
      (index): SimulatedEvent => ({
        kind: 'missing-burst',
        column: 'bureau_score',
        from: name(index),
        until: name(index),
        what: '45 % of the values are missing instead of 3 %.',
      }),
    ),
    {
      kind: 'new-channel',
      column: 'channel',
      from: name(CHANNEL_FROM),
      until: null,
      what: 'partner-app brings 5, 10, 15, then 20 % of the applications: younger, shorter employed, lower bureau scores, riskier.',
    },
    {
      kind: 'new-category',
      column: 'purpose',
      from: name(CATEGORY_FROM),
      until: null,
      what: 'solar, about 8 % of the loans: no model has seen it.',
    },
    {
      kind: 'unit-change',
      column: 'income',
      from: name(UNIT_FROM),
      until: null,
      what: 'The online channel delivers annual instead of monthly income (12 times as large).',
    },
    {
      kind: 'concept-shift',
      column: 'outcome',
      from: name(CONCEPT_FROM),
      until: null,
      what: 'The effect of debt_to_income doubles, business loans and the online channel become riskier: same people, other outcomes.',
    },
    {
      kind: 'label-delay',
      column: 'outcome',
      from: name(UNLABELLED_FROM),
      until: null,
      what: 'No outcome yet: the loans have not matured.',
    },
  ];
  return {
    simulated: true,
    what: 'A simulated book of consumer loans. No person in it exists.',
    rows,
    seed,
    months: { first: name(0), last: name(MONTHS - 1), training: `${name(0)} to ${name(TRAIN_MONTHS - 1)}` },
    events,
    logOddsOfBad: EFFECTS,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
