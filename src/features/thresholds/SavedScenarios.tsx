import { ArrowLeftRight, Copy, Ellipsis, Trash2 } from 'lucide-react';
import type { Scenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { Menu } from '../../design/Menu.tsx';
import { Select } from '../../design/Select.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { copyOf, isSameScenario, scenarioName } from './saved-scenarios.ts';
import { besideOptions, NOTHING_BESIDE, scenarioText } from './scenario-list.ts';

/** The scenarios kept at hand: press one to put it in force; its menu duplicates or deletes it. */
export function SavedScenarios({ scenario }: { readonly scenario: Scenario | null }) {
  const saved = useWorkspace((state) => state.choices.scenarios);
  if (saved.length === 0) return null;
  return (
    <section aria-labelledby="saved-scenarios" className="mt-3 border-t border-line pt-2.5">
      <h3 id="saved-scenarios" className="text-table font-medium">
        Saved scenarios
      </h3>
      <ul className="mt-1 grid">
        {saved.map((kept) => (
          <SavedScenario
            key={kept.name}
            kept={kept}
            isInForce={scenario !== null && isSameScenario(kept, scenario)}
          />
        ))}
      </ul>
      {scenario !== null && <Beside scenario={scenario} />}
    </section>
  );
}

interface SavedScenarioProps {
  readonly kept: Scenario;
  readonly isInForce: boolean;
}

function SavedScenario({ kept, isInForce }: SavedScenarioProps) {
  const choose = useWorkspace((state) => state.choose);
  const { scenarios, versus } = useWorkspace((state) => state.choices);
  const duplicate = () => {
    const copy = copyOf(kept, scenarios);
    choose({ scenario: copy, scenarios: [...scenarios, copy] });
  };
  const remove = () =>
    choose({
      scenarios: scenarios.filter(({ name }) => name !== kept.name),
      ...(versus !== null && isSameScenario(versus, kept) ? { versus: null } : {}),
    });
  return (
    <li className="-mx-2 flex items-center rounded-control pl-2 hover:bg-sunk">
      <button
        type="button"
        aria-current={isInForce || undefined}
        onClick={() => choose({ scenario: kept })}
        title={scenarioText(kept)}
        className="grid min-w-0 flex-1 py-1 text-left -outline-offset-2"
      >
        <span className="flex items-baseline gap-1.5 text-table">
          <span className="truncate font-medium">{scenarioName(kept)}</span>
          {isInForce && <span className="shrink-0 text-caption text-text-3">in force</span>}
        </span>
        <span className="truncate text-caption text-text-3">{scenarioText(kept)}</span>
      </button>
      <Menu
        label={scenarioName(kept)}
        actions={[
          { id: 'duplicate', label: 'Duplicate', icon: <Copy {...iconStyle} />, onAction: duplicate },
          { id: 'delete', label: 'Delete', icon: <Trash2 {...iconStyle} />, onAction: remove },
        ]}
        trigger={
          <Button
            kind="icon"
            label={`${scenarioName(kept)}: duplicate, delete`}
            className="h-7! w-7! text-text-3"
          >
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      />
    </li>
  );
}

/** Which second scenario stands beside the one in force, and the way to change places. */
function Beside({ scenario }: { readonly scenario: Scenario }) {
  const choose = useWorkspace((state) => state.choose);
  const { scenarios, versus } = useWorkspace((state) => state.choices);
  const { options, value, scenarioOf } = besideOptions(scenario, scenarios, versus);
  if (options.length === 1)
    return (
      <p className="mt-1 text-caption text-text-3">
        Change a value or the name: then this scenario can stand beside the saved one.
      </p>
    );
  return (
    <div className="mt-1.5 grid grid-cols-[minmax(0,1fr)_auto] items-end gap-1.5">
      <Select
        label="Side by side with"
        layout="stack"
        options={options}
        value={value}
        onChange={(id) => choose({ versus: id === NOTHING_BESIDE ? null : scenarioOf(id) })}
      />
      {versus !== null && (
        <Button onPress={() => choose({ scenario: versus, versus: scenario })} className="h-7!">
          <ArrowLeftRight {...iconStyle} />
          Swap
        </Button>
      )}
    </div>
  );
}

const iconStyle = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;
