import type {
  ImpactMonth,
  PredictedImpact,
  RealisedImpact,
  RealisedMonth,
} from '../../core/impact/impact-figures.ts';
import { standingOf } from '../../core/impact/impact-verdicts.ts';
import { promiseBehind, promisedNet } from '../../core/impact/promised-net.ts';
import type { ImpactViewMonth } from './impact-view.ts';

/**
 * Months of the judged rows, with the band of what as many decisions give. They are the rows behind that very promise, so
 * they are held to none.
 */
export function predictedMonths(
  months: readonly ImpactMonth[],
  promise: PredictedImpact['perDecision'],
): readonly ImpactViewMonth[] {
  return months.map((money) => ({
    ...viewMoney(money),
    ...{ kind: 'predicted', known: money.rows, promised: bandOnly(promisedNet(promise, money.rows)) },
    ...{ standing: 'open', isBelowBand: false, isBelowFloor: false },
  }));
}

/**
 * Months as they turned out; one without any outcome stands where the promise puts it: the one that the other months were
 * held to, for kept figures may be of another threshold or scenario than the page's.
 *
 * @param page the page's promise, for where no month was held to one
 */
export function realisedMonths(
  { months, total }: RealisedImpact,
  page: PredictedImpact['perDecision'],
  floor: number,
): readonly ImpactViewMonth[] {
  const promise = promiseBehind(total.promised, total.known, page.rows) ?? page;
  return months.map((month) =>
    month.known === 0
      ? promisedMonth(month, promisedNet(promise, month.rows))
      : viewMonth(month, month.known, month.promised, floor),
  );
}

function viewMonth(
  money: ImpactMonth,
  known: number,
  promised: ImpactViewMonth['promised'],
  floor: number,
): ImpactViewMonth {
  const standing = standingOf({ ...money, known, promised });
  return {
    ...viewMoney(money),
    ...{ kind: 'realised', known, promised, standing },
    isBelowBand: standing === 'below',
    isBelowFloor: standing !== 'open' && money.roi < floor,
  };
}

function viewMoney({ month, rows, prevented, spent, missed, net, roi }: ImpactMonth) {
  return { month, rows, prevented, spent, missed, net, roi };
}

function bandOnly({ low, high }: ImpactViewMonth['promised']): ImpactViewMonth['promised'] {
  return { net: Number.NaN, low, high };
}

function promisedMonth(
  { month, rows }: RealisedMonth,
  promised: ImpactViewMonth['promised'],
): ImpactViewMonth {
  const notKnown = Number.NaN;
  return {
    ...{ month, kind: 'predicted', rows, known: 0, net: promised.net, standing: 'open' },
    ...{ prevented: notKnown, spent: notKnown, missed: notKnown, roi: notKnown },
    promised: bandOnly(promised),
    isBelowBand: false,
    isBelowFloor: false,
  };
}
