/** What is kept of a pinned decision: the threshold, its figures, and the hashes of what they were computed from. */
import type { JudgementSummary } from '../../contracts/judgement.ts';
import type { PutDataset } from '../../contracts/registry/datasets.ts';
import type { CreateDecision } from '../../contracts/registry/decisions.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { encodeFragment } from '../../state/fragment-codec.ts';
import type { WorkspaceState } from '../../state/workspace-store.ts';

/** The rows, the scenario and the threshold that are on screen when a decision is pinned. */
export interface DecisionOnScreen {
  readonly session: Pick<WorkspaceState, 'choices' | 'table' | 'model' | 'scoring'>;
  readonly summary: JudgementSummary;
  /** Figures at the threshold that is pinned. */
  readonly decision: ThresholdDecision;
}

/**
 * The decision as the registry keeps it: aggregates and hashes, never a row. Undefined figures are null. The link that
 * reopens it has this threshold, pinned.
 * @param appVersion release that computed the figures
 * @param decidedAt epoch ms
 * @throws {RangeError} when no table is open (there is nothing to decide about)
 */
export function decisionInput(
  { session, summary, decision }: DecisionOnScreen,
  reason: string,
  appVersion: string,
  decidedAt: number,
): CreateDecision {
  const { choices, table, model, scoring } = session;
  if (table.value === null) throw new RangeError('A decision needs an open table.');
  const { threshold } = decision;
  const byColumn = choices.scoreColumn !== null;
  return {
    threshold,
    scenario: choices.scenario === null ? null : { ...choices.scenario },
    reason: reason.trim(),
    figures: {
      rows: decision.rows,
      positives: summary.positives,
      flagged: decision.flagged,
      recall: numberOrNull(decision.recall),
      precision: numberOrNull(decision.precision),
      fpr: numberOrNull(decision.fpr),
      rocAuc: numberOrNull(summary.metrics.rocAuc),
      netValue: numberOrNull(decision.money?.net),
      roi: numberOrNull(decision.money?.roi),
    },
    evidence: {
      datasetId: fileHashOf(table.value.id),
      datasetName: table.value.name,
      modelSha256: byColumn ? null : (model.value?.id ?? null),
      modelName: (byColumn ? choices.scoreColumn : model.value?.name) ?? '',
      judgementId: summary.id,
      engine: byColumn ? 'score column' : (scoring.engine ?? ''),
      appVersion,
    },
    fragment: encodeFragment({ ...choices, threshold, pinned: threshold }),
    decidedAt,
  };
}

/** The facts of a table that the registry knows it by. */
export function datasetFacts(table: TableSummary): { readonly id: string; readonly input: PutDataset } {
  return {
    id: fileHashOf(table.id),
    input: {
      name: table.name,
      byteLength: table.byteLength,
      rowCount: table.rowCount,
      columns: table.columns.map(({ name, kind }) => ({ name, kind })),
    },
  };
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
