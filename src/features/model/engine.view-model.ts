/** What scored the rows, how that was proven, and how fast it is, as lines of facts. */
import type { ModelSummary } from '../../core/model/signature.ts';
import type { GateReport } from '../../core/parity/gate-report.ts';
import type { LatencyReport } from '../../core/sanity/model-check.ts';
import { formatCount, formatCountOf, formatRowsPerSecond } from '../../design/format.ts';
import type { VerdictKind } from '../../design/Verdict.tsx';
import { comparedRows, differenceText, latencyText } from './words.ts';

export interface FactLine {
  readonly name: string;
  readonly value: string;
}

export interface EngineFacts {
  readonly gate: GateReport | null;
  readonly engineName: string | null;
  readonly rowsPerSecond: number | null;
  readonly restored: boolean;
  /** Rows of the table that was scored; null when not known. */
  readonly tableRows: number | null;
}

/** The lines of the engine panel; what was not measured is left out, or said where it would be missed. */
export function engineLines({
  gate,
  engineName,
  rowsPerSecond,
  restored,
  tableRows,
}: EngineFacts): readonly FactLine[] {
  const speed =
    rowsPerSecond === null
      ? restored
        ? 'scores were kept in this browser'
        : null
      : formatRowsPerSecond(rowsPerSecond);
  const lines: (FactLine | null)[] = [
    { name: 'Scored by', value: gate?.engineName ?? engineName ?? 'not known' },
    gate === null || gate.rows === 0 ? null : { name: 'Reference', value: gate.referenceName },
    ...(gate === null || gate.rows === 0 ? [] : comparedLines(gate, tableRows)),
    speed === null ? null : { name: 'Speed', value: speed },
  ];
  return lines.filter((line) => line !== null);
}

function comparedLines(
  { rows, maxDifference, tolerance, flipped }: GateReport,
  tableRows: number | null,
): readonly FactLine[] {
  const difference = maxDifference === null ? 'not defined' : differenceText(maxDifference);
  return [
    { name: 'Compared', value: comparedRows(rows, tableRows) },
    { name: 'Largest difference', value: `${difference} (limit ${differenceText(tolerance)})` },
    {
      name: 'Decisions that flip',
      value: flipped === 0 ? 'none, at any threshold' : `${formatCountOf(flipped, 'row')}, at some threshold`,
    },
  ];
}

/** How far the plain evaluation may lie from the library's own scores in the tests of the readers (`golden.test.ts`). */
const TESTED_WITHIN = { lightgbm: ['LightGBM', 1e-10], xgboost: ['XGBoost', 1e-6] } as const;

/** What the reference of a model is, and why it can be one: a sentence or two. */
export function referenceText(format: ModelSummary['format']): string {
  if (format === 'onnx') return 'The reference is ONNX Runtime, which runs the file as it is.';
  const [library, within] = TESTED_WITHIN[format];
  return `The reference is Cutline’s plain evaluation of this file’s trees, one by one as ${library} defines them. It is tested against ${library}’s own scores: on the reference data the two differ by at most ${differenceText(within)}.`;
}

/** The gate's verdict in one word with its icon; null when nothing was compared. */
export function gateVerdict(
  gate: GateReport | null,
): { readonly kind: VerdictKind; readonly word: string } | null {
  if (gate === null || gate.rows === 0) return null;
  return gate.engine === 'kernel'
    ? { kind: 'pass', word: 'Equal to the reference' }
    : { kind: 'warn', word: 'Reference used' };
}

export interface LatencyRow {
  readonly what: string;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
}

/** One line for a row alone, one for a thousand at once. */
export function latencyRows({ oneRow, thousandRows }: LatencyReport): readonly LatencyRow[] {
  return [['1 row', oneRow] as const, [`${formatCount(1000)} rows`, thousandRows] as const].map(
    ([what, { p50, p95, p99 }]) => ({
      what,
      p50: latencyText(p50),
      p95: latencyText(p95),
      p99: latencyText(p99),
    }),
  );
}

/** How often each was timed. */
export function latencyRuns({ oneRow, thousandRows }: LatencyReport): string {
  return `${formatCountOf(oneRow.runs, 'run')} on one row, ${formatCount(thousandRows.runs)} on a thousand.`;
}
