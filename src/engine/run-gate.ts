import { isCutlineError } from '../core/errors.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { ScoringCandidates } from './model-scorers.ts';
import { type GateQuestion, parityGate, refusedByGate } from './parity-gate.ts';
import type { ScoreProgress } from './score-rows.ts';
import type { Scorer } from './scorer.ts';

/** Lends a model's scorer for as long as `use` takes. */
export type LendScorer = <R>(engine: GateReport['engine'], use: (scorer: Scorer) => Promise<R>) => Promise<R>;

/** Runs a sliced job to its end, in turns where there are others. */
type Drain = (slices: AsyncGenerator<ScoreProgress, GateReport, void>) => Promise<GateReport>;

/**
 * The parity gate of a model on a table, whichever way its scorers are kept. Where there is no kernel for the model, or
 * it cannot be made here, nothing is run and the report says why.
 *
 * @throws what `parityGate` and the reference's start throw
 */
export async function runGate(
  { trees, reference, refusal, tolerance }: ScoringCandidates,
  lend: LendScorer,
  ground: Pick<GateQuestion, 'table' | 'report' | 'positiveValues'>,
  drain: Drain,
): Promise<GateReport> {
  if (trees === null) return refusedByGate(reference, tolerance, refusal ?? '');
  const failure = await lend('kernel', async () => null).catch(reasonOf);
  if (failure !== null) return refusedByGate(reference, tolerance, failure);
  return lend('reference', (plain) =>
    lend('kernel', (kernel) => drain(parityGate({ ...ground, reference: plain, kernel, trees, tolerance }))),
  );
}

/** Why the kernel cannot be made here (a browser without WebAssembly, no memory), as a sentence. */
function reasonOf(error: unknown): string {
  if (isCutlineError(error)) return error.message;
  return `The kernel could not be started: ${error instanceof Error ? error.message : String(error)}.`;
}
