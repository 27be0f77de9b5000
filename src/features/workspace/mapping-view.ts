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
  /** A problem stops scoring; a remark does not. */
  readonly stops: boolean;
}

/** Everything that stands between the model and a score, then what is only worth knowing; one entry a kind, items one by one. */
export function mappingProblems(report: MappingReport): readonly MappingProblem[] {
  const { bindings, missing, mistyped, unseen, extra } = report;
  const problems: MappingProblem[] = [
    {
      title: `${formatCount(missing.length)} of ${formatCount(bindings.length)} inputs ${missing.length === 1 ? 'has' : 'have'} no column`,
      items: missing,
      advice: 'Choose a column for each below, or open the table that this model was made for.',
      stops: true,
    },
    {
      title: `${formatCount(mistyped.length)} ${mistyped.length === 1 ? 'input takes' : 'inputs take'} another type than the column has`,
      items: mistyped.map(
        ({ feature, column, expected, found }) =>
          `${feature} takes ${expected === 'string' ? 'text' : `a ${expected}`}; “${column}” is ${found}`,
      ),
      advice: 'Change the column’s type in the column table, or choose another column below.',
      stops: true,
    },
    {
      title: `${formatCount(unseen.length)} ${unseen.length === 1 ? 'column holds' : 'columns hold'} values that the model has never seen`,
      items: unseen.flatMap(({ feature, values }) =>
        values.map(
          ({ value, count }) =>
            `${feature} = “${value}”: ${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`,
        ),
      ),
      advice: 'These rows are scored, but the model knows nothing about the value.',
      stops: false,
    },
    {
      title: `${formatCount(extra.length)} ${extra.length === 1 ? 'column feeds' : 'columns feed'} no input`,
      items: extra,
      advice: 'They are not used. Was the model made for another version of this table?',
      stops: false,
    },
  ];
  return problems.filter(({ items }) => items.length > 0);
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
