import type { ColumnRole, Roles } from '../core/table/roles.ts';
import { decodePairs, type Refuse } from './fragment-text.ts';

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
 * Roles from `column:role,...`. A broken pair, an unknown role, or a second column for a role that only one may
 * have (all but `ignore`) is refused by name; the others are used.
 */
export function parseRoles(text: string, refuse: Refuse): Roles {
  const roles = new Map<string, ColumnRole>();
  const taken = new Set<ColumnRole>();
  for (const pair of decodePairs(text)) {
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
