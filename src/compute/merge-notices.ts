import type { Notice } from '../core/table/summary.ts';

/**
 * Notices of two parts of one run as the notices of the whole: one per code; counts add up, in the message too (which
 * begins with its count); a notice without a count is said once.
 */
export function mergeNotices(before: readonly Notice[], more: readonly Notice[]): readonly Notice[] {
  let merged = before;
  for (const notice of more) {
    const index = merged.findIndex(({ code }) => code === notice.code);
    merged = index === -1 ? [...merged, notice] : merged.with(index, added(merged[index]!, notice));
  }
  return merged;
}

function added(before: Notice, more: Notice): Notice {
  if (before.count === undefined || more.count === undefined) return before;
  const count = before.count + more.count;
  return { ...before, count, message: before.message.replace(String(before.count), String(count)) };
}
