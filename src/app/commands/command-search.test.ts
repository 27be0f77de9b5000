import { describe, expect, it } from 'vitest';
import type { Command } from '../../state/offered-commands.ts';
import { findCommands, numberOf } from './command-search.ts';

const run = (): void => undefined;
const commands: readonly Command[] = [
  { id: 'f1', group: 'Threshold', label: 'Use Max F1', detail: '0.365', words: 'strategy', run },
  { id: 'net', group: 'Threshold', label: 'Use Max net value', detail: '0.063', run },
  { id: 'undo', group: 'Edit', label: 'Undo: review cost', run },
  { id: 'workspace', group: 'Go to', label: 'Workspace', words: 'page', run },
  { id: 'table', group: 'Open', label: 'Switch to the table loan_book.csv', run },
  { id: 'files', group: 'Open', label: 'Open files', words: 'workspace csv', run },
  { id: 'theme', group: 'View', label: 'Use the dark theme', run },
  { id: 'cafe', group: 'Open', label: 'Switch to the table café.csv', run },
];
const idsOf = (query: string, recent: readonly string[] = []): string[] =>
  findCommands(commands, query, recent).flatMap((group) => group.commands.map(({ id }) => id));

describe('findCommands', () => {
  it.each([
    ['the beginning of a word', 'max', ['f1', 'net']],
    ['of each word, in any order', 'net use', ['net']],
    ['a group', 'thres', ['f1', 'net']],
    ['a detail', '0.36', ['f1']],
    ['another word for it', 'strategy', ['f1']],
    ['a word within a file name', 'book', ['table']],
    ['a file name as it is', 'loan_book.csv', ['table']],
    ['without accents', 'CAFE', ['cafe']],
    ['not the middle of a word', 'ndo', []],
    ['nothing', 'qqq', []],
  ])('%s', (_name, query, found) => {
    expect(idsOf(query)).toEqual(found);
  });

  it('puts a label that begins so before one that only has the word', () => {
    expect(idsOf('work')).toEqual(['workspace', 'files']);
    expect(idsOf('use')).toEqual(['f1', 'net', 'theme']);
  });

  it('among equals puts what was used last first', () => {
    expect(idsOf('use', ['theme'])).toEqual(['theme', 'f1', 'net']);
    expect(idsOf('work', ['files'])).toEqual(['workspace', 'files']);
  });

  it('without a query lists everything, the last used under their own heading', () => {
    expect(findCommands(commands, ' ', []).map(({ title }) => title)).toEqual([
      'Threshold',
      'Edit',
      'Go to',
      'Open',
      'View',
    ]);
    const groups = findCommands(commands, '', ['theme', 'gone', 'undo']);
    expect(groups[0]).toEqual({ title: 'Recent', commands: [commands[6], commands[2]] });
    expect(groups.flatMap((group) => group.commands)).toHaveLength(commands.length);
    expect(groups.map(({ title }) => title)).not.toContain('Edit');
  });

  it('shows no more than four recent ones', () => {
    const recent = commands.map(({ id }) => id);
    expect(findCommands(commands, '', recent)[0]?.commands).toHaveLength(4);
  });
});

describe('numberOf', () => {
  it.each([
    ['0.35', 0.35],
    ['0,35', 0.35],
    [' .5 ', 0.5],
    ['1', 1],
    ['', null],
    ['f1', null],
    ['1.', null],
    ['-1', null],
    ['1e3', null],
  ])('%s', (query, value) => {
    expect(numberOf(query)).toBe(value);
  });
});
