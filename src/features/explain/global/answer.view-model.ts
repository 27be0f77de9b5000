/** The sentence that opens the page: which features move the score most on these rows, by how much, and their share. */
import type { ExplanationPlan, GlobalExplanation } from '../../../core/explain/explanation.ts';
import type { SplitDefinition } from '../../../core/table/target.ts';
import { formatCount, formatCountOf, formatList, formatRate } from '../../../design/format.ts';
import { type AnswerPart, explainedRows } from '../words.ts';
import type { GlobalRun } from './global-run.ts';
import type { ImportanceRow, ImportanceView } from './importance.view-model.ts';
import { openText } from './sampling-words.ts';

export interface AnswerFacts extends Pick<GlobalExplanation, 'sampling'> {
  readonly view: ImportanceView;
  readonly features: ExplanationPlan['features'];
  readonly rowCount: number;
  /** Rows that were to be explained; more than `rowCount` while it goes on, and after a cancel. */
  readonly totalRows: number;
  /** Rows that the question is about: more than `totalRows` where a sample of them is explained. */
  readonly askedRows: number;
  readonly state: GlobalRun['status'];
  readonly over: 'all' | 'judged';
  readonly split: SplitDefinition | null;
}

const plain = (text: string): AnswerPart => ({ text, tone: 'plain' });
const strong = (text: string): AnswerPart => ({ text, tone: 'strong' });
const quiet = (text: string): AnswerPart => ({ text, tone: 'quiet' });

/** As many features are named as move the score, at most three. */
export function globalAnswer(facts: AnswerFacts): readonly AnswerPart[] {
  const { view } = facts;
  const first = view.rows.slice(0, 3).filter(({ meanAbsolute }) => meanAbsolute > 0);
  if (first.length === 0)
    return [...where(facts), plain('no feature moves the score: every contribution is 0.')];
  const moved =
    first.length === 1 ? [strong(first[0]!.name), plain(' alone moves the score: by ')] : named(first);
  return [...where(facts), ...moved, ...weights(first, view), ...certainty(facts)];
}

function where(facts: AnswerFacts): readonly AnswerPart[] {
  const { rowCount, totalRows, askedRows, state, over, split } = facts;
  const isSample = totalRows < askedRows;
  if (state === 'done') {
    const rows = explainedRows(isSample ? askedRows : rowCount, over, split);
    const sample = isSample ? [plain('a sample of '), strong(formatCount(rowCount)), plain(' of ')] : [];
    return [plain('Over '), ...sample, plain(rows), plain(', ')];
  }
  const part = `${formatCount(rowCount)} of ${formatCountOf(totalRows, isSample ? 'sampled row' : 'row')}`;
  if (state === 'running') return [plain('So far, over '), strong(part), plain(', ')];
  const end = state === 'cancelled' ? 'where it was cancelled' : 'where it stopped';
  return [plain('Over '), strong(part), plain(`, ${end}, `)];
}

function named(rows: readonly ImportanceRow[]): readonly AnswerPart[] {
  const parts = rows.flatMap(({ name }, i): AnswerPart[] => {
    const before = i === 0 ? [] : [plain(i === rows.length - 1 ? ' and ' : ', ')];
    return [...before, strong(name)];
  });
  return [...parts, plain(' move the score most: by ')];
}

function weights(rows: readonly ImportanceRow[], { rows: all, unit }: ImportanceView): readonly AnswerPart[] {
  const sizes = formatList(rows.map(({ text }) => text));
  const onAverage = [strong(sizes), plain(` in ${unit === 'log-odds' ? unit : `the ${unit}`} on average`)];
  if (rows.length === 1) return [...onAverage, plain('.')];
  const share = rows.reduce((sum, row) => sum + row.share, 0);
  return [
    ...onAverage,
    plain(', together '),
    strong(formatRate(share)),
    plain(` of what all ${formatCountOf(all.length, 'feature')} move it.`),
  ];
}

function certainty({ view, sampling, features }: AnswerFacts): readonly AnswerPart[] {
  if (sampling === null) return [];
  const [first] = view.rows;
  if (first === undefined || first.errorText === null)
    return sampling.end === 'enumerated' ? [] : [quiet(' An estimate by sampling.')];
  const open = openText(sampling, features);
  const estimate = ` An estimate, for ${first.name} ± ${first.errorText}`;
  return [quiet(open === null ? `${estimate}.` : `${estimate}; ${open}.`)];
}
