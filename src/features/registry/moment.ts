const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment in the user's own form: "21 Nov 2026, 14:03". */
export function momentText(epochMs: number): string {
  return full.format(epochMs);
}
