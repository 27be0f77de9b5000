import { labelWidth } from './label-placement.ts';

/** A label that fits into a width in px: itself, or its beginning with an ellipsis. At least one character stays. */
export function cutLabel(label: string, room: number): string {
  if (labelWidth(label) <= room) return label;
  let length = label.length - 1;
  while (length > 1 && labelWidth(`${label.slice(0, length)}…`) > room) length -= 1;
  return `${label.slice(0, length)}…`;
}
