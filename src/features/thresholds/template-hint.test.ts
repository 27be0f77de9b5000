import { expect, test } from 'vitest';
import { templateHint } from './template-hint.ts';

const names = (...columns: string[]) => columns.map((name) => ({ name }));
const target = (column: string, ...positive: string[]) => ({ column, positive, excluded: [] });

test.each([
  [target('Churn', 'Yes'), [], 'retention'],
  [target('is_fraud', '1'), [], 'fraud'],
  [target('status', 'cancelled'), [], 'retention'],
  [target('Status', 'bad'), ['Amount', 'Job'], 'lending'],
  [target('label', '1'), ['amount', 'chargeback_date'], 'fraud'],
  [target('fraud', '1'), ['subscription_age'], 'fraud'],
  [null, ['churned'], 'retention'],
  [null, [], 'lending'],
] as const)('%o with %o: %s', (outcome, columns, template) => {
  const copied = outcome === null ? null : { ...outcome, positive: [...outcome.positive] };
  expect(templateHint(copied, names(...columns))).toBe(template);
});
