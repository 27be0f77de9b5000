/** The parts of a fragment whose content is checked piece by piece: roles, kinds and the scenario. */
import type { AmountSource, Scenario } from '../core/money/scenario.ts';
import type { ColumnKind } from '../core/table/column.ts';
import type { ColumnRole, Roles } from '../core/table/roles.ts';
import { decodePair, parseDecimal } from './fragment-text.ts';

const ROLES: ReadonlySet<string> = new Set<ColumnRole>([
  'target',
  'split',
  'id',
  'score',
  'amount',
  'date',
  'ignore',
]);

function isRole(text: string): text is ColumnRole {
  return ROLES.has(text);
}

/**
 * Roles from `column:role` pairs. A broken pair, an unknown role, or a second column for a role that only one may
 * have (all but `ignore`) is refused by name; the others are used.
 */
export function parseRoles(
  pairs: readonly (readonly [string, string] | null)[],
  refuse: (key: string, why: string) => void,
): Roles {
  const roles = new Map<string, ColumnRole>();
  const taken = new Set<ColumnRole>();
  for (const pair of pairs) {
    if (pair === null) refuse('roles', 'has a broken pair');
    else if (!isRole(pair[1])) refuse('roles', `names an unknown role for “${pair[0]}”`);
    else if (taken.has(pair[1])) refuse('roles', `gives “${pair[0]}” a role that another column has`);
    else {
      roles.set(pair[0], pair[1]);
      if (pair[1] !== 'ignore') taken.add(pair[1]);
    }
  }
  return Object.fromEntries(roles);
}

const KINDS: ReadonlySet<string> = new Set<ColumnKind>(['number', 'category', 'date', 'text']);

function isKind(text: string): text is ColumnKind {
  return KINDS.has(text);
}

/** Kinds from `column:kind` pairs; a broken pair or an unknown kind is refused by name, the others are used. */
export function parseKinds(
  pairs: readonly (readonly [string, string] | null)[],
  refuse: (key: string, why: string) => void,
): Readonly<Record<string, ColumnKind>> {
  const kinds = new Map<string, ColumnKind>();
  for (const pair of pairs) {
    if (pair === null) refuse('kinds', 'has a broken pair');
    else if (!isKind(pair[1])) refuse('kinds', `names an unknown type for “${pair[0]}”`);
    else kinds.set(pair[0], pair[1]);
  }
  return Object.fromEntries(kinds);
}

/**
 * A scenario from `lending,amount:<column>|constant:<number>,lossRate:<0..1>,reviewCost:<>=0>[,name:][,currency:]`;
 * null when a needed number is missing or out of range.
 */
export function parseScenarioPart(text: string): Scenario | null {
  const [template, ...rest] = text.split(',');
  if (template !== 'lending') return null;
  const pairs = rest.map(decodePair);
  if (pairs.some((pair) => pair === null)) return null;
  const field = new Map(pairs as (readonly [string, string])[]);
  const amount = parseAmount(field);
  const lossRate = parseNumber(field.get('lossRate'));
  const reviewCost = parseNumber(field.get('reviewCost'));
  if (amount === null || lossRate === null || lossRate < 0 || lossRate > 1) return null;
  if (reviewCost === null || reviewCost < 0) return null;
  const currency = field.get('currency') ?? '';
  // Number formatting throws on anything but a three-letter code.
  if (!/^([A-Z]{3})?$/.test(currency)) return null;
  return { template, name: field.get('name') ?? '', currency, amount, lossRate, reviewCost };
}

function parseAmount(field: ReadonlyMap<string, string>): AmountSource | null {
  const column = field.get('amount');
  if (column !== undefined) return { column };
  const constant = parseNumber(field.get('constant'));
  return constant === null || constant < 0 ? null : { constant };
}

function parseNumber(text: string | undefined): number | null {
  return parseDecimal(text ?? null);
}
