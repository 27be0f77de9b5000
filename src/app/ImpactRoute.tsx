import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { Estimate } from '../core/threshold/uncertainty.ts';
import { Button } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { ImpactPage } from '../features/impact/ImpactPage.tsx';
import type { ImpactParts, ImpactSource } from '../features/impact/page-parts.ts';
import { SignedAs } from '../features/registry/SignedAs.tsx';
import { knownDecisions, thresholdText } from '../features/thresholds/display-text.ts';
import { outOfBagNet, pickedBy } from '../features/thresholds/expected-net.ts';
import { judgedRows } from '../features/thresholds/rows-caption.ts';
import { sourceLine } from '../features/thresholds/source-line.ts';
import { TemplateChoice } from '../features/thresholds/TemplateChoice.tsx';
import { useUncertainty } from '../features/thresholds/use-uncertainty.ts';
import { demoManifestQuery } from '../features/workspace/demo-queries.ts';
import { JobProgress } from '../features/workspace/JobProgress.tsx';
import { useWorkspace } from '../state/workspace-store.ts';
import { AnalysisError } from './analysis/AnalysisError.tsx';
import { AnalysisPage } from './analysis/AnalysisPage.tsx';
import type { Analysis } from './analysis/use-analysis.ts';

/** `/impact`. Default export because the route is loaded lazily. */
export default function ImpactRoute() {
  return (
    <AnalysisPage
      name="Impact"
      question="What does this decision prevent, cost and leave, and what did it really bring?"
      about="Open a table with a known outcome and a score or a model. This page then says in four numbers and plain words what the threshold in force is worth, and, with a file of what became of the decisions, what it brought month by month."
    >
      {(analysis) => <Impact analysis={analysis} />}
    </AnalysisPage>
  );
}

function Impact({ analysis }: { readonly analysis: Analysis }) {
  const { spec, threshold } = analysis;
  const scenario = useWorkspace((state) => state.choices.scenario);
  const table = useWorkspace((state) => state.table.value);
  const source = useSource(analysis);
  const parts = useParts();
  const outOfBagNet = useOutOfBagNet(analysis);
  const { flagAll: everybody, flagNobody: nobody } = analysis.answer.money ?? NO_MONEY;
  const asked = useMemo(
    () =>
      scenario === null
        ? null
        : { spec, scenario, threshold, outOfBagNet, withoutModel: { everybody, nobody } },
    [spec, scenario, threshold, outOfBagNet, everybody, nobody],
  );
  if (table === null) return null;
  if (asked === null) return <NoScenario />;
  if (Number.isNaN(threshold)) return <NoThreshold onThresholds={parts.toScenario} />;
  return <ImpactPage asked={asked} table={table} source={source} parts={parts} />;
}

const NO_MONEY = { flagAll: Number.NaN, flagNobody: Number.NaN };

const NOT_KNOWN: Estimate = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/**
 * What the rule whose threshold is in force brings on rows that it was not chosen on, NaN until that is computed; null for a
 * threshold of the user's own.
 */
function useOutOfBagNet({ summary, answer, threshold }: Analysis): Estimate | null {
  const parameters = useWorkspace((state) => state.choices.strategies);
  const { current } = useUncertainty(summary.id, answer.scenario, parameters);
  const rule = pickedBy(answer.strategies, threshold);
  return rule === null ? null : (outOfBagNet(current, rule) ?? NOT_KNOWN);
}

function useSource({ summary, answer, threshold, decision, pinnedDecision }: Analysis): ImpactSource {
  const split = useWorkspace((state) => state.choices.split);
  const table = useWorkspace((state) => state.table.value?.name ?? '');
  const scoredBy = useWorkspace((state) => state.choices.scoreColumn ?? state.model.value?.name ?? '');
  const demo = useWorkspace((state) => state.choices.demo);
  const { data: manifest } = useQuery(demoManifestQuery(demo));
  const rows = judgedRows(summary, split);
  const { scenario } = answer;
  const nothing = { table: '', scoredBy: '', rows: '', versus: null };
  return {
    rows,
    table,
    isSimulated: demo !== null && manifest?.simulated === true,
    scoredBy,
    threshold: thresholdText(threshold, knownDecisions(answer.strategies, decision, pinnedDecision)),
    scenario: sourceLine({ ...nothing, scenario }),
    outcomes: null,
    line: sourceLine({ table, scoredBy, rows, scenario, versus: null }),
  };
}

function useParts(): ImpactParts {
  const [, navigate] = useLocation();
  return useMemo(
    () => ({
      Failure: AnalysisError,
      JobProgress,
      SignedAs,
      toWorkspace: () => navigate('/'),
      toScenario: () => navigate('/thresholds'),
    }),
    [navigate],
  );
}

/** Money needs assumptions: the page says so and offers them, one template of each domain. */
function NoScenario() {
  const [, navigate] = useLocation();
  return (
    <main
      id="content"
      className="grid items-start gap-x-16 gap-y-4 px-8 py-6 max-wide:px-4 desk:grid-cols-[minmax(0,52ch)_320px]"
    >
      <h1 className="sr-only">Impact</h1>
      <EmptyState
        title="What the threshold is worth needs a scenario"
        action={<Button onPress={() => navigate('/thresholds')}>Set it on the Thresholds page</Button>}
      >
        How many rows are flagged and caught is known. What a caught one saves and a flagged one costs is not:
        choose the template that fits, and this page says what is prevented, spent, missed and left. Every
        assumption can be changed afterwards, on the Thresholds page.
      </EmptyState>
      <div className="py-10 max-desk:py-0">
        <TemplateChoice />
      </div>
    </main>
  );
}

/** No score or no positive among the judged rows. */
function NoThreshold({ onThresholds }: { readonly onThresholds: () => void }) {
  return (
    <main id="content" className="px-8 max-wide:px-4">
      <h1 className="sr-only">Impact</h1>
      <EmptyState
        title="No threshold can be chosen on these rows"
        action={<Button onPress={onThresholds}>See why on the Thresholds page</Button>}
      >
        Without a scored row and a known bad outcome there is nothing to flag, and no impact to state.
      </EmptyState>
    </main>
  );
}
