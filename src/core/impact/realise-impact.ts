import type { Scenario } from '../money/scenario.ts';
import { inSlices, type Sliced, stage } from '../sliced.ts';
import type { Table } from '../table/column.ts';
import type { DecisionPromise, OutcomesReading, RealisedFigures, RealisedImpact } from './impact-figures.ts';
import { ImpactTally, TALLY_SLICE_ROWS, type Valuation, valueAt } from './impact-tally.ts';
import { MonthTallies } from './month-tallies.ts';
import { type KnownOutcomes, outcomesById } from './outcomes-by-id.ts';
import { checkThreshold } from './predict-impact.ts';
import { promisedNet } from './promised-net.ts';
import { stakeOf, valuationOf, worthOfLoss } from './scenario-valuation.ts';

/** The decisions: scored rows of a table, with their scores. */
export interface LoggedDecisions {
  readonly table: Table;
  /** Row indexes of the table. */
  readonly rows: Uint32Array;
  /** One per decision; NaN = none: never flagged. */
  readonly scores: Float64Array;
  /** One per decision: 1 positive, 0 negative, -1 none, as the table labels it. */
  readonly labels: Int8Array;
  readonly amountColumns: readonly string[];
  /** One per decision for each of `amountColumns`. */
  readonly amounts: readonly Float64Array[];
}

export interface OutcomesQuestion {
  readonly outcomes: Table;
  readonly reading: OutcomesReading;
  readonly scenario: Scenario;
  readonly threshold: number;
  readonly promise: DecisionPromise;
}

/**
 * What became of the decisions: outcomes joined by id, money by the scenario (or by what was really lost), month by month
 * beside what was promised.
 *
 * A decision is flagged when its score reaches the threshold. Money and counts are over decisions whose outcome is known, each
 * with its share of the fixed cost; `rows` counts all of them. With an amount column a positive row loses
 *
 *     lost:       that amount                recovered: max(0, all that was at stake - that amount)
 *
 * in place of the scenario's loss, prevented when it was flagged and missed when not (in retention times the save rate, for no
 * contact keeps everyone); rows without the number keep the scenario's.
 * What a flagged row would have lost is never observed where flagging stops it: prevented money is then what the scenario
 * says of it.
 *
 * @returns yields progress in rows of both tables. O(rows of both tables)
 * @throws {DataError} `column-missing` | `invalid-scenario` | `invalid-argument` (threshold is NaN, or a column of the reading
 *   has the wrong type) | `join-key` (no id of the outcomes is one of the table)
 */
export function* realiseImpact(
  decisions: LoggedDecisions,
  { outcomes, reading, scenario, threshold, promise }: OutcomesQuestion,
): Sliced<RealisedImpact> {
  checkThreshold(threshold);
  const count = decisions.rows.length;
  const total = decisions.table.rowCount + outcomes.rowCount + count;
  const known = yield* stage(outcomesById(decisions, outcomes, reading), 0, total - count, total);
  const tallied = tallyDecisions(decisions, { outcomes, reading, scenario, threshold, promise }, known);
  const { all, months, undated, relabelled } = yield* stage(tallied, total - count, total, total);
  const figures = all.figures(promise);
  return {
    format: 'cutline-impact-1',
    outcomesName: outcomes.name,
    threshold,
    currency: scenario.currency,
    total: figures,
    spending: all.known.spending(),
    months: months.ascending().map(({ month, tally }) => ({ month, ...tally.figures(promise) })),
    ...known.counts,
    withoutOutcome: figures.rows - figures.known,
    undated,
    relabelled,
  };
}

function* tallyDecisions(
  decisions: LoggedDecisions,
  { reading, scenario, threshold, promise }: OutcomesQuestion,
  known: KnownOutcomes,
) {
  const valuation = valuationOf(scenario, decisions.amountColumns, decisions.amounts, promise.rows);
  const lossOf = lossReader(scenario, decisions, reading, known.amounts);
  const all = new RealisedTally(valuation);
  const months = new MonthTallies(() => new RealisedTally(valuation));
  let [undated, relabelled] = [0, 0];
  yield* inSlices(
    decisions.rows.length,
    (start, end) => {
      for (let i = start; i < end; i++) {
        const outcome = known.outcomes[i]!;
        const label = decisions.labels[i]!;
        if (label >= 0 && outcome >= 0 && label !== outcome) relabelled++;
        const isFlagged = decisions.scores[i]! >= threshold;
        const loss = outcome === 1 ? lossOf(i) : Number.NaN;
        all.add(i, isFlagged, outcome, loss);
        if (known.dates === null) continue;
        const month = months.at(known.dates[i]!);
        if (month === null) undated++;
        else month.add(i, isFlagged, outcome, loss);
      }
    },
    TALLY_SLICE_ROWS,
  );
  return { all, months, undated, relabelled };
}

/** Decisions of one month: all are counted, money is of the known ones. */
class RealisedTally {
  readonly known: ImpactTally;
  #rows = 0;

  constructor(valuation: Valuation) {
    this.known = new ImpactTally(valuation);
  }

  /** @param outcome 1 positive, 0 negative, -1 not known */
  add(row: number, isFlagged: boolean, outcome: number, loss: number): void {
    this.#rows++;
    if (outcome >= 0) this.known.add(row, isFlagged, outcome === 1, loss);
  }

  figures(promise: DecisionPromise): RealisedFigures {
    const known = this.known.rows;
    return { ...this.known.money(), rows: this.#rows, known, promised: promisedNet(promise, known) };
  }
}

/** The loss of a positive decision by the outcomes file; NaN = as the scenario has it. */
function lossReader(
  scenario: Scenario,
  { amountColumns, amounts }: LoggedDecisions,
  { amount }: OutcomesReading,
  stated: Float64Array | null,
): (index: number) => number {
  if (amount === null || stated === null) return () => Number.NaN;
  const stake = stakeOf(scenario, amountColumns);
  const share = worthOfLoss(scenario);
  if (amount.meaning === 'lost') return (index) => share * stated[index]!;
  return (index) => share * Math.max(0, valueAt(stake, amounts, index) - stated[index]!);
}
