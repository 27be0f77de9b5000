import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { Button } from '../../design/Button.tsx';
import { EmptyState } from '../../design/EmptyState.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { amountRoleColumn } from './scenario-form.ts';

/** A part of the page that answers in money, before there is a scenario. */
export function NeedsScenario({ title }: { readonly title: string }) {
  const choose = useWorkspace((state) => state.choose);
  const roles = useWorkspace((state) => state.choices.roles);
  return (
    <EmptyState
      title={title}
      action={
        <Button
          kind="primary"
          onPress={() => choose({ scenario: defaultScenario('lending', amountRoleColumn(roles)) })}
        >
          Start with a lending scenario
        </Button>
      }
    >
      This part answers in money: it needs a scenario that says what a decision costs and brings. Another
      template can be chosen beside it.
    </EmptyState>
  );
}
