import { memo } from 'react';
import { defaultLendingScenario } from '../../core/money/parse-scenario.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ScenarioEditor } from './ScenarioEditor.tsx';
import { amountRoleColumn } from './scenario-form.ts';

/** What a decision costs and saves: the scenario's fields, or the invitation to set one. */
export const ScenarioPanel = memo(function ScenarioPanel({
  scenario,
  meanAmount,
}: {
  readonly scenario: Scenario | null;
  /** Mean amount of the judged rows; NaN when they were judged without one. */
  readonly meanAmount: number;
}) {
  const choose = useWorkspace((state) => state.choose);
  const roles = useWorkspace((state) => state.choices.roles);
  if (scenario === null)
    return (
      <section aria-labelledby="scenario-title">
        <h2 id="scenario-title">Scenario</h2>
        <p className="mt-1 mb-3 text-table text-text-2">
          With what a missed bad loan loses and what a review costs, this page also says what each threshold
          is worth.
        </p>
        <Button
          kind="primary"
          onPress={() => choose({ scenario: defaultLendingScenario(amountRoleColumn(roles)) })}
        >
          Set a lending scenario
        </Button>
      </section>
    );
  const currency = scenario.currency === '' ? 'In the currency of the file' : `In ${scenario.currency}`;
  return (
    <section aria-labelledby="scenario-title">
      <h2 id="scenario-title">Scenario: {scenario.name.toLowerCase()}</h2>
      <p className="mb-1 text-caption text-text-3">{currency}; on these rows, not a year</p>
      <ScenarioEditor scenario={scenario} meanAmount={meanAmount} />
    </section>
  );
});
