import { type RefCallback, useCallback } from 'react';
import { useLocale } from 'react-aria-components';
import { decimalMarkOf, withDecimalMark } from './decimal-mark.ts';

/**
 * Lets a number field take comma and point alike as the decimal mark, typed, pasted and dropped: for fields that do not
 * group, where the other one would be refused or, worse, be dropped as a thousands separator.
 *
 * @returns ref for an element around the field's input; it listens before react-aria's own handlers on the input
 */
export function useEitherMark(isOn: boolean): RefCallback<HTMLElement> {
  const { locale } = useLocale();
  return useCallback(
    (root: HTMLElement | null) => {
      if (root === null || !isOn) return;
      const mark = decimalMarkOf(locale);
      const replace = (event: Event, text: string | null | undefined) => {
        const input = event.target;
        if (!text || !event.cancelable || !(input instanceof HTMLInputElement)) return;
        const read = withDecimalMark(text, mark);
        if (read === text) return;
        event.preventDefault();
        event.stopPropagation();
        insert(input, read, mark);
      };
      const onBeforeInput = (event: InputEvent) => replace(event, event.data);
      const onPaste = (event: ClipboardEvent) =>
        replace(event, event.clipboardData?.getData('text/plain').trim());
      root.addEventListener('beforeinput', onBeforeInput, true);
      root.addEventListener('paste', onPaste, true);
      return () => {
        root.removeEventListener('beforeinput', onBeforeInput, true);
        root.removeEventListener('paste', onPaste, true);
      };
    },
    [isOn, locale],
  );
}

/** As if it were typed in place of the selection; not where that would make a second mark. */
function insert(input: HTMLInputElement, text: string, mark: string): void {
  const start = input.selectionStart ?? input.value.length;
  const end = input.selectionEnd ?? start;
  if ((input.value.slice(0, start) + input.value.slice(end)).includes(mark)) return;
  input.setRangeText(text, start, end, 'end');
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
