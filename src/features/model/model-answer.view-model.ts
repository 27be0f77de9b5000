/** The sentence that opens the model page: what the model is, what scores with it, and what its checks say. */

import type { MappingChoices } from '../../core/model/mapping.ts';
import { modelFeatures } from '../../core/model/model-features.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import type { GateReport } from '../../core/parity/gate-report.ts';
import type { ModelCheck } from '../../core/sanity/model-check.ts';
import { formatCount, formatCountOf, formatList } from '../../design/format.ts';
import { comparedRows, differenceText } from './words.ts';

/** A piece of the sentence; strong ones hold its numbers, quiet ones their uncertainty. */
export interface AnswerPart {
  readonly text: string;
  readonly tone: 'plain' | 'strong' | 'quiet';
}

/** Another form of the model that gives other scores. */
export interface DifferingForm {
  readonly name: string;
  readonly comparison: Pick<FormComparison, 'rows' | 'differing' | 'maxDifference'>;
}

export interface AnswerFacts {
  readonly model: ModelSummary;
  readonly mapping: MappingChoices;
  /** Rows of the open table; null without one. */
  readonly tableRows: number | null;
  /** The column that the scores come from instead of the model; null = the model. */
  readonly scoreColumn: string | null;
  readonly isScored: boolean;
  /** What scored the rows, as far as it is known. */
  readonly engineName: string | null;
  readonly gate: GateReport | null;
  /** Null while they are not known. */
  readonly checks: readonly ModelCheck[] | null;
  /** The form beside it that does not agree; null when none is known. */
  readonly differing: DifferingForm | null;
}

const plain = (text: string): AnswerPart => ({ text, tone: 'plain' });
const strong = (text: string): AnswerPart => ({ text, tone: 'strong' });
const quiet = (text: string): AnswerPart => ({ text, tone: 'quiet' });

/** Pieces in order; each sentence ends with a full stop and a space. */
export function modelAnswer(facts: AnswerFacts): readonly AnswerPart[] {
  return [
    ...insideParts(facts),
    ...engineParts(facts),
    ...checksParts(facts.checks),
    ...differingParts(facts.differing),
  ];
}

const NAMES: Record<ModelSummary['format'], string> = {
  lightgbm: 'LightGBM',
  xgboost: 'XGBoost',
  onnx: 'ONNX',
};

function insideParts({ model, mapping }: AnswerFacts): readonly AnswerPart[] {
  const features = modelFeatures(model, mapping).length;
  const over = features === 0 ? plain(' over columns still to be named. ') : plain(' over ');
  const columns = features === 0 ? [] : [strong(formatCountOf(features, 'column')), plain('. ')];
  return [strong(NAMES[model.format]), plain(' with '), insideOf(model), over, ...columns];
}

function insideOf({ core, trees, operators }: ModelSummary): AnswerPart {
  if (core === 'trees' && trees !== null) return strong(formatCountOf(trees.treeCount, 'tree'));
  if (core === 'linear') return strong('a linear model');
  const steps = operators.reduce((sum, { count }) => sum + count, 0);
  return strong(formatCountOf(steps, 'operator'));
}

function engineParts(facts: AnswerFacts): readonly AnswerPart[] {
  const { scoreColumn, tableRows, isScored, gate, engineName } = facts;
  if (tableRows === null) return [plain('No table is open for it to score.')];
  if (scoreColumn !== null)
    return [
      plain('The scores in use come from the column '),
      strong(scoreColumn),
      plain(', not from this model.'),
    ];
  if (!isScored) return [plain('It has not scored this table yet.')];
  if (gate === null) return [plain(`Its scores come from ${engineName ?? 'the model itself'}. `)];
  if (gate.engine === 'reference')
    return [plain('Its scores come from the reference, '), strong(gate.engineName), plain('. ')];
  return [
    plain('Its scores come from the fast kernel, equal to the reference on '),
    strong(comparedRows(gate.rows, tableRows)),
    ...(gate.maxDifference === null
      ? []
      : [
          quiet(
            gate.maxDifference === 0
              ? ' (to the last digit)'
              : ` (within ${differenceText(gate.maxDifference)})`,
          ),
        ]),
    plain('. '),
  ];
}

function checksParts(checks: readonly ModelCheck[] | null): readonly AnswerPart[] {
  if (checks === null || checks.length === 0) return [];
  const titles = (verdict: ModelCheck['verdict']): readonly string[] =>
    checks.filter((check) => check.verdict === verdict).map(({ title }) => `“${title}”`);
  const [passed, failed, warned, open] = [
    titles('pass'),
    titles('fail'),
    titles('warn'),
    titles('not-enough-data'),
  ];
  if (passed.length === checks.length)
    return [strong(`All ${formatCount(checks.length)}`), plain(' checks pass. ')];
  const clauses = [
    failed.length === 0
      ? ''
      : `${failed.length === 1 ? 'one fails' : `${formatCount(failed.length)} fail`}: ${formatList(failed)}`,
    warned.length === 0
      ? ''
      : `${warned.length === 1 ? 'one needs' : `${formatCount(warned.length)} need`} a look: ${formatList(warned)}`,
    open.length === 0
      ? ''
      : `${formatCount(open.length)} ${open.length === 1 ? 'lacks' : 'lack'} the data to tell`,
  ].filter((clause) => clause !== '');
  return [
    strong(`${formatCount(passed.length)} of ${formatCount(checks.length)}`),
    plain(` checks ${passed.length === 1 ? 'passes' : 'pass'}; ${clauses.join('; ')}. `),
  ];
}

/** Said at the top too: checks of one file alone cannot see that its conversion is another model. */
function differingParts(form: DifferingForm | null): readonly AnswerPart[] {
  if (form === null) return [];
  const { rows, differing, maxDifference } = form.comparison;
  return [
    plain('But it '),
    strong('differs'),
    plain(` from ${form.name} on `),
    strong(`${formatCount(differing)} of ${formatCountOf(rows, 'row')}`),
    plain(`, by up to ${differenceText(maxDifference)}.`),
  ];
}
