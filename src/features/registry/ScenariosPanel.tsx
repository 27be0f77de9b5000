import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentEntry } from '../../contracts/registry/documents.ts';
import { parseScenario } from '../../core/money/parse-scenario.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { formatCount } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { putDocument } from '../../registry/mutations.ts';
import { documentQuery, documentsQuery } from '../../registry/queries.ts';
import { useProfile } from '../../state/profile.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DocumentLine } from './DocumentLine.tsx';
import { ListState } from './ListState.tsx';
import { MutationError } from './MutationError.tsx';
import { fittedScenario, namedScenarios, withScenario } from './named-scenarios.ts';

/** Scenarios that others can use: those of this workspace go in, those of the registry come out. */
export function ScenariosPanel() {
  const query = useInfiniteQuery(documentsQuery('scenario'));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const scenario = useWorkspace((state) => state.choices.scenario);
  const scenarios = useWorkspace((state) => state.choices.scenarios);
  const here = namedScenarios(scenario, scenarios);
  return (
    <Panel title="Scenarios" caption="Named sets of cost assumptions, with revisions" ruled>
      {here.length > 0 && (
        <ul className="mb-2 grid gap-1 text-table">
          {here.map((one) => (
            <ScenarioHere key={one.name} scenario={one} entries={entries} />
          ))}
        </ul>
      )}
      <ListState
        query={query}
        isEmpty={entries.length === 0}
        empty="None is kept yet. Name a scenario on the Thresholds page, then save it here for others."
      >
        <ul className="grid divide-y divide-line">
          {entries.map((entry) => (
            <KeptScenario key={entry.name} entry={entry} />
          ))}
        </ul>
      </ListState>
    </Panel>
  );
}

interface ScenarioHereProps {
  readonly scenario: Scenario;
  readonly entries: readonly DocumentEntry[];
}

function ScenarioHere({ scenario, entries }: ScenarioHereProps) {
  const profile = useProfile((state) => state.name);
  const save = useMutation(putDocument());
  const [saved, setSaved] = useState<Scenario | null>(null);
  const existing = entries.find(({ name }) => name === scenario.name);
  const send = () =>
    save.mutate(
      {
        profile,
        kind: 'scenario',
        name: scenario.name,
        body: { ...scenario, amount: { ...scenario.amount } },
        expected: existing?.revision ?? 'absent',
      },
      { onSuccess: () => setSaved(scenario) },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <span className="font-medium">{scenario.name}</span>
      <span className="text-text-3">{scenario.template}, in this workspace</span>
      <Button kind="quiet" onPress={send} isPending={save.isPending}>
        {saved === scenario && save.data !== undefined
          ? `Saved as revision ${formatCount(save.data.revision)}`
          : existing === undefined
            ? 'Save to the registry'
            : `Save as revision ${formatCount(existing.revision + 1)}`}
      </Button>
      <MutationError error={save.error} />
    </li>
  );
}

function KeptScenario({ entry }: { readonly entry: DocumentEntry }) {
  const client = useQueryClient();
  const inForce = useWorkspace((state) => state.choices.scenario);
  const use = useMutation({
    networkMode: 'always',
    mutationFn: async () =>
      parseScenario((await client.fetchQuery(documentQuery('scenario', entry.name))).body),
    onSuccess: ({ scenario: kept, notices }) => {
      const { choices, choose, notify, table } = useWorkspace.getState();
      for (const notice of notices) notify(notice);
      const columns = table.value?.columns.map(({ name }) => name) ?? [];
      const amount = Object.keys(choices.roles).find((name) => choices.roles[name] === 'amount') ?? null;
      const { scenario, lacking } = fittedScenario(kept, columns, amount);
      if (lacking !== null)
        notify({
          code: 'scenario-amount-replaced',
          message: `The scenario takes its amounts from a column “${lacking}”, which this table does not have: ${'column' in scenario.amount ? `“${scenario.amount.column}”` : `${formatCount(scenario.amount.constant)} a row`} is used instead. Change it on the Thresholds page.`,
        });
      choose({ scenarios: withScenario(choices.scenarios, scenario), scenario });
    },
  });
  const isInForce = use.data !== undefined && use.data.scenario === inForce;
  return (
    <DocumentLine entry={entry} error={use.error}>
      <Button kind="quiet" onPress={() => use.mutate()} isPending={use.isPending}>
        {isInForce ? 'In force' : 'Use here'}
      </Button>
    </DocumentLine>
  );
}
