import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { ScenarioTemplate } from '../../core/money/scenario.ts';
import { defaultScenario, scenarioTemplates, templateNames } from '../../core/money/scenario-templates.ts';
import { Button } from '../../design/Button.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { SavedScenarios } from './SavedScenarios.tsx';
import { amountRoleColumn } from './scenario-form.ts';
import { templateHint } from './template-hint.ts';
import { templateWords } from './words.ts';

/** The invitation to set a scenario: one template of each domain, the likeliest one chosen already. */
export function TemplateChoice() {
  const choose = useWorkspace((state) => state.choose);
  const roles = useWorkspace((state) => state.choices.roles);
  const target = useWorkspace((state) => state.choices.target);
  const columns = useWorkspace((state) => state.table.value?.columns ?? noColumns);
  const [picked, setPicked] = useState<ScenarioTemplate | null>(null);
  const template = picked ?? templateHint(target, columns);
  return (
    <div className="grid gap-3">
      <RadioGroup
        value={template}
        onChange={(id) => setPicked(id as ScenarioTemplate)}
        className="grid gap-1.5"
      >
        <Label className="mb-0.5 text-table text-text-2">
          With what a missed row loses and what a flagged one costs, this page also says what each threshold
          is worth.
        </Label>
        {templateNames.map((name) => (
          <Radio
            key={name}
            value={name}
            className="group grid grid-cols-[16px_1fr] gap-x-2 rounded-control border border-line bg-surface px-2.5 py-2 hover:bg-sunk selected:border-accent selected:bg-accent-soft"
          >
            <span
              aria-hidden="true"
              className="mt-0.5 h-3.5 w-3.5 rounded-full border border-ctl bg-surface group-selected:border-4 group-selected:border-accent"
            />
            <span className="grid gap-0.5">
              <span className="text-table font-medium">{scenarioTemplates[name].label}</span>
              <span className="text-caption text-text-2">{templateWords[name].about}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <div>
        <Button
          kind="primary"
          onPress={() => choose({ scenario: defaultScenario(template, amountRoleColumn(roles)) })}
        >
          Set a {scenarioTemplates[template].label.toLowerCase()} scenario
        </Button>
      </div>
      <SavedScenarios scenario={null} />
    </div>
  );
}

const noColumns: readonly never[] = [];
