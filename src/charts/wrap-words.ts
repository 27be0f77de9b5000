import { labelWidth } from './label-placement.ts';

/**
 * Picture text broken at spaces into lines of at most `width` px; a single word that is wider, such as a file name,
 * is cut where the line ends.
 *
 * @returns no lines for a text without words
 */
export function wrapWords(text: string, width: number): readonly string[] {
  const most = Math.max(1, Math.floor(width / labelWidth('x')));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length <= most) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [];
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}
