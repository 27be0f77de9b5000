import { describe, expect, it } from 'vitest';
import { pages } from '../pages.ts';
import { matchPress, type Press } from './match-keys.ts';
import { isMacKeyboard, keysOf, keysOfCommand, pageLetter, shortcuts } from './shortcuts.ts';

function press(key: string, change: Partial<Press> = {}): Press {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, altGraph: false };
  return { key, code: '', ...none, ...change };
}

const commandOf = (one: Press, withSingleKeys = true): string | null =>
  matchPress(one, [], withSingleKeys).command;

describe('matchPress', () => {
  it.each([
    ['Ctrl+K', press('k', { ctrlKey: true }), 'palette'],
    ['Cmd+K', press('k', { metaKey: true }), 'palette'],
    ['Ctrl+K with caps lock', press('K', { ctrlKey: true }), 'palette'],
    ['Ctrl+K on a Cyrillic layout', press('л', { ctrlKey: true, code: 'KeyK' }), 'palette'],
    ['Ctrl+Z', press('z', { ctrlKey: true }), 'undo'],
    ['Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
    ['Ctrl+Y', press('y', { ctrlKey: true }), 'redo'],
    ['[ on a US keyboard', press('['), 'previous-page'],
    ['[ on a German keyboard', press('[', { ctrlKey: true, altKey: true, altGraph: true }), 'previous-page'],
    ['[ on a French Mac', press('[', { altKey: true, shiftKey: true }), 'previous-page'],
    ['?', press('?', { shiftKey: true }), 'shortcuts'],
    ['/ on a German keyboard', press('/', { shiftKey: true }), 'search'],
    ['p', press('p'), 'pin'],
    ['Shift+P', press('P', { shiftKey: true }), null],
    ['Alt+P', press('p', { altKey: true }), null],
    ['Ctrl+P, which prints', press('p', { ctrlKey: true }), null],
    ['Ctrl+S, which saves', press('s', { ctrlKey: true }), null],
    ['an arrow, which belongs to the slider', press('ArrowLeft'), null],
    ['a letter that means nothing', press('x'), null],
  ])('%s', (_name, one, command) => {
    expect(commandOf(one)).toBe(command);
  });

  it('goes on from g to the letter of a page', () => {
    const first = matchPress(press('g'), [], true);
    expect(first).toEqual({ command: null, begun: [press('g')] });
    expect(matchPress(press('t'), first.begun, true)).toEqual({ command: 'go /thresholds', begun: [] });
  });

  it('a press that does not go on counts by itself', () => {
    expect(matchPress(press('p'), [press('g')], true)).toEqual({ command: 'pin', begun: [] });
    expect(matchPress(press('x'), [press('g')], true)).toEqual({ command: null, begun: [] });
    expect(matchPress(press('g'), [press('g')], true).begun).toEqual([press('g')]);
  });

  it('without single keys only those with Ctrl or Cmd are left', () => {
    expect(commandOf(press('k', { ctrlKey: true }), false)).toBe('palette');
    for (const key of ['[', '?', 'p', 's', '/']) expect(commandOf(press(key), false)).toBeNull();
    expect(matchPress(press('g'), [], false).begun).toEqual([]);
  });
});

describe('the keyboard map', () => {
  it('gives no two shortcuts the same keys, and no shortcut the beginning of another', () => {
    const ways = shortcuts.flatMap((shortcut) => shortcut.ways).map((way) => keysOf(way, false));
    for (const [i, way] of ways.entries())
      for (const [j, other] of ways.entries())
        if (i !== j) expect(other.slice(0, way.length)).not.toEqual(way);
  });

  it('leads to every page by a letter of its own', () => {
    const letters = pages.map((page) => pageLetter(page));
    expect(letters.every((letter) => /^[a-z]$/.test(letter))).toBe(true);
    expect(new Set(letters).size).toBe(pages.length);
  });

  it('takes the next letter where the first is taken', () => {
    const entry = (path: string, name: string) => ({ ...pages[0], path, name }) as (typeof pages)[number];
    const all = [entry('/a', 'Drift'), entry('/b', 'Data'), entry('/c', 'Ada')];
    expect(all.map((page) => pageLetter(page, all))).toEqual(['d', 'a', '']);
  });

  it('names keys as they stand on the keyboard', () => {
    expect(keysOfCommand('redo', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keysOfCommand('redo', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(keysOfCommand('go /', false)).toEqual(['G', 'W']);
    expect(keysOfCommand('theme', false)).toBeNull();
  });

  it('knows a Mac by its platform', () => {
    expect(['MacIntel', 'iPhone', 'Win32', 'Linux x86_64'].map(isMacKeyboard)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
