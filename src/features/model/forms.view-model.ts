/** Two forms of one model side by side: what can be chosen, what the comparison says, and its rows. */
import type { TableTwin } from '../../charts/table-twin.ts';
import type { BesideForm } from '../../contracts/saved-state.ts';
import type { MappingChoices, MappingReport } from '../../core/model/mapping.ts';
import { modelFeatures } from '../../core/model/model-features.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { CauseCode, FormComparison, LikelyCause } from '../../core/parity/form-comparison.ts';
import { scoreLikeColumns } from '../../core/table/golden-column.ts';
import type { Roles } from '../../core/table/roles.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import {
  formatCount,
  formatCountOf,
  formatMetric,
  formatRate,
  formatThreshold,
  formatValue,
} from '../../design/format.ts';
import { madeOf } from './made-of.ts';
import type { AnswerPart } from './model-answer.view-model.ts';
import { differenceText } from './words.ts';

/** The other form, as a choice. */
export type OtherForm =
  | { readonly kind: 'model'; readonly id: string; readonly name: string }
  | { readonly kind: 'column'; readonly id: string; readonly name: string };

/** What was chosen to stand beside the model, as a link carries it. */
export function asBesideForm({ kind, id, name }: OtherForm): BesideForm {
  return kind === 'model' ? { kind, id } : { kind, column: name };
}

/** The form that a link or the user chose among those there are; null when it is not there, or none was chosen. */
export function chosenForm(forms: readonly OtherForm[], chosen: BesideForm | null): OtherForm | null {
  if (chosen === null) return null;
  return (
    forms.find((form) =>
      chosen.kind === 'model'
        ? form.kind === 'model' && form.id === chosen.id
        : form.kind === 'column' && form.name === chosen.column,
    ) ?? null
  );
}

/** Ids of models are hashes and those of columns begin with this, so that no name is taken for a model. */
const COLUMN = 'column ';

/**
 * What the current model can be laid beside, the likeliest first: the column that it should reproduce, the other open
 * models, further number columns in [0, 1].
 *
 * @param golden the column that it should reproduce; null without one
 */
export function otherForms(
  model: ModelSummary,
  models: readonly ModelSummary[],
  table: TableSummary | null,
  roles: Roles,
  fed: ReadonlySet<string>,
  golden: string | null,
): readonly OtherForm[] {
  const columns = table === null ? [] : scoreLikeColumns(table.columns, roles, fed);
  const asColumn = (name: string): OtherForm => ({ kind: 'column', id: COLUMN + name, name });
  return [
    ...(golden === null ? [] : [asColumn(golden)]),
    ...models
      .filter(({ id }) => id !== model.id)
      .map(({ id, name }): OtherForm => ({ kind: 'model', id, name })),
    ...columns.filter((name) => name !== golden).map(asColumn),
  ];
}

/**
 * The columns that the inputs of another form take when they have no names and no order was given: those of the current
 * model, one by one, since converters keep the order and lose the names. Null when its inputs have names, an order is
 * there, or the two take different numbers of columns. It is a proposal: only the user can know.
 */
export function borrowedOrder(
  other: ModelSummary,
  choices: MappingChoices,
  report: MappingReport | null,
): readonly string[] | null {
  const features = modelFeatures(other, choices);
  const isNamed = features.length > 0 && features.every(({ named }) => named);
  if (report === null || choices.order !== null || isNamed) return null;
  const columns = report.bindings.flatMap(({ column }) => (column === null ? [] : [column]));
  const fits = columns.length === report.bindings.length && columns.length > 0;
  return fits && (features.length === 0 || features.length === columns.length) ? columns : null;
}

const plain = (text: string): AnswerPart => ({ text, tone: 'plain' });
const strong = (text: string): AnswerPart => ({ text, tone: 'strong' });

/** The verdict as a sentence: how many rows differ, by how much, and which decisions change. */
export function comparisonSentence(comparison: FormComparison): readonly AnswerPart[] {
  const { rows, differing, maxDifference, tolerance, verdict } = comparison;
  if (rows === 0) return [plain('No row has a score in both forms, so there is nothing to compare.')];
  const said =
    verdict === 'equal'
      ? [
          plain('The two forms agree on '),
          strong(rows === 1 ? 'the one row' : `all ${formatCountOf(rows, 'row')}`),
          plain(
            `: the largest difference is ${differenceText(maxDifference)}, within ${differenceText(tolerance)}.`,
          ),
        ]
      : [
          plain('The two forms differ on '),
          strong(`${formatCount(differing)} of ${formatCountOf(rows, 'row')}`),
          plain(' by up to '),
          strong(differenceText(maxDifference)),
          plain(decisionsClause(comparison)),
        ];
  return [...said, plain(alone(comparison))];
}

/** The same for two models of their own: what they are made of, and how far they rank and decide alike. */
export function differenceSentence(
  comparison: FormComparison,
  left: ModelSummary,
  right: ModelSummary,
): readonly AnswerPart[] {
  return [
    strong('These are different models, not two forms of one'),
    plain(`: ${madeOf(left)} beside ${madeOf(right)}. Rank correlation `),
    strong(formatMetric(comparison.rankCorrelation)),
    plain('; the scores differ by up to '),
    strong(differenceText(comparison.maxDifference)),
    plain(decisionsClause(comparison)),
    plain(alone(comparison)),
  ];
}

function decisionsClause({ decisions }: FormComparison): string {
  if (decisions === null) return '.';
  const changed = decisions.leftOnly + decisions.rightOnly;
  const at = formatThreshold(decisions.threshold);
  if (changed === 0) return `; no decision at ${at} changes.`;
  return `; ${formatCount(changed)} ${changed === 1 ? 'decision' : 'decisions'} at ${at} ${changed === 1 ? 'changes' : 'change'}.`;
}

function alone({ scoredInOne }: FormComparison): string {
  if (scoredInOne === 0) return '';
  return ` ${formatCountOf(scoredInOne, 'row has', 'rows have')} a score in one form only.`;
}

const CAUSE_TITLES: Record<CauseCode, string> = {
  'base-score': 'The base score was lost',
  'tree-weights': 'The weights of the trees were lost',
  averaging: 'Trees are summed in one form and averaged in the other',
  sigmoid: 'The slope of the sigmoid was lost',
  'zero-as-missing': 'Zeros count as missing in one form only',
  'missing-as-zero': 'Missing values count as zeros in one form only',
  'float32-input': 'Inputs are rounded to float32 in one form only',
  'feature-order': 'The columns are in another order',
  'class-order': 'The score is that of the other class',
  'margin-not-probability': 'One form is a margin, not a probability',
  'rounded-scores': 'One form was rounded',
  unknown: 'No known cause explains the difference',
};

/** A cause in a few words. */
export function causeTitle(code: CauseCode): string {
  return CAUSE_TITLES[code];
}

export interface CauseLine {
  readonly cause: LikelyCause;
  /** What putting it right proves; '' where nothing is known, or a later cause says it for both. */
  readonly proof: string;
}

/**
 * The causes with what is left once they are put right: "Put right: 100.0 % of the differing rows become equal; at most
 * 2.1e−9 is left." The figures of a later cause are those with all before it put right as well; they are said there, since
 * half of a correction alone often makes no row equal.
 */
export function causeLines(causes: readonly LikelyCause[]): readonly CauseLine[] {
  return causes.map((cause, i) => ({
    cause,
    proof: causes.slice(i + 1).some(({ explained }) => explained !== null)
      ? ''
      : causeProof(cause, i === 0 ? 'Put right' : i === 1 ? 'Both put right' : 'All put right'),
  }));
}

function causeProof({ explained, residual }: LikelyCause, once: string): string {
  const parts = [
    explained === null ? '' : `${formatRate(explained)} of the differing rows become equal`,
    residual === null ? '' : `at most ${differenceText(residual)} is left`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${once}: ${parts.join('; ')}.`;
}

export interface WorstRow {
  /** Data row from 1, as in error messages. */
  readonly row: string;
  readonly left: string;
  readonly right: string;
  readonly difference: string;
}

/** The rows that differ most, the largest first. */
export function worstRows({ worst }: FormComparison): readonly WorstRow[] {
  return worst.map(({ row, left, right }) => ({
    row: formatCount(row + 1),
    left: formatThreshold(left, 6),
    right: formatThreshold(right, 6),
    difference: differenceText(Math.abs(left - right)),
  }));
}

/** How many of the compared rows the picture shows. */
export function drawnText({ points, rows }: FormComparison): string {
  const drawn = points.rows.length;
  return drawn === rows
    ? `All ${formatCountOf(rows, 'row')}`
    : `${formatCount(drawn)} of ${formatCountOf(rows, 'row')}, every kind of difference among them`;
}

/** The picture's points as a table. */
export function comparisonTwin({ points, left, right }: FormComparison): TableTwin {
  const { rows } = points;
  return {
    columns: [
      { name: 'Row', values: Float64Array.from(rows, (row) => row + 1), format: (row) => formatCount(row) },
      { name: left, values: points.left, format: (value) => formatValue(value) },
      {
        name: right === left ? `${right} (other form)` : right,
        values: points.right,
        format: (value) => formatValue(value),
      },
      {
        name: 'Difference',
        values: Float64Array.from(points.left, (value, i) => value - points.right[i]!),
        format: differenceText,
      },
    ],
  };
}
