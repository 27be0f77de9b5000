/** The keyboard map as data: the handler, the hints in the palette and the sheet of shortcuts all read this one table. */
import { type PageEntry, pages } from '../pages.ts';

/** One press. Letters are written small; `mod` is Ctrl, or Cmd on a Mac. */
export interface Stroke {
  readonly key: string;
  readonly mod?: true;
  readonly shift?: true;
}

export interface Shortcut {
  readonly area: 'Everywhere' | 'Pages' | 'Threshold';
  /** What it does, as a line of the sheet. */
  readonly what: string;
  /** Ways to press it: each a stroke, or several one after the other. */
  readonly ways: readonly (readonly Stroke[])[];
  /** The command that it runs; null where a control answers to its own keys while it has the focus. */
  readonly command: string | null;
}

/** The letter that leads to a page after `g`: the first of its name that no earlier page has. Every Latin layout types it. */
export function pageLetter(page: Pick<PageEntry, 'path'>, all: readonly PageEntry[] = pages): string {
  const taken = new Set<string>();
  for (const { path, name } of all) {
    const letter = [...name.toLowerCase()].find((char) => /[a-z]/.test(char) && !taken.has(char)) ?? '';
    if (path === page.path) return letter;
    taken.add(letter);
  }
  return '';
}

/** The id of the command that goes to a page. */
export function pageCommand({ path }: Pick<PageEntry, 'path'>): string {
  return `go ${path}`;
}

export const shortcuts: readonly Shortcut[] = [
  everywhere('Search commands', 'palette', [{ key: 'k', mod: true }]),
  everywhere('Undo the last choice', 'undo', [{ key: 'z', mod: true }]),
  {
    ...everywhere('Redo', 'redo', [{ key: 'z', mod: true, shift: true }]),
    ways: [[{ key: 'z', mod: true, shift: true }], [{ key: 'y', mod: true }]],
  },
  everywhere('Copy the link to this view', 'copy-link', [{ key: 's' }]),
  everywhere('Search on the page', 'search', [{ key: '/' }]),
  everywhere('Keyboard shortcuts', 'shortcuts', [{ key: '?' }]),
  { area: 'Pages', what: 'Previous page', ways: [[{ key: '[' }]], command: 'previous-page' },
  { area: 'Pages', what: 'Next page', ways: [[{ key: ']' }]], command: 'next-page' },
  ...pages.map(
    (page): Shortcut => ({
      area: 'Pages',
      what: page.name,
      ways: [[{ key: 'g' }, { key: pageLetter(page) }]],
      command: pageCommand(page),
    }),
  ),
  { area: 'Threshold', what: 'Pin or unpin it as the baseline', ways: [[{ key: 'p' }]], command: 'pin' },
  onSlider('Next lower or higher decision', [[{ key: 'ArrowLeft' }], [{ key: 'ArrowRight' }]]),
  onSlider('Past 1 % of the rows', [
    [{ key: 'ArrowLeft', shift: true }],
    [{ key: 'ArrowRight', shift: true }],
  ]),
  onSlider('Lowest or highest score', [[{ key: 'Home' }], [{ key: 'End' }]]),
];

function everywhere(what: string, command: string, way: readonly Stroke[]): Shortcut {
  return { area: 'Everywhere', what, ways: [way], command };
}

function onSlider(what: string, ways: Shortcut['ways']): Shortcut {
  return { area: 'Threshold', what, ways, command: null };
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** A way to press a shortcut as the words on the keys: `Ctrl Shift Z`, `⌘ ⇧ Z`, `G W`. */
export function keysOf(way: readonly Stroke[], isMac: boolean): string[] {
  return way.flatMap(({ key, mod, shift }) => [
    ...(mod === true ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(shift === true ? [isMac ? '⇧' : 'Shift'] : []),
    keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ]);
}

/** The first way to press what runs a command; null when no key does. */
export function keysOfCommand(command: string, isMac: boolean): string[] | null {
  const way = shortcuts.find((shortcut) => shortcut.command === command)?.ways[0];
  return way === undefined ? null : keysOf(way, isMac);
}

/** Whether the keys are those of a Mac. */
export function isMacKeyboard(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}
