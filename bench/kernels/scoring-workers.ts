import { startNodeWorkers, startPageWorkers, type TwoWorkers } from '../two-workers.ts';
import type { ScoringAnswer, ScoringJob, ScoringSetup } from './timed-scoring.ts';

/** Two workers, each with model, table and scorers of its own. */
export type ScoringWorkers = TwoWorkers<ScoringJob, ScoringAnswer>;

/** How two workers of each platform are started. */
export const scoringWorkers: readonly ((setup: ScoringSetup) => Promise<ScoringWorkers>)[] = [
  (setup) => startNodeWorkers(new URL('./node-worker.ts', import.meta.url), setup),
  (setup) => startPageWorkers(new URL('./page-worker.ts', import.meta.url), setup),
];
