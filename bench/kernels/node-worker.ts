import { parentPort, workerData } from 'node:worker_threads';
import { prepareScoring, type ScoringJob, type ScoringSetup } from './timed-scoring.ts';

const run = await prepareScoring(workerData as ScoringSetup);
parentPort?.on('message', async (job: ScoringJob) => parentPort?.postMessage(await run(job)));
parentPort?.postMessage('ready');
