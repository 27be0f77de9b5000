import type { RegistryDocument } from '../../contracts/registry/documents.ts';
import { formatCountOf } from '../../design/format.ts';

/** "6 months, 2024-01 to 2024-06": the months of a kept impact, in its own order; says so when it holds none or something else. */
export function keptMonthsText(body: RegistryDocument['body']): string {
  const months =
    typeof body === 'object' && body !== null && !Array.isArray(body) && Array.isArray(body.months)
      ? body.months.map((figures) =>
          typeof figures === 'object' && figures !== null && !Array.isArray(figures) ? figures.month : null,
        )
      : null;
  if (months === null || !months.every((month) => typeof month === 'string'))
    return 'Not written by this release';
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined) return 'Totals without months';
  return `${formatCountOf(months.length, 'month')}, ${first === last ? first : `${first} to ${last}`}`;
}
