/**
 * What is measured inside the page, without a hook in the product: an init script that runs before the app's own code,
 * listens to frames, long tasks and clicks, and stands between the page and its workers' messages.
 */
import type { BrowserContext, Page } from '@playwright/test';

/** One call of a task in a worker, on the page's clock (`performance.now()`), message out to message in. */
export interface WorkerCall {
  readonly task: string;
  readonly worker: number;
  readonly asked: number;
  /** NaN while it runs; the moment of the worker's end when it never answered. */
  answered: number;
}

/** Everything is in ms on the page's clock. */
export interface Probe {
  /** Callbacks of requestAnimationFrame while `watching`. */
  frames: number[];
  /** Lengths of main-thread tasks over 50 ms, as the browser reports them. */
  longTasks: number[];
  calls: WorkerCall[];
  /** Workers that were ended by force. */
  ended: number;
  /** When a mouse button was last let go, and when Enter was last pressed: what buttons and fields answer to. */
  released: number;
  entered: number;
  /** Empties frames, long tasks and calls, and starts counting frames. */
  start(): void;
  /** Stops counting frames, and lets the browser hand out the long tasks that it still holds. */
  stop(): Promise<void>;
  /** The moment after the frame in which `holds` first held, looked at on each change of the page; NaN after `limitMs`. */
  whenShown(holds: () => boolean, limitMs: number): Promise<number>;
}

declare global {
  interface Window {
    bench: Probe;
  }
}

/** tsx names functions by a helper that neither page nor worker has. */
const namingHelper = 'globalThis.__name = (value) => value;';

/** Installs the probe in every page that the context opens from now on. */
export async function installProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript(namingHelper);
  await context.addInitScript(probeInPage);
}

/** What the probe of a page has gathered since `start`. */
export function readProbe(page: Page): Promise<Omit<Probe, 'start' | 'stop' | 'whenShown'>> {
  return page.evaluate(() => {
    const { frames, longTasks, calls, ended, released, entered } = window.bench;
    return { frames, longTasks, calls, ended, released, entered };
  });
}

/** Runs in the page: may use nothing from outside itself. */
function probeInPage(): void {
  let watching = false;
  const bench: Probe = {
    frames: [],
    longTasks: [],
    calls: [],
    ended: 0,
    released: Number.NaN,
    entered: Number.NaN,
    start() {
      Object.assign(bench, { frames: [], longTasks: [], calls: [], ended: 0 });
      watching = true;
      requestAnimationFrame(frame);
    },
    async stop() {
      watching = false;
      // The observer is called in a task of its own, some time after the long one.
      await new Promise((resolve) => setTimeout(resolve, 200));
    },
    whenShown(holds, limitMs) {
      return new Promise((resolve) => {
        const look = () => {
          if (!holds()) return;
          changes.disconnect();
          clearTimeout(late);
          // A task that is queued by a frame's callback runs when that frame is done.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        };
        const changes = new MutationObserver(look);
        const late = setTimeout(() => {
          changes.disconnect();
          resolve(Number.NaN);
        }, limitMs);
        changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        look();
      });
    },
  };
  window.bench = bench;

  function frame(): void {
    if (!watching) return;
    bench.frames.push(performance.now());
    requestAnimationFrame(frame);
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) bench.longTasks.push(entry.duration);
  }).observe({ type: 'longtask' });
  const onRelease = () => {
    bench.released = performance.now();
  };
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') bench.entered = performance.now();
  };
  window.addEventListener('pointerup', onRelease, { capture: true });
  window.addEventListener('keydown', onKey, { capture: true });

  // comlink's messages: { id, argumentList: [{ value: { task } }] } out, { id } back.
  interface Outgoing {
    readonly id?: string;
    readonly argumentList?: readonly { readonly value?: { readonly task?: string } }[];
  }
  const open = new Map<Worker, { readonly number: number; readonly calls: Map<string, WorkerCall> }>();
  const known = (worker: Worker) => {
    const found = open.get(worker);
    if (found !== undefined) return found;
    const entry = { number: open.size, calls: new Map<string, WorkerCall>() };
    open.set(worker, entry);
    worker.addEventListener('message', ({ data }: MessageEvent<{ id?: string }>) => {
      const call = entry.calls.get(data?.id ?? '');
      if (call !== undefined && Number.isNaN(call.answered)) call.answered = performance.now();
    });
    return entry;
  };
  const { postMessage, terminate } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
    const { id, argumentList } = args[0] as Outgoing;
    const task = argumentList?.[0]?.value?.task;
    if (id !== undefined && task !== undefined) {
      const { number, calls } = known(this);
      const call = { task, worker: number, asked: performance.now(), answered: Number.NaN };
      calls.set(id, call);
      bench.calls.push(call);
    }
    Reflect.apply(postMessage, this, args);
  };
  Worker.prototype.terminate = function (this: Worker) {
    terminate.call(this);
    bench.ended += 1;
    for (const call of known(this).calls.values())
      if (Number.isNaN(call.answered)) call.answered = performance.now();
  };
}

interface WatchedWorker {
  benchAsked: Map<string, number>;
  benchSent: Map<string, number>;
}

/** Times of `judgement/at` inside the workers, on their own clocks, in ms: from the message's event to the answer's departure. */
export async function watchWorkers(page: Page): Promise<() => Promise<readonly number[]>> {
  const workers = page.workers();
  for (const worker of workers) {
    await worker.evaluate(namingHelper);
    await worker.evaluate(watchInWorker);
  }
  return async () => (await Promise.all(workers.map((worker) => worker.evaluate(timesInWorker)))).flat();
}

/** Runs in the worker. A short question is answered before this listener hears of it, for the worker's own was there first. */
function watchInWorker(): void {
  const asked = new Map<string, number>();
  const sent = new Map<string, number>();
  const post = globalThis.postMessage.bind(globalThis);
  globalThis.addEventListener('message', ({ data, timeStamp }) => {
    if (data?.argumentList?.[0]?.value?.task === 'judgement/at') asked.set(data.id, timeStamp);
  });
  const postMessage = (...args: Parameters<typeof post>) => {
    const { id } = args[0] as { id?: string };
    if (id !== undefined) sent.set(id, performance.now());
    post(...args);
  };
  Object.assign(globalThis, { postMessage, benchAsked: asked, benchSent: sent });
}

function timesInWorker(): number[] {
  const { benchAsked, benchSent } = globalThis as unknown as WatchedWorker;
  return [...benchAsked].map(([id, at]) => (benchSent.get(id) ?? Number.NaN) - at).filter((ms) => ms >= 0);
}
