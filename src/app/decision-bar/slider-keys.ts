/** What a key on the threshold slider asks for. */
export type SliderMove =
  | {
      readonly kind: 'step';
      readonly direction: 1 | -1;
      readonly size: 'decision' | 'percent';
      /** How many such steps in a row. */
      readonly times: number;
    }
  | { readonly kind: 'to'; readonly threshold: number };

/** Page keys move 5 % of the rows: twenty presses cross the whole table. */
const PAGE_STEPS = 5;

/**
 * The move that a key asks for: arrows go to the next distinct decision, with Shift at least 1 % of the rows change
 * side, page keys five times that, Home and End go to the lowest and highest observed score.
 *
 * @param key `KeyboardEvent.key`
 * @param range lowest and highest observed score
 * @returns null for keys that are not the slider's
 */
export function sliderMove(
  key: string,
  shift: boolean,
  range: { readonly low: number; readonly high: number },
): SliderMove | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return { kind: 'step', direction: 1, size: shift ? 'percent' : 'decision', times: 1 };
    case 'ArrowLeft':
    case 'ArrowDown':
      return { kind: 'step', direction: -1, size: shift ? 'percent' : 'decision', times: 1 };
    case 'PageUp':
      return { kind: 'step', direction: 1, size: 'percent', times: PAGE_STEPS };
    case 'PageDown':
      return { kind: 'step', direction: -1, size: 'percent', times: PAGE_STEPS };
    case 'Home':
      return { kind: 'to', threshold: range.low };
    case 'End':
      return { kind: 'to', threshold: range.high };
    default:
      return null;
  }
}
