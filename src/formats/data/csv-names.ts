import { parseNumber } from '../../core/table/parse-number.ts';
import type { Notice } from '../../core/table/summary.ts';

/**
 * Column names from header cells: trimmed; an empty one becomes `column 3`, a repeated one `x (2)`. Every change is a notice.
 *
 * @param line of the header in the file, from 1
 */
export function columnNames(header: readonly string[], line: number): { names: string[]; notices: Notice[] } {
  const notices: Notice[] = [];
  const trimmed = header.map((cell) => cell.trim());
  const taken = new Set<string>();
  const reserved = new Set(trimmed);
  const names = trimmed.map((cell, index) => {
    const wanted = cell === '' ? `column ${index + 1}` : cell;
    const free = cell === '' ? !reserved.has(wanted) && !taken.has(wanted) : !taken.has(wanted);
    const name = free ? wanted : nextFree(wanted, taken, reserved);
    taken.add(name);
    if (name !== cell) notices.push(renamed(cell, name, index, line));
    return name;
  });
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

/** The first of `name (2)`, `name (3)`... that no header cell has. */
function nextFree(name: string, taken: ReadonlySet<string>, reserved: ReadonlySet<string>): string {
  for (let i = 2; ; i++) {
    const candidate = `${name} (${i})`;
    if (!taken.has(candidate) && !reserved.has(candidate)) return candidate;
  }
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
