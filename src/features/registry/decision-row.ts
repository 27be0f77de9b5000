/** A pinned decision as a line of the list and as the facts that unfold under it. */
import type { PinnedDecision } from '../../contracts/registry/decisions.ts';
import { parseScenario } from '../../core/money/parse-scenario.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { assumptionsOf, assumptionValue } from '../../core/money/scenario-templates.ts';
import {
  formatCount,
  formatMetric,
  formatMoney,
  formatRate,
  formatRatio,
  formatValue,
  notDefined,
} from '../../design/format.ts';
import type { WaitingDecision } from '../../registry/outbox.ts';
import { momentText } from './moment.ts';

export interface DecisionRow {
  readonly key: string;
  readonly threshold: string;
  readonly table: string;
  readonly scoredBy: string;
  readonly flagged: string;
  readonly netValue: string;
  readonly by: string;
  readonly atMs: number;
  readonly reason: string;
  readonly fragment: string;
  /** null = in the registry; else it waits, or why it was refused. */
  readonly waiting: { readonly refusal: string | null } | null;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** All decisions, newest first, those that wait in this browser before those that are in the registry. */
export function decisionRows(
  pinned: readonly PinnedDecision[],
  waiting: readonly WaitingDecision[],
): readonly DecisionRow[] {
  const here = waiting
    .map((entry) => ({
      ...rowOf(entry.input),
      key: entry.key,
      by: entry.profile,
      atMs: entry.pinnedAt,
      waiting: { refusal: entry.refusal },
    }))
    .reverse();
  const there = pinned.map((decision) => ({
    ...rowOf(decision),
    key: decision.id,
    by: decision.createdBy,
    atMs: decision.decidedAt ?? decision.createdAt,
    facts: [...rowOf(decision).facts, ['In the registry since', momentText(decision.createdAt)] as const],
    waiting: null,
  }));
  return [...here, ...there];
}

type Decided = WaitingDecision['input'];

function rowOf({ threshold, scenario, reason, figures, evidence, fragment }: Decided) {
  const scenarioName = typeof scenario?.name === 'string' && scenario.name !== '' ? scenario.name : null;
  const template = typeof scenario?.template === 'string' ? scenario.template : null;
  const share = figures.rows === 0 ? Number.NaN : figures.flagged / figures.rows;
  return {
    threshold: formatValue(threshold),
    table: evidence.datasetName,
    scoredBy: evidence.modelName,
    flagged: `${formatCount(figures.flagged)} (${formatRate(share)})`,
    netValue: shown(figures.netValue, formatMoney),
    reason,
    fragment,
    facts: [
      ['Threshold, in full', String(threshold)],
      ['Recall', shown(figures.recall, formatRate)],
      ['Precision', shown(figures.precision, formatRate)],
      ['False positive rate', shown(figures.fpr, formatRate)],
      ['AUC', shown(figures.rocAuc, formatMetric)],
      ['ROI', shown(figures.roi, formatRatio)],
      ['Rows judged', `${formatCount(figures.rows)}, ${formatCount(figures.positives)} positive`],
      ['Scenario', scenarioName ?? template ?? 'none'],
      ...assumptionFacts(scenario),
      ['Table, content hash', evidence.datasetId],
      ['Model, SHA-256', evidence.modelSha256 ?? 'none: the table holds its scores'],
      ['Judged rows, hash', evidence.judgementId],
      ['Scored by', evidence.engine],
      ['Computed by', `Cutline ${evidence.appVersion}`],
    ] as const,
  };
}

/** The scenario's assumptions, each under its name; none for a scenario that this release does not know. */
function assumptionFacts(scenario: Decided['scenario']): readonly (readonly [string, string])[] {
  const known = knownScenario(scenario);
  if (known === null) return [];
  const { amount } = known;
  const source = 'column' in amount ? `column ${amount.column}` : `${formatValue(amount.constant)} a row`;
  return [
    ['Amount', source],
    ...assumptionsOf(known.template).map(
      ({ name, label }) => [label, formatValue(assumptionValue(known, name))] as const,
    ),
  ];
}

function knownScenario(scenario: Decided['scenario']): Scenario | null {
  try {
    return scenario === null ? null : parseScenario(scenario).scenario;
  } catch {
    return null;
  }
}

function shown(value: number | null, format: (value: number) => string): string {
  return value === null ? notDefined : format(value);
}
