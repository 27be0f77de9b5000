/** What an analysis page adds to the palette about money: templates, kept scenarios, the one beside, the swap. */
import type { ViewState } from '../../contracts/saved-state.ts';
import { defaultScenario, scenarioTemplates, templateNames } from '../../core/money/scenario-templates.ts';
import {
  isSameScenario,
  savedState,
  scenarioName,
  withSaved,
} from '../../features/thresholds/saved-scenarios.ts';
import { amountRoleColumn, withTemplate } from '../../features/thresholds/scenario-form.ts';
import { besideOptions, NOTHING_BESIDE } from '../../features/thresholds/scenario-list.ts';
import type { Command } from '../../state/offered-commands.ts';

type Scenarios = Pick<ViewState, 'scenario' | 'scenarios' | 'versus' | 'roles'>;

type Choose = (change: Partial<ViewState>) => void;

const group = 'Scenario';

/** Everything that the scenario panel's buttons and lists do; fields are typed into there. */
export function scenarioCommands(state: Scenarios, choose: Choose): readonly Command[] {
  return [
    ...keepCommands(state, choose),
    ...besideCommands(state, choose),
    ...templateCommands(state, choose),
  ];
}

function templateCommands({ scenario, roles }: Scenarios, choose: Choose): Command[] {
  return templateNames
    .filter((template) => template !== scenario?.template)
    .map((template) => ({
      id: `template ${template}`,
      group,
      label: `Use the template ${scenarioTemplates[template].label}`,
      words: 'scenario money cost',
      run: () =>
        choose({
          scenario:
            scenario === null
              ? defaultScenario(template, amountRoleColumn(roles))
              : withTemplate(scenario, template),
        }),
    }));
}

function keepCommands({ scenario, scenarios }: Scenarios, choose: Choose): Command[] {
  const canSave = scenario !== null && scenario.name !== '' && savedState(scenario, scenarios) !== 'saved';
  const others = scenarios.filter((kept) => scenario === null || !isSameScenario(kept, scenario));
  return [
    ...(canSave
      ? [
          {
            id: 'save-scenario',
            group,
            label: 'Save the scenario',
            detail: scenarioName(scenario),
            words: 'keep',
            run: () => choose({ scenarios: withSaved(scenarios, scenario) }),
          },
        ]
      : []),
    ...others.map((kept) => ({
      id: `scenario ${kept.name}`,
      group,
      label: `Use the scenario ${scenarioName(kept)}`,
      words: 'saved kept',
      run: () => choose({ scenario: kept }),
    })),
  ];
}

function besideCommands({ scenario, scenarios, versus }: Scenarios, choose: Choose): Command[] {
  if (scenario === null) return [];
  const { options, value, scenarioOf } = besideOptions(scenario, scenarios, versus);
  const beside = options
    .filter(({ id }) => id !== value)
    .map(({ id, label }) => ({
      id: id === NOTHING_BESIDE ? 'no-versus' : `versus ${label}`,
      group,
      label: id === NOTHING_BESIDE ? 'One scenario only' : `Side by side with ${label}`,
      words: 'compare second scenario versus side by side',
      run: () => choose({ versus: scenarioOf(id) }),
    }));
  const swap = {
    id: 'swap-scenarios',
    group,
    label: 'Swap scenarios',
    words: 'side by side change places',
    run: () => choose({ scenario: versus, versus: scenario }),
  };
  return versus === null ? beside : [swap, ...beside];
}
