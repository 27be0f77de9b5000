/** The mapping report in the words and lists of the page. */
import type { InputBinding, MappingReport } from '../../core/model/mapping.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { Roles } from '../../core/table/roles.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { formatCount } from '../../design/format.ts';
import { roledColumns } from './table-choices.ts';

export interface MappingProblem {
  /** "3 of its 13 inputs have no column". */
  readonly title: string;
  readonly items: readonly string[];
  readonly advice: string;
  /** fail: stops scoring; warn: weakens the scores; info: worth knowing. */
  readonly tone: 'fail' | 'warn' | 'info';
}

/**
 * Everything that stands between the model and a score, then what is only worth knowing; one entry a kind, items one by
 * one.
 * @param joined columns that were joined: that the model does not know them is no news
 */
export function mappingProblems(
  report: MappingReport,
  joined: ReadonlySet<string> = new Set(),
): readonly MappingProblem[] {
  const { bindings, missing, mistyped, unseen } = report;
  // While the order is open every column is without an input, which says nothing.
  const extra = isWaitingForOrder(report) ? [] : report.extra.filter((column) => !joined.has(column));
  const problems: MappingProblem[] = [
    {
      title: `${formatCount(missing.length)} of ${formatCount(bindings.length)} inputs ${missing.length === 1 ? 'has' : 'have'} no column`,
      items: missing,
      advice: 'Choose a column for each below, or open the table that this model was made for.',
      tone: 'fail',
    },
    {
      title: `${formatCount(mistyped.length)} ${mistyped.length === 1 ? 'input takes' : 'inputs take'} another type than the column has`,
      items: mistyped.map(
        ({ feature, column, expected, found }) =>
          `${feature} takes ${expected === 'string' ? 'text' : `a ${expected}`}; “${column}” is ${found}`,
      ),
      advice: 'Change the column’s type in the column table, or choose another column below.',
      tone: 'fail',
    },
    {
      title: `${formatCount(unseen.length)} ${unseen.length === 1 ? 'column holds' : 'columns hold'} values that the model does not know`,
      items: unseen.flatMap(({ feature, values }) =>
        values.map(
          ({ value, count }) =>
            `${feature} = “${value}”: ${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`,
        ),
      ),
      advice: 'These rows are scored, but the model knows nothing about the value.',
      tone: 'warn',
    },
    {
      title: `${formatCount(extra.length)} ${extra.length === 1 ? 'column feeds' : 'columns feed'} no input`,
      items: extra,
      advice: `${extra.length === 1 ? 'It is' : 'They are'} not used. Was the model made for another version of this table?`,
      tone: 'info',
    },
  ];
  return problems.filter(({ items }) => items.length > 0);
}

/** Whether the model has no names for its inputs and the order of their columns is still open. */
export function isWaitingForOrder({ needsOrderConsent, bindings }: MappingReport): boolean {
  return needsOrderConsent && bindings.every(({ how }) => how === 'none');
}

/**
 * One sentence on why this model cannot score this table yet, and what to do; null when it can.
 * @param offered columns of the table that could feed a model without names
 */
export function misfitText(
  report: MappingReport,
  model: string,
  table: string,
  offered: number,
): string | null {
  const { ready, bindings, missing, mistyped } = report;
  if (ready) return null;
  const width = isWaitingForOrder(report) ? orderedCount(report) : 0;
  if (width > offered)
    return `${model} takes ${formatCount(width)} columns by position, ${table} has ${formatCount(offered)} that could feed it. Open the table that the model was made for, or another model.`;
  if (missing.length > 0 && missing.length * 2 >= bindings.length) {
    return `${model} was not made for ${table}: ${lackText(bindings.length, missing.length)}. Open the table that it was made for, or another model.`;
  }
  if (missing.length + mistyped.length > 0)
    return `${model} does not fit ${table} yet: decide below on ${missing.length + mistyped.length} of its ${bindings.length} inputs.`;
  return `${model} does not name its inputs: look at the order of the columns below and confirm it.`;
}

/** "its one input has no column here", "none of its 13 inputs has a column here", "only 1 of its 13 inputs has one". */
function lackText(inputs: number, missing: number): string {
  if (inputs === 1) return 'its one input has no column here';
  if (missing === inputs) return `none of its ${formatCount(inputs)} inputs has a column here`;
  const bound = inputs - missing;
  return `only ${formatCount(bound)} of its ${formatCount(inputs)} inputs ${bound === 1 ? 'has' : 'have'} a column here`;
}

/** "by name", "chosen", "by order" for a bound input; '' for one without a column. */
export function bindingText({ how, feature, column }: InputBinding): string {
  if (how === 'user') return 'chosen';
  if (how === 'order') return 'by order';
  if (how === 'name') return feature === column ? 'by name' : 'by similar name';
  return '';
}

/** How many inputs only an order can bind: those of a matrix without names. 0 when the model leaves the width open. */
export function orderedCount({ bindings, missing }: MappingReport): number {
  const lacking = new Set(missing);
  return bindings.filter(({ how, feature }) => how === 'order' || (how === 'none' && !lacking.has(feature)))
    .length;
}

/**
 * The column that a model without names lacks because it was guessed to be the target: as a feature it would give the
 * table exactly the columns that the model takes. Null when that is not so.
 */
export function columnInTheWay(
  table: TableSummary,
  model: ModelSummary,
  report: MappingReport,
  roles: Roles,
): string | null {
  const width = isWaitingForOrder(report) ? orderedCount(report) : 0;
  const guessed = table.columns.find(
    ({ name, guessedRole }) => guessedRole === 'target' && roles[name] === 'target',
  );
  if (width === 0 || guessed === undefined) return null;
  const { [guessed.name]: _target, ...others } = roles;
  const isFull = (having: Roles): boolean => proposedOrder(table, model, having, 0).length === width;
  return !isFull(roles) && isFull(others) ? guessed.name : null;
}

/**
 * The order that is proposed for a model without names: the columns without a role in file order, numbers first choice
 * when the model takes numbers only; cut to the model's width when it states one.
 * @param width 0 = the model leaves it open
 */
export function proposedOrder(
  table: TableSummary,
  model: ModelSummary,
  roles: Roles,
  width: number,
): readonly string[] {
  const roled = new Set(roledColumns(roles));
  const numbersOnly = model.inputs.every(({ kind }) => kind !== 'string');
  const columns = table.columns
    .filter(({ name, kind }) => !roled.has(name) && (!numbersOnly || kind === 'number'))
    .map(({ name }) => name);
  return width === 0 ? columns : columns.slice(0, width);
}
