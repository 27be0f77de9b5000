import { memo } from 'react';
import type { Scenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { classNames } from '../../design/class-names.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { FieldMeanings } from './FieldMeanings.tsx';
import { SavedScenarios } from './SavedScenarios.tsx';
import { ScenarioEditor } from './ScenarioEditor.tsx';
import { type SavedState, savedState, withSaved } from './saved-scenarios.ts';
import { scaleText } from './scale-words.ts';
import { TemplateChoice } from './TemplateChoice.tsx';
import { TextLine } from './TextLine.tsx';

/** What a decision costs and saves: the scenario's fields and those kept at hand, or the invitation to set one. */
export const ScenarioPanel = memo(function ScenarioPanel({
  scenario,
  meanAmount,
}: {
  readonly scenario: Scenario | null;
  /** Mean amount of the judged rows; NaN when they were judged without one. */
  readonly meanAmount: number;
}) {
  return (
    <section aria-labelledby="scenario-title">
      <div className="mb-1 flex min-h-[18px] items-start justify-between gap-2">
        <h2 id="scenario-title">Scenario</h2>
        {scenario !== null && <FieldMeanings scenario={scenario} />}
      </div>
      {scenario === null ? (
        <TemplateChoice />
      ) : (
        <>
          <p className="-mt-0.5 mb-1.5 text-caption text-text-3">
            {scenario.currency === '' ? 'In the currency of the file' : `In ${scenario.currency}`},{' '}
            {scaleText(scenario)}
          </p>
          <ScenarioName scenario={scenario} />
          <ScenarioEditor scenario={scenario} meanAmount={meanAmount} />
          <SavedScenarios scenario={scenario} />
        </>
      )}
    </section>
  );
});

const stateTexts: Readonly<Record<SavedState, string>> = {
  saved: 'Saved',
  changed: 'Changed',
  unsaved: 'Not saved',
};

/** The name, under which the scenario is kept, and whether it is. */
function ScenarioName({ scenario }: { readonly scenario: Scenario }) {
  const choose = useWorkspace((state) => state.choose);
  const saved = useWorkspace((state) => state.choices.scenarios);
  const state = savedState(scenario, saved);
  const needsName = scenario.name === '';
  return (
    <div className="mb-1 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-1.5">
      <TextLine
        label="Name"
        value={scenario.name}
        check={(text) => (text === '' ? 'A scenario needs a name to be told from others.' : null)}
        onCommit={(name) => choose({ scenario: { ...scenario, name } })}
      />
      <div className="grid justify-items-end gap-1">
        <p
          role="status"
          className={classNames('text-caption', state === 'changed' ? 'text-warn' : 'text-text-3')}
        >
          {stateTexts[state]}
        </p>
        {state !== 'saved' && (
          <Button
            label={state === 'changed' ? 'Save the change' : 'Save scenario'}
            onPress={() => choose({ scenarios: withSaved(saved, scenario) })}
            isDisabled={needsName}
            className="h-7!"
          >
            Save
          </Button>
        )}
      </div>
    </div>
  );
}
