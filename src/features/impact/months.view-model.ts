import type {
  ImpactMonth,
  PredictedImpact,
  RealisedImpact,
  RealisedMonth,
} from '../../core/impact/impact-figures.ts';
import { standingOf } from '../../core/impact/impact-verdicts.ts';
import { promiseBehind, promisedNet } from '../../core/impact/promised-net.ts';
import type { ImpactViewMonth } from './impact-view.ts';

/** Months of the judged rows against the band that their own mean gives. */
export function predictedMonths(
  { months, perDecision }: PredictedImpact,
  floor: number,
): readonly ImpactViewMonth[] {
  return months.map((month) =>
    viewMonth(month, 'predicted', month.rows, promisedNet(perDecision, month.rows), floor),
  );
}

/**
 * Months as they turned out; one without any outcome stands where the promise puts it: the one that the other months were
 * held to, for kept figures may be of another threshold or scenario than the page's.
 */
export function realisedMonths(
  { months, total }: RealisedImpact,
  { perDecision }: PredictedImpact,
  floor: number,
): readonly ImpactViewMonth[] {
  const promise = promiseBehind(total.promised, total.known, perDecision.rows) ?? perDecision;
  return months.map((month) =>
    month.known === 0
      ? promisedMonth(month, promisedNet(promise, month.rows))
      : viewMonth(month, 'realised', month.known, month.promised, floor),
  );
}

function viewMonth(
  money: ImpactMonth,
  kind: ImpactViewMonth['kind'],
  known: number,
  promised: ImpactViewMonth['promised'],
  floor: number,
): ImpactViewMonth {
  const standing = standingOf({ ...money, known, promised });
  const { month, rows, prevented, spent, missed, net, roi } = money;
  return {
    ...{ month, kind, rows, known, prevented, spent, missed, net, roi, promised, standing },
    isBelowBand: standing === 'below',
    isBelowFloor: standing !== 'open' && roi < floor,
  };
}

function promisedMonth(
  { month, rows }: RealisedMonth,
  promised: ImpactViewMonth['promised'],
): ImpactViewMonth {
  const notKnown = Number.NaN;
  return {
    ...{ month, kind: 'predicted', rows, known: 0, net: promised.net, promised, standing: 'open' },
    ...{ prevented: notKnown, spent: notKnown, missed: notKnown, roi: notKnown },
    isBelowBand: false,
    isBelowFloor: false,
  };
}
