/** The decimal mark of a locale: "." in en, "," in de. */
export function decimalMarkOf(locale: string): string {
  return (
    new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  );
}

/**
 * A typed or pasted piece of a number that has no thousands separators, with the other one of comma and point taken as
 * the decimal mark: "0,7" is "0.7" where the mark is a point. A piece with both, or with the other one twice, cannot be
 * told and stays as it is, as does every piece where the mark is neither.
 *
 * @param mark the locale's own (`decimalMarkOf`)
 */
export function withDecimalMark(text: string, mark: string): string {
  const other = mark === '.' ? ',' : mark === ',' ? '.' : null;
  if (other === null || text.includes(mark) || text.split(other).length !== 2) return text;
  return text.replace(other, mark);
}
