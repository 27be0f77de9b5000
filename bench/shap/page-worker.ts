/** Chromium's side of the bench: the first message is the setup, every other one a job. */
import { prepareShap, type ShapJob, type ShapSetup } from './timed-shap.ts';

let run: ReturnType<typeof prepareShap> | null = null;

self.onmessage = ({ data }: MessageEvent<ShapSetup | ShapJob>) => {
  if ('model' in data) run = prepareShap(data);
  self.postMessage('model' in data ? 'ready' : run?.(data));
};
