/** What sampling came to, in words. */
import type {
  ExplanationPlan,
  GlobalExplanation,
  GlobalSampling,
} from '../../../core/explain/explanation.ts';
import { formatCount } from '../../../design/format.ts';

type Features = ExplanationPlan['features'];

/** "the order of Income and Job is open"; null when no order is. */
export function openText({ open }: GlobalSampling, features: Features): string | null {
  if (open === null) return null;
  const [first, second] = open.map((feature) => features[feature]!.name);
  return `the order of ${first} and ${second} is open`;
}

/** How sampling ended: "sampled: the order of the top five settled after 437,856 predictions". */
export function samplingEnd(
  { end, predictions, ...outcome }: GlobalSampling,
  { features }: Pick<GlobalExplanation['plan'], 'features'>,
): string {
  const asked = `${formatCount(predictions)} predictions`;
  const open = openText({ end, predictions, ...outcome }, features);
  if (end === 'enumerated') {
    const exact = `exact on the explained rows: all coalitions were asked, ${asked}`;
    return open === null ? exact : `${exact}; over all rows ${open}`;
  }
  if (end === 'unfinished') return `sampled: ${asked} so far`;
  if (end === 'budget') {
    const stopped = `sampled: stopped at the budget, ${asked}`;
    return open === null ? stopped : `${stopped}; ${open}`;
  }
  const settled = `sampled: the order of the top five settled after ${asked}`;
  return open === null ? settled : `${settled} on the explained rows; over all rows ${open}`;
}
