import { type FlaggedValue, flaggedValue, valueWhen } from '../money/flagged-value.ts';
import { roiOf } from '../money/money-of.ts';
import { lowestTie, NET_TIE } from '../money/net-scan.ts';
import type { ValueModel } from '../money/value-model.ts';
import { classGains } from './money-rules.ts';
import type { PickMoney } from './pick-thresholds.ts';
import type { RankedScores } from './ranked-scores.ts';

/** Net value and ROI of weighted rows, brought to the scale of all judged rows. */
export class ReplicateMoney {
  readonly #ranked: RankedScores;
  readonly #benefit: FlaggedValue;
  readonly #cost: FlaggedValue;
  readonly #fixedCost: number;

  /** @param scale what a sum over these rows is multiplied by: `scaleOf(model, judged rows) x judged rows / these rows` */
  constructor(ranked: RankedScores, model: ValueModel, scale: number) {
    this.#ranked = ranked;
    this.#benefit = flaggedValue(ranked, model.benefit, scale);
    this.#cost = flaggedValue(ranked, model.cost, scale);
    this.#fixedCost = model.fixedCost;
  }

  /** Net value when the first `flagged` thresholds are flagged. */
  netWhen(flagged: number): number {
    const benefit = valueWhen(this.#benefit, this.#ranked, flagged);
    return benefit - valueWhen(this.#cost, this.#ranked, flagged) - this.#fixedCost;
  }

  /** Return on what is spent then; NaN when nothing is. */
  roiWhen(flagged: number): number {
    return roiOf(this.netWhen(flagged), valueWhen(this.#cost, this.#ranked, flagged) + this.#fixedCost);
  }

  /**
   * What the rules on money read, with the net values written into `buffer`. The best threshold is that of `scanNet`,
   * by the same margin for ties.
   */
  picks(model: ValueModel, buffer: Float64Array): PickMoney {
    const thresholds = this.#ranked.threshold.length;
    const net = buffer.subarray(0, thresholds);
    let greatest = thresholds === 0 ? -1 : 0;
    for (let i = 0; i < thresholds; i++) {
      net[i] = this.netWhen(i + 1);
      if (net[i]! > net[greatest]!) greatest = i;
    }
    const margin = NET_TIE * this.#turnover(thresholds);
    return {
      scan: {
        net,
        best: lowestTie(net, greatest, NET_TIE * this.#turnover(greatest + 1)),
        flagNobody: this.netWhen(0),
      },
      gains: classGains(this.#ranked, model),
      margin,
    };
  }

  #turnover(flagged: number): number {
    const benefit = Math.abs(valueWhen(this.#benefit, this.#ranked, flagged));
    return benefit + Math.abs(valueWhen(this.#cost, this.#ranked, flagged)) + this.#fixedCost;
  }
}
