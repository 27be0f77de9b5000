/**
 * Whether two sets of props draw the same: small option objects may be built anew on each render, only what they hold
 * decides. Typed arrays are compared by reference (a new array is new data), and any two functions count as the same:
 * formatters are closures over data that stands beside them, and event handlers go through useLatestCallback.
 *
 * @param depth how many levels of objects are looked into
 */
export function sameValue(a: unknown, b: unknown, depth = 3): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === 'function' && typeof b === 'function') return true;
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) =>
    sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], depth - 1),
  );
}
