import { DataError } from '../errors.ts';
import type { Notice } from '../table/summary.ts';
import type { AmountSource, LendingScenario, Scenario } from './scenario.ts';

/** What lending starts from when nothing is said (DEFINITIONS "Money"). */
export const LENDING_DEFAULTS = { amount: 5000, lossRate: 0.8, reviewCost: 50 } as const;

/**
 * Where each part of a scenario may be found: the canonical name first, then other names people use. Case, hyphens and
 * underscores do not matter (`loss_rate`, `lossrate`), so that a near miss is never a silent default.
 */
const SPELLINGS = {
  template: ['template', 'kind', 'type'],
  name: ['name'],
  currency: ['currency'],
  amount: ['amount', 'amountColumn', 'amountConstant'],
  lossRate: ['lossRate'],
  reviewCost: ['reviewCost', 'costPerReview', 'review'],
} as const;

/** The assumptions that decide the money: each one that is not given is said to be assumed. */
const ASSUMPTIONS = ['amount', 'lossRate', 'reviewCost'] as const;

type Part = keyof typeof SPELLINGS;
type Fields = Readonly<Record<string, unknown>>;

/** The lending scenario to begin with: loss rate 0.80, review 50, the amount column or 5,000 for each row. */
export function defaultLendingScenario(amountColumn: string | null): LendingScenario {
  return {
    template: 'lending',
    name: 'Lending',
    currency: '',
    amount: amountColumn === null ? { constant: LENDING_DEFAULTS.amount } : { column: amountColumn },
    lossRate: LENDING_DEFAULTS.lossRate,
    reviewCost: LENDING_DEFAULTS.reviewCost,
  };
}

/**
 * Reads a scenario from parsed JSON (a `--scenario` file, a manifest, a link).
 *
 * Canonical: { "template": "lending", "name": "...", "currency": "", "amount": { "column": "Amount" } or
 * { "constant": 5000 }, "lossRate": 0.8, "reviewCost": 50 }. Other common spellings are understood, `amount` may be a
 * column's name or a number, and what is absent takes the default. Unknown keys are returned as notices, not refused.
 *
 * @returns the scenario, one `scenario-default` notice per assumption that was not given, and one `scenario-unknown-key`
 * notice per key that was not understood
 * @throws {DataError} `invalid-scenario`, naming the field: not an object, no template and no assumption given, an
 * unknown template, a part given twice, a value of the wrong type or out of range (lossRate 0..1, reviewCost >= 0,
 * constant amount >= 0)
 */
export function parseScenario(json: unknown): {
  readonly scenario: Scenario;
  readonly notices: readonly Notice[];
} {
  if (!isFields(json)) throw invalid('The scenario is not a JSON object.');
  const template = partOf(json, 'template').value ?? 'lending';
  if (template !== 'lending') {
    throw invalid(`Scenario field "template" is ${shown(template)}; this release knows "lending".`);
  }
  const assumed = ASSUMPTIONS.filter((part) => partOf(json, part).value === undefined);
  const defaults = defaultLendingScenario(null);
  const scenario: LendingScenario = {
    template: 'lending',
    name: textOf(json, 'name', defaults.name),
    currency: currencyOf(json),
    amount: amountOf(json) ?? defaults.amount,
    lossRate: numberOf(json, 'lossRate', defaults.lossRate, 1),
    reviewCost: numberOf(json, 'reviewCost', defaults.reviewCost, Number.MAX_VALUE),
  };
  if (assumed.length === ASSUMPTIONS.length && partOf(json, 'template').value === undefined) {
    throw invalid('This is not a scenario: it gives no "template", "amount", "lossRate" or "reviewCost".');
  }
  return { scenario, notices: [...assumed.map(defaultNotice), ...unknownKeys(json)] };
}

function defaultNotice(part: (typeof ASSUMPTIONS)[number]): Notice {
  return {
    code: 'scenario-default',
    message: `The scenario does not give "${part}": ${LENDING_DEFAULTS[part]} is assumed.`,
  };
}

function invalid(message: string): DataError {
  return new DataError('invalid-scenario', message, {
    advice:
      'A lending scenario has amount (a column or a constant), lossRate (0 to 1) and reviewCost (0 or more).',
  });
}

function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** A value as it stands in the file, cut to what an error message can hold. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The one spelling under which a part is given (null and absent are the same), with its value. */
function partOf(fields: Fields, part: Part): { readonly field: string; readonly value: unknown } {
  const spellings = new Set(SPELLINGS[part].map(looseKey));
  const given = Object.keys(fields).filter((key) => spellings.has(looseKey(key)) && fields[key] !== null);
  if (given.length > 1) {
    throw invalid(`The scenario gives the same part twice: "${given[0]}" and "${given[1]}".`);
  }
  const field = given[0] ?? part;
  return { field, value: given.length === 0 ? undefined : fields[field] };
}

function looseKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

function textOf(fields: Fields, part: Part, fallback: string): string {
  const { field, value = fallback } = partOf(fields, part);
  if (typeof value !== 'string') throw invalid(`Scenario field "${field}" is ${shown(value)}, not a text.`);
  return value;
}

function currencyOf(fields: Fields): string {
  const code = textOf(fields, 'currency', '').trim().toUpperCase();
  if (/^([A-Z]{3})?$/.test(code)) return code;
  throw invalid(
    `Scenario field "currency" is ${shown(code)}, not a three-letter ISO 4217 code (or "" for none).`,
  );
}

function numberOf(fields: Fields, part: Part, fallback: number, most: number): number {
  const { field, value = fallback } = partOf(fields, part);
  return checkedNumber(field, value, most);
}

function checkedNumber(field: string, value: unknown, most: number): number {
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  const range = most === 1 ? 'from 0 to 1' : 'of 0 or more';
  throw invalid(`Scenario field "${field}" is ${shown(value)}, not a number ${range}.`);
}

function amountOf(fields: Fields): AmountSource | null {
  const { field, value } = partOf(fields, 'amount');
  if (value === undefined) return null;
  if (isFields(value)) return amountObject(field, value);
  const isColumn = looseKey(field) === 'amount' ? typeof value === 'string' : /column$/i.test(field);
  return isColumn ? columnAmount(field, value) : constantAmount(field, value);
}

function amountObject(field: string, { column, constant, ...rest }: Fields): AmountSource {
  const other = Object.keys(rest)[0];
  if (other !== undefined) throw invalid(`Scenario field "${field}" has an unknown part "${other}".`);
  if ((column === undefined) === (constant === undefined)) {
    throw invalid(`Scenario field "${field}" needs either "column" or "constant".`);
  }
  return column === undefined
    ? constantAmount(`${field}.constant`, constant)
    : columnAmount(`${field}.column`, column);
}

function columnAmount(field: string, value: unknown): AmountSource {
  if (typeof value === 'string' && value !== '') return { column: value };
  throw invalid(`Scenario field "${field}" is ${shown(value)}, not the name of a column.`);
}

function constantAmount(field: string, value: unknown): AmountSource {
  return { constant: checkedNumber(field, value, Number.MAX_VALUE) };
}

function unknownKeys(fields: Fields): readonly Notice[] {
  const known = new Set(Object.values(SPELLINGS).flat().map(looseKey));
  return Object.keys(fields)
    .filter((key) => !known.has(looseKey(key)))
    .map((key) => ({
      code: 'scenario-unknown-key',
      message: `The scenario has a field "${key}" that lending does not use; it was left aside.`,
    }));
}
