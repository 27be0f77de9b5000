import type { Notice } from '../../../core/table/summary.ts';
import type { Link } from '../../../core/trees/tree-ensemble.ts';

/** What an objective makes of the margins. */
export interface Objective {
  readonly link: Link;
  /** As in TreeEnsemble: 0 when the model does not tell classes apart. */
  readonly classCount: number;
  readonly notices: readonly Notice[];
}

const identity: Link = { kind: 'identity' };
const exponential: Link = { kind: 'exponential' };

/** Objectives with one output whose prediction is a number, not a class. */
const numberLinks: ReadonlyMap<string, Link> = new Map<string, Link>([
  ...['regression', 'regression_l2', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'].map(
    (name) => [name, identity] as const,
  ),
  ...['lambdarank', 'rank_xendcg'].map((name) => [name, identity] as const),
  ...['poisson', 'gamma', 'tweedie'].map((name) => [name, exponential] as const),
]);

/**
 * Reads the objective's own words (`binary sigmoid:0.7`, `multiclass num_class:3`, `regression sqrt`).
 *
 * An objective that is not known here, or none (the user's own function), leaves the margins as they are and says so.
 *
 * @param text        null when the file names none
 * @param outputCount trees per iteration
 * @returns a text that says what is wrong when objective and outputs cannot belong together
 * Source: LightGBM 4.6, ConvertOutput and ToString of the files in src/objective.
 */
export function readObjective(text: string | null, outputCount: number): Objective | string {
  const [name = '', ...parameters] = (text ?? '').trim().split(/\s+/);
  if (name === 'multiclass' || name === 'softmax') {
    if (outputCount < 2) return `the objective "${name}" needs 2 classes or more, and there is 1`;
    return { link: { kind: 'softmax' }, classCount: outputCount, notices: [] };
  }
  const slope = slopeOf(parameters);
  if (slope === null) return 'the "sigmoid" of the objective is no positive number';
  if (name === 'multiclassova') {
    if (outputCount < 2) return `the objective "${name}" needs 2 classes or more, and there is 1`;
    return { link: { kind: 'logistic', slope }, classCount: outputCount, notices: [] };
  }
  const one = singleOutput(name, parameters, slope);
  if (one === null) return unknownObjective(name, outputCount);
  return outputCount === 1 ? one : `the objective "${name}" has 1 output, and the file has ${outputCount}`;
}

function singleOutput(name: string, parameters: readonly string[], slope: number): Objective | null {
  if (name === 'binary') return { link: { kind: 'logistic', slope }, classCount: 2, notices: [] };
  if (name === 'cross_entropy' || name === 'xentropy') {
    return { link: { kind: 'logistic', slope: 1 }, classCount: 2, notices: [] };
  }
  const link = numberLinks.get(name);
  if (link === undefined) return null;
  const isSquared = link === identity && parameters.includes('sqrt');
  return { link: isSquared ? { kind: 'signed-square' } : link, classCount: 0, notices: [] };
}

/** `sigmoid:0.7` -> 0.7; 1 when it is not said; null when it is no positive number. */
function slopeOf(parameters: readonly string[]): number | null {
  const said = parameters.find((parameter) => parameter.startsWith('sigmoid:'));
  if (said === undefined) return 1;
  const slope = Number(said.slice('sigmoid:'.length).trim() || Number.NaN);
  return slope > 0 && Number.isFinite(slope) ? slope : null;
}

function unknownObjective(name: string, outputCount: number): Objective {
  const what =
    name === '' || name === 'custom' || name === 'none'
      ? 'The file does not say what turns its sums into scores (the objective was a function of your own)'
      : `The objective "${name}" is not known to Cutline`;
  return {
    link: identity,
    classCount: outputCount > 1 ? outputCount : 0,
    notices: [
      { code: 'raw-margins', message: `${what}, so the scores are the plain sums of the trees (raw_score).` },
    ],
  };
}
