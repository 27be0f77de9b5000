/** An open model in the words of the workspace. */
import type { ViewState } from '../../contracts/saved-state.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { GateReport } from '../../core/parity/gate-report.ts';
import type { ModelCheck } from '../../core/sanity/model-check.ts';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { championOf } from './open-decision.ts';

/** "LightGBM text (v4), 13 inputs". */
export function modelDetail(model: ModelSummary): string {
  const inputs = model.inputs.reduce((sum, { columns }) => sum + (columns ?? 0), 0);
  return `${model.formatName}, ${inputs === 0 ? 'width left open' : formatCountOf(inputs, 'input')}`;
}

/** "160 trees, at most 8 deep"; what is inside, where it could be told; '' where not. */
export function insideText({ trees, core }: ModelSummary): string {
  if (trees !== null)
    return `${formatCountOf(trees.treeCount, 'tree')}, at most ${formatCount(trees.maxDepth)} deep`;
  return core === 'linear' ? 'a linear model' : '';
}

/** The part of a model among the open ones: the one in use, or one that is measured against it. */
export function modelBadge(choices: ViewState, id: string): 'Champion' | 'Challenger' {
  return championOf(choices) === id ? 'Champion' : 'Challenger';
}

/** What scored the rows, and how it is known that it does so rightly. */
export function engineText(engine: string | null, gate: GateReport | null, tableRows: number): string {
  if (gate === null || gate.rows === 0) return `Scored by ${gate?.engineName ?? engine ?? 'the model'}`;
  return gate.engine === 'kernel'
    ? `Scored by ${gate.engineName}, equal to ${gate.referenceName} on ${gate.rows === tableRows ? 'all ' : ''}${formatCountOf(gate.rows, 'row')}`
    : `Scored by ${gate.engineName}`;
}

const OUTCOMES: readonly (readonly [ModelCheck['verdict'], (count: number) => string])[] = [
  ['pass', (count) => (count === 1 ? 'passes' : 'pass')],
  ['warn', (count) => (count === 1 ? 'warns' : 'warn')],
  ['fail', (count) => (count === 1 ? 'fails' : 'fail')],
  ['not-enough-data', (count) => (count === 1 ? 'lacks data' : 'lack data')],
];

/** "Model checks: 9 pass, 1 warns". */
export function checksText(checks: readonly ModelCheck[]): string {
  const counted = OUTCOMES.map(([verdict, verb]) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    return count === 0 ? '' : `${formatCount(count)} ${verb(count)}`;
  }).filter((text) => text !== '');
  return `Model checks: ${counted.join(', ')}`;
}

/** The gravest of the verdicts; too few rows counts for less than a pass, since it says nothing. */
export function worstVerdict(checks: readonly ModelCheck[]): 'pass' | 'warn' | 'fail' | 'too-few' {
  const has = (verdict: ModelCheck['verdict']): boolean => checks.some((check) => check.verdict === verdict);
  if (has('fail')) return 'fail';
  if (has('warn')) return 'warn';
  return has('pass') ? 'pass' : 'too-few';
}
