import { useEffect } from 'react';
import { offerCommands } from '../../state/offered-commands.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { analysisOffer, type ThresholdDoors } from './analysis-commands.ts';
import type { Analysis } from './use-analysis.ts';

/** Offers the threshold's commands while an analysis is on screen; a moving threshold does not offer them anew. */
export function useAnalysisCommands({ answer, summary }: Analysis): void {
  useEffect(() => {
    const { choose } = useWorkspace.getState();
    const doors: ThresholdDoors = {
      set: (next) => choose({ threshold: next }),
      togglePin: pressPin,
      focusField: focusThresholdField,
    };
    return offerCommands(analysisOffer({ answer, summary }, doors));
  }, [answer, summary]);
}

/** The key does what the button does, whatever that asks for first. */
function pressPin(): void {
  const button = 'button[aria-label^="Pin this threshold"], button[aria-label^="Unpin"]';
  document.querySelector<HTMLButtonElement>(`[aria-label="Decision bar"] :is(${button})`)?.click();
}

/** A moment later: a palette that closes gives the focus back first. */
function focusThresholdField(): void {
  setTimeout(() => {
    const field = document.querySelector<HTMLInputElement>('[aria-label="Decision bar"] input');
    field?.focus();
    field?.select();
  }, 50);
}
