import { roiOf } from '../money/money-of.ts';
import type { CellValues, LinearValue } from '../money/value-model.ts';
import { SLICE_ROWS } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { ImpactMoney, SpendingPart } from './impact-figures.ts';

/** A row is tallied twice, in its month and in the total: about four times the work of the passes that slices are sized for. */
export const TALLY_SLICE_ROWS = SLICE_ROWS / 4;

/** What a decided row is worth, by its cell: benefit, loss, and each kind of cost by itself. */
export interface Valuation {
  readonly benefit: CellValues;
  readonly missed: LinearValue;
  readonly costs: readonly { readonly label: string; readonly values: CellValues }[];
  /** Columns that the values take their amounts from, one number per row; NaN and infinities count as 0. */
  readonly amounts: readonly Float64Array[];
  /** Of one decision, >= 0. */
  readonly fixedCost: number;
}

/** The value of one row: constant + perAmount x amount; an amount that is missing or not judged is 0. */
export function valueAt(value: LinearValue, amounts: readonly Float64Array[], row: number): number {
  if (value.perAmount === 0) return value.constant;
  const amount = amounts[value.amount]?.[row] ?? 0;
  return Number.isFinite(amount) ? value.constant + value.perAmount * amount : value.constant;
}

const PREVENTED = 0;
const MISSED = 1;
const FIRST_COST = 2;

/** Running money of some decisions; sums are compensated, and memory does not grow with the rows. */
export class ImpactTally {
  rows = 0;
  #flagged = 0;
  #caught = 0;
  #positives = 0;
  #mean = 0;
  #squares = 0;
  readonly #valuation: Valuation;
  readonly #sums: Float64Array;

  constructor(valuation: Valuation) {
    this.#valuation = valuation;
    this.#sums = runningSums(FIRST_COST + valuation.costs.length);
  }

  /**
   * Counts one decision.
   * @param row its index into the amounts
   * @param loss of a positive row, in place of the scenario's benefit and missed loss; NaN = as the scenario has it
   */
  add(row: number, isFlagged: boolean, isPositive: boolean, loss: number): void {
    const { benefit, missed, costs, amounts } = this.#valuation;
    const cell = isFlagged
      ? isPositive
        ? 'flagPositive'
        : 'flagNegative'
      : isPositive
        ? 'passPositive'
        : 'passNegative';
    const isKnownLoss = isPositive && !Number.isNaN(loss);
    const gained = isKnownLoss && isFlagged ? loss : valueAt(benefit[cell], amounts, row);
    let net = gained;
    addCompensated(this.#sums, PREVENTED, gained);
    if (cell === 'passPositive')
      addCompensated(this.#sums, MISSED, isKnownLoss ? loss : valueAt(missed, amounts, row));
    for (let kind = 0; kind < costs.length; kind++) {
      const cost = valueAt(costs[kind]!.values[cell], amounts, row);
      addCompensated(this.#sums, FIRST_COST + kind, cost);
      net -= cost;
    }
    this.#count(isFlagged, isPositive, net);
  }

  /** @param net without the fixed cost, which is the same for every row */
  #count(isFlagged: boolean, isPositive: boolean, net: number): void {
    this.rows++;
    if (isFlagged) this.#flagged++;
    if (isPositive) this.#positives++;
    if (isFlagged && isPositive) this.#caught++;
    // Welford's recurrence: the squares of the values themselves would cancel.
    const step = net - this.#mean;
    this.#mean += step / this.rows;
    this.#squares += step * (net - this.#mean);
  }

  /** Standard deviation of the net value of one decision (n - 1); NaN with fewer than two. */
  deviation(): number {
    return this.rows < 2 ? Number.NaN : Math.sqrt(this.#squares / (this.rows - 1));
  }

  /** The money so far, all of it times `scale`, counts too. ROI does not depend on the scale. */
  money(scale = 1): ImpactMoney {
    const prevented = compensatedTotal(this.#sums, PREVENTED);
    const spent = this.#spent();
    return {
      rows: scale * this.rows,
      flagged: scale * this.#flagged,
      caught: scale * this.#caught,
      missedPositives: scale * (this.#positives - this.#caught),
      prevented: scale * prevented,
      spent: scale * spent,
      missed: scale * compensatedTotal(this.#sums, MISSED),
      net: scale * (prevented - spent),
      roi: roiOf(prevented - spent, spent),
    };
  }

  /** What was spent by kind, the fixed cost last; kinds that cost nothing are left out. Sums to `money(scale).spent`. */
  spending(scale = 1): readonly SpendingPart[] {
    const { costs, fixedCost } = this.#valuation;
    const parts = costs.map(({ label }, kind) => ({
      label,
      amount: scale * compensatedTotal(this.#sums, FIRST_COST + kind),
    }));
    return [...parts, { label: 'Fixed cost', amount: scale * fixedCost * this.rows }].filter(
      ({ amount }) => amount !== 0,
    );
  }

  #spent(): number {
    const { costs, fixedCost } = this.#valuation;
    let spent = fixedCost * this.rows;
    for (let kind = 0; kind < costs.length; kind++) spent += compensatedTotal(this.#sums, FIRST_COST + kind);
    return spent;
  }
}
