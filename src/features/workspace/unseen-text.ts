/** Rows with values that the model does not know, said once they are scored. */
import type { MappingReport } from '../../core/model/mapping.ts';
import { formatCount, formatCountOf } from '../../design/format.ts';
import type { WorkspaceState } from '../../state/workspace-store.ts';

/** More of a column, or more columns, would hide the sentence in its list; the panel of the inputs has them all. */
const SHOWN = 3;

/** The sentence for the scores of the current model; null without such scores, and when the model knows every value. */
export function unseenInScores({
  choices,
  scoring,
  mapping,
}: Pick<WorkspaceState, 'choices' | 'scoring' | 'mapping'>): string | null {
  if (scoring.scoresId === null || choices.scoreColumn !== null || mapping === null) return null;
  return unseenText(mapping);
}

/**
 * "1,024 rows hold values that the model does not know: Job = “Freelance”." Rows of several columns are counted one column
 * at a time, since the same row may stand under each. Null when there are none.
 */
export function unseenText({ unseen, notices }: Pick<MappingReport, 'unseen' | 'notices'>): string | null {
  const columns = unseen.map(({ feature, column, values }) => {
    const unlisted = notices.find(
      (notice) => notice.code === 'unseen-values-cut' && notice.column === column,
    );
    const listed = values.reduce((sum, { count }) => sum + count, 0);
    const isWhole = unlisted === undefined && values.length <= SHOWN;
    const shown = values.slice(0, SHOWN).map(({ value }) => `“${value}”`);
    return {
      text: `${feature} = ${shown.join(', ')}${isWhole ? '' : ' and others'}`,
      rows: listed + (unlisted?.count ?? 0),
    };
  });
  const [first] = columns;
  if (first === undefined) return null;
  if (columns.length === 1)
    return `${formatCountOf(first.rows, 'row holds a value', 'rows hold values')} that the model does not know: ${first.text}.`;
  const shown = columns.slice(0, SHOWN).map(({ text, rows }) => `${text} (${formatCountOf(rows, 'row')})`);
  const more =
    columns.length <= SHOWN ? '' : `; and of ${formatCountOf(columns.length - SHOWN, 'further column')}`;
  return `${formatCount(columns.length)} columns hold values that the model does not know: ${shown.join('; ')}${more}.`;
}
