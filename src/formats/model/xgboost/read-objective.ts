import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import type { Link } from '../../../core/trees/tree-ensemble.ts';
import { childOf, type DocumentNode, textOf } from './document-node.ts';

/** How base_score, which is written as users gave it, becomes a margin. */
type BaseTransform = 'logit' | 'log' | 'none';

/** What an objective means for scoring. */
export interface XgboostObjective {
  /** In XGBoost's words: `binary:logistic`. */
  readonly name: string;
  readonly link: Link;
  readonly base: BaseTransform;
  /** Two classes told apart by one margin; otherwise the file's num_class holds. */
  readonly isBinary: boolean;
  readonly notices: readonly Notice[];
}

type Rule = Pick<XgboostObjective, 'link' | 'base' | 'isBinary'> & { readonly notice?: string };

const identity: Rule = { link: { kind: 'identity' }, base: 'none', isBinary: false };
const exponential: Rule = { link: { kind: 'exponential' }, base: 'log', isBinary: false };
const logistic: Rule = { link: { kind: 'logistic', slope: 1 }, base: 'logit', isBinary: true };
const softmax: Rule = { link: { kind: 'softmax' }, base: 'none', isBinary: false };

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['binary:logistic', logistic],
  ['reg:logistic', { ...logistic, isBinary: false }],
  [
    'binary:logitraw',
    {
      ...identity,
      base: 'logit',
      notice:
        'The objective binary:logitraw returns margins (log-odds), not probabilities. For probabilities, set the objective to binary:logistic and save the model again.',
    },
  ],
  [
    'binary:hinge',
    {
      ...identity,
      notice:
        'The objective binary:hinge returns 0 or 1 in XGBoost. Here the scores are its margins, which rank the rows; above 0 stands for 1.',
    },
  ],
  ['multi:softprob', softmax],
  [
    'multi:softmax',
    {
      ...softmax,
      notice:
        'The objective multi:softmax returns the number of the best class in XGBoost. Here the scores are the probabilities of the classes, as multi:softprob returns them.',
    },
  ],
  ['count:poisson', exponential],
  ['reg:gamma', exponential],
  ['reg:tweedie', exponential],
  ['survival:cox', exponential],
  ['survival:aft', exponential],
  ['reg:squarederror', identity],
  ['reg:linear', identity],
  ['reg:squaredlogerror', identity],
  ['reg:pseudohubererror', identity],
  ['reg:absoluteerror', identity],
  ['reg:quantileerror', identity],
  ['rank:pairwise', identity],
  ['rank:ndcg', identity],
  ['rank:map', identity],
]);

/**
 * What the objective of the learner means for scoring.
 *
 * @param learner the document's `learner`
 * @throws {FormatError} `unsupported-type` naming an objective whose scores are not known here
 * Source: XGBoost 3.1, PredTransform and ProbToMargin of each objective.
 */
export function readObjective(learner: DocumentNode): XgboostObjective {
  const name = textOf(childOf(childOf(learner, 'objective'), 'name'));
  const rule = rules.get(name);
  if (rule === undefined) {
    throw new FormatError(
      'unsupported-type',
      `${learner.file} was trained with the objective ${name}, whose scores this version does not know.`,
      {
        place: { file: learner.file },
        advice: 'Score the rows where the model runs, and bring the score column.',
      },
    );
  }
  const { link, base, isBinary, notice } = rule;
  const notices = notice === undefined ? [] : [{ code: 'objective-output', message: notice }];
  return { name, link, base, isBinary, notices };
}
