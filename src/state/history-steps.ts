/**
 * Undo and redo as a value: the steps behind and the steps ahead of the choices in force. Pure; `history.ts` keeps it in
 * step with the session.
 *
 * A step holds only the keys that it changed. Choices it did not touch stay as they are when it is undone.
 */
import type { ViewState } from '../contracts/saved-state.ts';
import { changedFields, changeLabel, fieldsKey, opensFiles, valuesOf } from './choice-change.ts';

export interface Step {
  /** What was changed: "review cost". */
  readonly label: string;
  readonly before: Partial<ViewState>;
  readonly after: Partial<ViewState>;
  readonly fields: string;
  /** When it was last added to, in ms of any steady clock; -Infinity once nothing more belongs to it. */
  readonly lastMs: number;
}

export interface Steps {
  /** Oldest first. */
  readonly past: readonly Step[];
  /** The next to redo last. */
  readonly future: readonly Step[];
}

export const noSteps: Steps = { past: [], future: [] };

/** More than anyone walks back; a step is a few hundred bytes, or all roles of a wide table. */
const MOST_STEPS = 200;

/** Changes of one field that follow each other within this are one step: the repeat rate of a held key is ten times faster. */
const BURST_MS = 700;

export interface Moment {
  readonly nowMs: number;
  /** A pointer is down: what it changes is one step, however long it rests on the way. */
  readonly held: boolean;
}

/**
 * The steps after the choices went from `before` to `after`.
 *
 * A change of nothing is no step. A change of the fields of the last step, within 700 ms of it or under the same held
 * pointer, is added to that step; it vanishes when this takes it back to where it began. Any other change is a step of
 * its own. What was undone can no longer be redone after a change. A change that opens or closes a file ends the history: null.
 */
export function stepsAfter(steps: Steps, before: ViewState, after: ViewState, moment: Moment): Steps | null {
  const fields = changedFields(before, after);
  if (fields.length === 0) return steps;
  if (opensFiles(before, after, fields)) return null;
  const last = steps.past.at(-1);
  const key = fieldsKey(fields);
  if (last !== undefined && last.fields === key && isSameBurst(last, moment)) {
    const older = steps.past.slice(0, -1);
    const joined = { ...last, after: valuesOf(after, fields), lastMs: moment.nowMs };
    return { past: isEqual(joined.before, joined.after) ? older : [...older, joined], future: [] };
  }
  const step: Step = {
    label: changeLabel(after, fields),
    before: valuesOf(before, fields),
    after: valuesOf(after, fields),
    fields: key,
    lastMs: moment.nowMs,
  };
  return { past: [...steps.past.slice(1 - MOST_STEPS), step], future: [] };
}

/**
 * The steps after the session put choices right by itself, because what the last step asked for was refused: what is as
 * it was before that step no longer counts as changed by it, and a step with nothing left vanishes. Null when the
 * change was about something else.
 */
export function stepsAfterRefusal(steps: Steps, before: ViewState, after: ViewState): Steps | null {
  const last = steps.past.at(-1);
  if (last === undefined) return null;
  const keys = new Set(changedFields(before, after).map(([key]) => key));
  if (![...keys].every((key) => key in last.before && isEqual(last.before[key], after[key]))) return null;
  const rest = Object.keys(last.before).filter((key) => !keys.has(key as keyof ViewState));
  const only = (values: Partial<ViewState>): Partial<ViewState> =>
    Object.fromEntries(rest.map((key) => [key, values[key as keyof ViewState]]));
  const older = steps.past.slice(0, -1);
  const left = { ...last, before: only(last.before), after: only(last.after) };
  return { ...steps, past: rest.length === 0 ? older : [...older, left] };
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isSameBurst({ lastMs }: Step, { nowMs, held }: Moment): boolean {
  return lastMs !== Number.NEGATIVE_INFINITY && (held || nowMs - lastMs <= BURST_MS);
}

/** The same steps, the last of them complete: the next change of its field is a step of its own. */
export function sealed(steps: Steps): Steps {
  const last = steps.past.at(-1);
  if (last === undefined || last.lastMs === Number.NEGATIVE_INFINITY) return steps;
  return { ...steps, past: [...steps.past.slice(0, -1), { ...last, lastMs: Number.NEGATIVE_INFINITY }] };
}

/** One step back, and what to put into the choices for it; null when there is none. */
export function stepBack({ past, future }: Steps): { steps: Steps; change: Partial<ViewState> } | null {
  const last = past.at(-1);
  if (last === undefined) return null;
  const step = { ...last, lastMs: Number.NEGATIVE_INFINITY };
  return { steps: sealed({ past: past.slice(0, -1), future: [...future, step] }), change: step.before };
}

/** One step ahead, and what to put into the choices for it; null when nothing was undone. */
export function stepAhead({ past, future }: Steps): { steps: Steps; change: Partial<ViewState> } | null {
  const next = future.at(-1);
  if (next === undefined) return null;
  return { steps: { past: [...past, next], future: future.slice(0, -1) }, change: next.after };
}
