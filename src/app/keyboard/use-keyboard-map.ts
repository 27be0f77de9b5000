import { useEffect, useRef } from 'react';
import { matchPress, type Press } from './match-keys.ts';
import { useSingleKeys } from './single-keys.ts';
import { isDialogOpen, isTextField, takesLetters, watchTyping } from './typing.ts';

/** The second key of a sequence comes within this, in ms, or the first is forgotten. */
const SEQUENCE_MS = 1500;

/** Commands that a field with the focus leaves to the app. */
const ALSO_IN_FIELDS: ReadonlySet<string> = new Set(['palette', 'undo', 'redo']);

/** Commands that a held key repeats. */
const REPEATED: ReadonlySet<string> = new Set(['undo', 'redo']);

/**
 * Runs commands by the keyboard map, wherever the focus is. Keys stay with a field that is typed into, a list that
 * takes letters, and an open dialog; undo stays with a field that holds text nobody has taken over yet.
 *
 * @param run carries a command out; false when it is not on offer here, and the key is then the browser's
 */
export function useKeyboardMap(run: (command: string) => boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const typing = watchTyping();
    let begun: readonly Press[] = [];
    let begunMs = Number.NEGATIVE_INFINITY;

    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing || event.defaultPrevented || isModifier(event.key)) return;
      const before = event.timeStamp - begunMs <= SEQUENCE_MS ? begun : [];
      const withSingleKeys = useSingleKeys.getState() && !takesLetters(event.target);
      const match = matchPress(pressOf(event), before, withSingleKeys);
      begun = match.begun;
      begunMs = event.timeStamp;
      if (match.command === null || isForFocus(match.command, event)) return;
      if (event.repeat && !REPEATED.has(match.command)) return;
      if (!latest.current(match.command)) return;
      event.preventDefault();
      event.stopPropagation();
    }

    function isForFocus(command: string, { target }: KeyboardEvent): boolean {
      if (isDialogOpen() && command !== 'palette') return true;
      if (!isTextField(target)) return false;
      return !ALSO_IN_FIELDS.has(command) || (command !== 'palette' && typing.isUncommitted(target));
    }

    // Before the controls: some of them let no key through.
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
      typing.stop();
    };
  }, []);
}

function pressOf(event: KeyboardEvent): Press {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph: event.getModifierState('AltGraph') };
}

function isModifier(key: string): boolean {
  return ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'].includes(key);
}
