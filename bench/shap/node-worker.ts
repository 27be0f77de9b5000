import { parentPort, workerData } from 'node:worker_threads';
import { prepareShap, type ShapJob, type ShapSetup } from './timed-shap.ts';

const run = prepareShap(workerData as ShapSetup);
parentPort?.on('message', (job: ShapJob) => parentPort?.postMessage(run(job)));
parentPort?.postMessage('ready');
