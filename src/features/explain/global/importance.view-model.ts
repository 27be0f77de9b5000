/** Global importance as it is drawn and listed: features by mean |SHAP|, the largest first. */
import type { TableTwin } from '../../../charts/table-twin.ts';
import type { GlobalExplanation } from '../../../core/explain/explanation.ts';
import { formatChange, formatCountOf, formatRate, formatValue } from '../../../design/format.ts';
import { formatOfScale, unitText } from '../words.ts';

export interface ImportanceRow {
  /** Position of the feature in the plan. */
  readonly feature: number;
  readonly name: string;
  /** Column of the table that feeds it. */
  readonly column: string;
  /** mean |φ| over the explained rows, in the space of the plan. */
  readonly meanAbsolute: number;
  /** mean φ: above 0 when it raises the score of these rows more than it lowers it. */
  readonly mean: number;
  /** Of the sum of mean |φ| over all features; NaN when that is 0. */
  readonly share: number;
  /** mean |φ| in the scale of the picture. */
  readonly text: string;
  /** Standard error of mean |φ|; null where it is exact. */
  readonly standardError: number | null;
  /** The error with one digit; null where there is none. */
  readonly errorText: string | null;
  /** What stands behind the bar: "0.103 ± 0.007". */
  readonly label: string;
  /** Length of the bar as a share of the longest. */
  readonly length: number;
}

export interface ImportanceView {
  /** "log-odds", "margin" or "score". */
  readonly unit: string;
  readonly rows: readonly ImportanceRow[];
  /** Features whose contribution is 0 on every row. */
  readonly unused: number;
}

/** Features of equal weight stand in the order of the model. */
export function importanceView({ plan, meanAbsolute, mean, standardErrors }: Shown): ImportanceView {
  const total = meanAbsolute.reduce((sum, value) => sum + value, 0);
  const order = plan.features.map((_, feature) => feature);
  order.sort((a, b) => meanAbsolute[b]! - meanAbsolute[a]! || a - b);
  const largest = meanAbsolute[order[0] ?? 0] ?? 0;
  const format = formatOfScale(largest);
  const rows = order.map((feature): ImportanceRow => {
    const size = meanAbsolute[feature]!;
    const text = format(size);
    const standardError = standardErrors?.[feature] ?? null;
    const errorText = errorTextOf(standardError);
    return {
      ...{ feature, meanAbsolute: size, mean: mean[feature]!, text, standardError, errorText },
      label: errorText === null ? text : `${text} ± ${errorText}`,
      ...plan.features[feature]!,
      share: total > 0 ? size / total : Number.NaN,
      length: largest > 0 ? size / largest : 0,
    };
  });
  return {
    unit: unitText(plan),
    rows,
    unused: rows.filter(({ meanAbsolute: size }) => size === 0).length,
  };
}

type Shown = Pick<GlobalExplanation, 'plan' | 'meanAbsolute' | 'mean' | 'standardErrors'>;

/** One digit says how far a figure can be trusted. */
function errorTextOf(error: number | null): string | null {
  return error === null || Number.isNaN(error) ? null : formatValue(Number(error.toPrecision(1)));
}

/** Bars that are drawn at first. */
export const FIRST_BARS = 20;

/**
 * The rows that are drawn: the 20 largest, or all.
 *
 * @param showsAll also those beyond the twentieth
 */
export function drawnRows({ rows }: ImportanceView, showsAll: boolean): readonly ImportanceRow[] {
  return showsAll ? rows : rows.slice(0, FIRST_BARS);
}

/**
 * What the features beyond the drawn ones come to; null when all are drawn.
 *
 * @param showsAll as in {@link drawnRows}
 */
export function othersText({ rows, unit }: ImportanceView, showsAll: boolean): string | null {
  const others = showsAll ? [] : rows.slice(FIRST_BARS);
  if (others.length === 0) return null;
  const share = others.reduce((sum, row) => sum + row.share, 0);
  const sum = others.reduce((total, { meanAbsolute }) => total + meanAbsolute, 0);
  const size = `${formatValue(sum)} in ${unit === 'log-odds' ? unit : `the ${unit}`}`;
  const text = `${formatCountOf(others.length, 'other feature')}, mean |SHAP| added up: ${size}`;
  return Number.isNaN(share) ? `${text}.` : `${text}, ${formatRate(share)} of all.`;
}

/** What the hover box says of a feature: the same numbers as the table twin. */
export function hoverLines(row: ImportanceRow, unit: string): readonly (readonly [string, string])[] {
  return [
    [`mean |SHAP|, ${unit}`, formatValue(row.meanAbsolute)],
    ...(row.standardError === null ? [] : [['standard error', formatValue(row.standardError)] as const]),
    [`mean SHAP, ${unit}`, formatChange(row.mean, formatValue)],
    ['share of the weight', formatRate(row.share)],
    ...(row.column === row.name ? [] : [['column', row.column] as const]),
  ];
}

/** Every feature with its exact numbers; the mean of the signed values is the direction. */
export function importanceTwin({ rows, unit }: ImportanceView): TableTwin {
  const columns = rows.map(({ column }) => column);
  const isEstimated = rows.some(({ standardError }) => standardError !== null);
  const isRenamed = rows.some(({ name, column }) => name !== column);
  return {
    columns: [
      { name: 'Feature', values: rows.map(({ name }) => name) },
      ...(isRenamed ? [{ name: 'Column', values: columns }] : []),
      {
        name: `Mean |SHAP|, ${unit}`,
        values: rows.map(({ meanAbsolute }) => meanAbsolute),
        format: (value) => formatValue(value),
      },
      ...(isEstimated
        ? [
            {
              name: `Standard error, ${unit}`,
              values: rows.map(({ standardError }) => standardError ?? Number.NaN),
              format: (value: number) => formatValue(value),
            },
          ]
        : []),
      {
        name: `Mean SHAP, ${unit}`,
        values: rows.map(({ mean }) => mean),
        format: (value) => formatChange(value, formatValue),
      },
      { name: 'Share', values: rows.map(({ share }) => share), format: (value) => formatRate(value) },
    ],
  };
}

/** The picture's message for those who do not see it. */
export function importanceMessage({ rows, unit }: ImportanceView): string {
  const [first, ...others] = rows.slice(0, 3).filter(({ meanAbsolute }) => meanAbsolute > 0);
  if (first === undefined) return 'No feature moves the score.';
  const rest = others.map(({ name, label }) => `${name} ${label}`).join(', ');
  const lead = `Mean absolute SHAP of ${formatCountOf(rows.length, 'feature')} in ${unit}. ${first.name} is the largest, ${first.label}`;
  return rest === '' ? `${lead}.` : `${lead}; then ${rest}.`;
}
