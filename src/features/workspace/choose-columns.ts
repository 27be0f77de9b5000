/** Choosing some columns of a table that is too large to be read whole. */
import type { TableOutline } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { formatBytes, formatCount } from '../../design/format.ts';

export interface ColumnChoiceView {
  readonly columns: TableOutline['columns'];
  /** Bytes of the chosen columns. */
  readonly bytes: number;
  readonly fits: boolean;
  /** "12 of 480 columns, 1.2 GB of at most 2.0 GB". */
  readonly text: string;
  /** 0..1 and above: of what one table may take. */
  readonly share: number;
}

/** The columns whose name holds the text, and what the chosen ones come to. */
export function columnChoiceView(
  outline: TableOutline,
  chosen: ReadonlySet<string>,
  search: string,
): ColumnChoiceView {
  const text = search.trim().toLowerCase();
  const bytes = outline.columns.reduce(
    (sum, { name, byteLength }) => (chosen.has(name) ? sum + byteLength : sum),
    0,
  );
  const { maxTableBytes } = outline;
  return {
    columns: outline.columns.filter(({ name }) => name.toLowerCase().includes(text)),
    bytes,
    fits: chosen.size > 0 && bytes <= maxTableBytes,
    text: `${formatCount(chosen.size)} of ${formatCount(outline.columns.length)} columns, about ${formatBytes(bytes)} of at most ${formatBytes(maxTableBytes)}`,
    share: bytes / maxTableBytes,
  };
}

/** Columns of the file that a model takes by name; empty for a model without names, or one that fits another table. */
export function columnsForModel(outline: TableOutline, model: ModelSummary): readonly string[] {
  const wanted = new Set(model.featureNames ?? model.inputs.map(({ name }) => name));
  return outline.columns.map(({ name }) => name).filter((name) => wanted.has(name));
}

/** The first columns in the file's order that fit together: a choice to start from. */
export function firstThatFit({ columns, maxTableBytes }: TableOutline): readonly string[] {
  const names: string[] = [];
  let bytes = 0;
  for (const { name, byteLength } of columns) {
    bytes += byteLength;
    if (bytes > maxTableBytes) break;
    names.push(name);
  }
  return names;
}
