/** Which shortcut a press means. Pure over what the browser says of the press. */
import { type Shortcut, type Stroke, shortcuts } from './shortcuts.ts';

/** The part of a KeyboardEvent that is read. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** AltGr, which some systems also report as Ctrl with Alt. */
  readonly altGraph: boolean;
}

/**
 * Whether a press is this stroke. Signs are taken as typed, whichever modifiers the layout needs for them (`[` is AltGr+8
 * on many European keyboards, and Option on a Mac); letters of other scripts count as the Latin letter on the same key.
 */
function isStroke({ key, mod, shift }: Stroke, press: Press): boolean {
  const hasMod = (press.ctrlKey || press.metaKey) && !press.altGraph;
  if (hasMod !== (mod === true)) return false;
  if (typedKey(press) !== key) return false;
  if (isSign(key)) return true;
  return press.shiftKey === (shift === true) && !press.altKey;
}

function typedKey({ key, code }: Press): string {
  if (key.length !== 1) return key;
  if (/[^ -~]/.test(key) && /^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  return key.toLowerCase();
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[a-z0-9]/.test(key);
}

export interface KeyMatch {
  /** The command to run; null when none is complete. */
  readonly command: string | null;
  /** What was pressed so far of a sequence that goes on. */
  readonly begun: readonly Press[];
}

/**
 * The command of a press, after what was begun before it. A press that does not continue a sequence may begin another.
 *
 * @param withSingleKeys false leaves out what is pressed without Ctrl or Cmd: the user has switched those off, or types
 */
export function matchPress(press: Press, begun: readonly Press[], withSingleKeys: boolean): KeyMatch {
  const usable = shortcuts.flatMap(({ command, ways }) =>
    command === null
      ? []
      : ways.filter((way) => withSingleKeys || !isSingleKey(way)).map((way) => ({ command, way })),
  );
  const presses = [...begun, press];
  const fitting = usable.filter(({ way }) =>
    presses.every((one, i) => way[i] !== undefined && isStroke(way[i], one)),
  );
  const complete = fitting.find(({ way }) => way.length === presses.length);
  if (complete !== undefined) return { command: complete.command, begun: [] };
  if (fitting.length > 0) return { command: null, begun: presses };
  return begun.length === 0 ? { command: null, begun: [] } : matchPress(press, [], withSingleKeys);
}

/** Pressed without Ctrl or Cmd: not while typing, and the user may switch these off (WCAG 2.1.4). */
function isSingleKey(way: Shortcut['ways'][number]): boolean {
  return way.every(({ mod }) => mod !== true);
}
