/** Where a press belongs to what has the focus, and not to the app. */

const TEXT_INPUTS = 'input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=file])';

/** Letters choose an entry in these, open or closed. */
const TYPE_AHEAD = '[role=listbox], [role=menu], [role=combobox], [aria-haspopup=listbox], select';

/** Whether letters typed at this element are text, or pick an entry of a list. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest(TYPE_AHEAD) !== null || isTextField(target);
}

/** Whether the element is one in which text is written. */
export function isTextField(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(`${TEXT_INPUTS}, textarea`);
}

/** Whether something modal is open: keys are then its own. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') !== null;
}

/**
 * Watches for text that was typed into a field and not taken over yet: the browser's own undo is then the right one.
 *
 * @returns a question to ask of a field, and a function that stops watching
 */
export function watchTyping(): {
  readonly isUncommitted: (field: HTMLElement) => boolean;
  readonly stop: () => void;
} {
  let typed: EventTarget | null = null;
  const onInput = (event: Event): void => {
    typed = event.target;
  };
  const onDone = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
    typed = null;
  };
  const done = ['change', 'focusout', 'keydown'];
  document.addEventListener('input', onInput, true);
  for (const type of done) document.addEventListener(type, onDone, true);
  return {
    isUncommitted: (field) => typed === field,
    stop: () => {
      document.removeEventListener('input', onInput, true);
      for (const type of done) document.removeEventListener(type, onDone, true);
    },
  };
}
