/** Chromium's side of the bench: the first message is the setup, every other one a job. */
import { prepareScoring, type ScoringJob, type ScoringSetup } from './timed-scoring.ts';

let run: Awaited<ReturnType<typeof prepareScoring>> | null = null;

self.onmessage = async ({ data }: MessageEvent<ScoringSetup | ScoringJob>) => {
  if ('forest' in data) run = await prepareScoring(data);
  self.postMessage('forest' in data ? 'ready' : await run?.(data));
};
