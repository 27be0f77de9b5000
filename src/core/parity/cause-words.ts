/** A figure as it stands in a sentence: three significant digits, plain notation where that is short. */
export function figure(value: number): string {
  const short = Number(value.toPrecision(3));
  return Math.abs(short) >= 1e-4 || short === 0 ? `${short}` : value.toExponential(1);
}

/** By how much something is off, as `0.8 log-odds too high`. @param unit with a space before it, or empty */
export function offWords(excess: number, unit: string): string {
  return `${figure(Math.abs(excess))}${unit} too ${excess > 0 ? 'high' : 'low'}`;
}

/** Names beyond these are only counted. */
const MOST_NAMES = 3;

/** Names in quotes, as `"a", "b" and 2 more`. */
export function listOfNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2
    ? shown.join('')
    : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}
