import { create } from 'zustand';
import { linkTo } from '../state/link.ts';
import { useWorkspace } from '../state/workspace-store.ts';

/** How long the confirmation stays, in ms: two glances. */
const CONFIRMED_MS = 2400;

/** What became of the last copy; null some seconds later. */
export const useLinkCopied = create<'copied' | 'refused' | null>()(() => null);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Copies the link that reopens exactly this. The outcome stands beside the button, whoever asked for it. */
export async function copyLink(): Promise<void> {
  const link = linkTo(useWorkspace.getState().choices, location);
  const outcome = await navigator.clipboard.writeText(link).then(
    () => 'copied' as const,
    () => 'refused' as const,
  );
  useLinkCopied.setState(outcome, true);
  clearTimeout(timer);
  timer = setTimeout(() => useLinkCopied.setState(null, true), CONFIRMED_MS);
}
