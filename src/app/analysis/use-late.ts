import { useEffect, useState } from 'react';

/** An answer that takes longer than this is dimmed: below it a change would flicker. */
const LATE_AFTER_MS = 150;

/**
 * True when what is shown has been behind what was asked for longer than 150 ms without a new answer.
 *
 * @param behind the shown answer belongs to an earlier question
 * @param shown the shown answer; a new one starts the time anew
 */
export function useLate(behind: boolean, shown: unknown): boolean {
  const [lateFor, setLateFor] = useState<{ readonly shown: unknown } | null>(null);
  useEffect(() => {
    if (!behind) return;
    const timer = setTimeout(() => setLateFor({ shown }), LATE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [behind, shown]);
  return behind && lateFor !== null && lateFor.shown === shown;
}
