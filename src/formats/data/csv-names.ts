import { parseNumber } from '../../core/table/parse-number.ts';
import type { Notice } from '../../core/table/summary.ts';

/** So many changes of a sort are said one by one; of more, their number is. */
const MOST_SAID = 10;

/**
 * Column names from header cells: trimmed; an empty one becomes `column 3`, a repeated one `x (2)`. Every change is a notice; more
 * than ten of a sort are one.
 *
 * @param line of the header in the file, from 1
 */
export function columnNames(header: readonly string[], line: number): { names: string[]; notices: Notice[] } {
  const changes: Notice[] = [];
  const trimmed = header.map((cell) => cell.trim());
  const taken = new Set<string>();
  const reserved = new Set(trimmed);
  const lastNumber = new Map<string, number>();
  const names = trimmed.map((cell, index) => {
    const wanted = cell === '' ? `column ${index + 1}` : cell;
    const free = cell === '' ? !reserved.has(wanted) && !taken.has(wanted) : !taken.has(wanted);
    const name = free ? wanted : nextFree(wanted, taken, reserved, lastNumber);
    taken.add(name);
    if (name !== cell) changes.push(renamed(cell, name, index, line));
    return name;
  });
  const sums = [...summed(changes, 'empty-header'), ...summed(changes, 'duplicate-header')];
  const notices = sums.length === changes.length ? changes : sums;
  const allNumbers = trimmed.every((cell) => !Number.isNaN(parseNumber(cell)));
  if (allNumbers) {
    notices.push({
      code: 'numeric-header',
      message: `The first line holds only numbers (${trimmed.slice(0, 3).join(', ')}…): is the header missing? Its values are taken as column names.`,
      line,
    });
  }
  return { names, notices };
}

/**
 * The first of `name (2)`, `name (3)`... that no header cell has.
 *
 * @param lastNumber by name: the search goes on from it, for 20,000 columns may share one name
 */
function nextFree(
  name: string,
  taken: ReadonlySet<string>,
  reserved: ReadonlySet<string>,
  lastNumber: Map<string, number>,
): string {
  for (let i = (lastNumber.get(name) ?? 1) + 1; ; i++) {
    const candidate = `${name} (${i})`;
    if (taken.has(candidate) || reserved.has(candidate)) continue;
    lastNumber.set(name, i);
    return candidate;
  }
}

/** The changes of a sort, or one notice for all of them. */
function summed(changes: readonly Notice[], code: 'empty-header' | 'duplicate-header'): Notice[] {
  const those = changes.filter((change) => change.code === code);
  if (those.length <= MOST_SAID) return those;
  const [{ column: first, line }, last] = [those[0]!, those.at(-1)!.column];
  const why = code === 'empty-header' ? 'have no name in the header' : 'have a name that the header repeats';
  return [
    {
      code,
      message: `${those.length} columns ${why}; they are called "${first}" to "${last}".`,
      count: those.length,
      ...(line === undefined ? {} : { line }),
    },
  ];
}

function renamed(cell: string, name: string, index: number, line: number): Notice {
  return cell === ''
    ? {
        code: 'empty-header',
        message: `Column ${index + 1} has no name in the header; it is called "${name}".`,
        column: name,
        line,
      }
    : {
        code: 'duplicate-header',
        message: `The header names "${cell}" more than once; column ${index + 1} is called "${name}".`,
        column: name,
        line,
      };
}
