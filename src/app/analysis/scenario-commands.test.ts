import { describe, expect, it } from 'vitest';
import type { ViewState } from '../../contracts/saved-state.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { initialChoices } from '../../state/workspace-store.ts';
import { scenarioCommands } from './scenario-commands.ts';

const base = { ...defaultScenario('lending', 'Amount'), name: 'Base case' };
const bad = { ...base, name: 'Bad year', lossRate: 0.9 };

function run(state: Partial<ViewState>, label: string): Partial<ViewState> | null {
  let changed: Partial<ViewState> | null = null;
  const choices = { ...initialChoices, ...state };
  const commands = scenarioCommands(choices, (change) => {
    changed = change;
  });
  commands.find((command) => command.label === label)?.run();
  return changed;
}

const labels = (state: Partial<ViewState>): readonly string[] =>
  scenarioCommands({ ...initialChoices, ...state }, () => undefined).map(({ label }) => label);

describe('scenarioCommands', () => {
  it('without a scenario offer its templates, the amount from the role', () => {
    expect(labels({}).every((label) => label.startsWith('Use the template '))).toBe(true);
    const label = labels({}).find((text) => /lending/i.test(text)) ?? '';
    expect(run({ roles: { Amount: 'amount' } }, label)).toEqual({
      scenario: defaultScenario('lending', 'Amount'),
    });
  });

  it('save the one in force while it is not saved, and put a saved one in force', () => {
    expect(run({ scenario: base }, 'Save the scenario')).toEqual({ scenarios: [base] });
    expect(labels({ scenario: base, scenarios: [base] })).not.toContain('Save the scenario');
    expect(labels({ scenario: { ...base, name: '' } })).not.toContain('Save the scenario');
    expect(run({ scenario: base, scenarios: [base, bad] }, 'Use the scenario Bad year')).toEqual({
      scenario: bad,
    });
    expect(labels({ scenario: base, scenarios: [base] })).not.toContain('Use the scenario Base case');
  });

  it('set a second scenario beside, swap the two, take it away', () => {
    const one = { scenario: base, scenarios: [base, bad] };
    expect(run(one, 'Side by side with Bad year')).toEqual({ versus: bad });
    expect(labels(one)).not.toContain('Swap scenarios');
    const two = { ...one, versus: bad };
    expect(run(two, 'Swap scenarios')).toEqual({ scenario: bad, versus: base });
    expect(run(two, 'One scenario only')).toEqual({ versus: null });
    expect(labels(two)).not.toContain('Side by side with Bad year');
  });
});
