/** Word of changes in what this browser keeps, to every listener in every tab of this site. */
import type { TaskName } from '../contracts/tasks.ts';

const CHANNEL = 'cutline-kept';

/** Tasks that write, delete, or move to the front of the list. */
const CHANGING: ReadonlySet<TaskName> = new Set<TaskName>([
  'table/keep',
  'table/restore',
  'model/open',
  'model/restore',
  'scores/put',
  'scores/restore',
  'explain/put',
  'explain/restore',
  'kept/forget',
]);

let speaker: BroadcastChannel | null = null;

/** Tells of a finished task, if it may have changed what is kept. */
export function tellKeptChange(task: TaskName): void {
  if (!CHANGING.has(task)) return;
  speaker ??= new BroadcastChannel(CHANNEL);
  speaker.postMessage(null);
}

/** Calls `listener` after each change, of this tab or another; answers a function that stops it. */
export function onKeptChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => listener();
  return () => channel.close();
}
