/** Which commands a query finds, in which order, under which headings. Pure. */
import type { Command } from '../../state/offered-commands.ts';

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** How many of the last used stand first. */
export const MOST_RECENT = 4;

/**
 * Commands that fit a query: each of its words begins a word of the command (its label, group, detail or other words).
 * Without a query all of them, the last used first under a heading of their own; with one, the nearest first: labels that
 * begin with the query, then labels that hold all its words, then the rest; ties by recent use, then by the given order.
 *
 * @param recent ids, the last used first
 */
export function findCommands(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): readonly CommandGroup[] {
  const wanted = folded(query);
  if (wanted === '') return withRecent(commands, recent);
  const words = wanted.split(/\s+/);
  const found = commands
    .map((command) => ({ command, rank: rankOf(command, wanted, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || recency(recent, a.command) - recency(recent, b.command));
  return grouped(found.map(({ command }) => command));
}

function rankOf(command: Command, wanted: string, words: readonly string[]): number | null {
  const label = folded(command.label);
  if (label.startsWith(wanted)) return 0;
  if (hasAll(label, words)) return 1;
  const { group, detail = '', words: other = '' } = command;
  return hasAll(`${label} ${folded(group)} ${folded(detail)} ${folded(other)}`, words) ? 2 : null;
}

/** A file's name is words too: `loan_book.csv` is found by "book". */
function hasAll(text: string, words: readonly string[]): boolean {
  const starts = [...text.split(/\s+/), ...text.split(/[^\p{L}\p{N}]+/u)];
  return words.every((word) => starts.some((start) => start.startsWith(word)));
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function recency(recent: readonly string[], { id }: Command): number {
  const at = recent.indexOf(id);
  return at === -1 ? recent.length : at;
}

function withRecent(commands: readonly Command[], recent: readonly string[]): readonly CommandGroup[] {
  const used = recent
    .flatMap((id) => commands.find((command) => command.id === id) ?? [])
    .slice(0, MOST_RECENT);
  const rest = grouped(commands.filter((command) => !used.includes(command)));
  return used.length === 0 ? rest : [{ title: 'Recent', commands: used }, ...rest];
}

/** By heading, in the order in which each first occurs. */
function grouped(commands: readonly Command[]): readonly CommandGroup[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = groups.get(command.group);
    if (group === undefined) groups.set(command.group, [command]);
    else group.push(command);
  }
  return [...groups].map(([title, members]) => ({ title, commands: members }));
}

/** The number that a query is, with a point or a comma; null when it is none. */
export function numberOf(query: string): number | null {
  const text = query.trim().replace(',', '.');
  return /^\d*\.?\d+$/.test(text) ? Number(text) : null;
}
