import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { offerCommands } from '../../state/offered-commands.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { analysisOffer, type ThresholdDoors } from './analysis-commands.ts';
import { scenarioCommands } from './scenario-commands.ts';
import type { Analysis } from './use-analysis.ts';

/** Offers the commands of threshold and scenario while an analysis is on screen; a moving threshold does not offer them anew. */
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
  useScenarioCommands();
}

function useScenarioCommands(): void {
  const { scenario, scenarios, versus, roles } = useWorkspace(
    useShallow(({ choices }) => ({
      scenario: choices.scenario,
      scenarios: choices.scenarios,
      versus: choices.versus,
      roles: choices.roles,
    })),
  );
  const choose = useWorkspace((state) => state.choose);
  useEffect(
    () => offerCommands({ commands: scenarioCommands({ scenario, scenarios, versus, roles }, choose) }),
    [scenario, scenarios, versus, roles, choose],
  );
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
