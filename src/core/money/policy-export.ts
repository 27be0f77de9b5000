import type { RecalibrationMethod } from '../metrics/calibration-figures.ts';
import { drain, type Sliced } from '../sliced.ts';
import type { BandDesign } from './bands.ts';
import type { DecisionPolicy, GoldenDecision, PolicyExport } from './decision-policy.ts';
import { type RawAndJudged, rawCutOff } from './policy-cut-offs.ts';
import { pickGoldenRows } from './policy-golden-rows.ts';
import { canonicalJson } from './policy-json.ts';
import { policySql } from './policy-sql.ts';

/** What was chosen on screen; the cut-offs on raw scores follow from the rows. */
export type ChosenPolicy = Omit<DecisionPolicy, 'format' | 'rawThreshold' | 'bands' | 'judgedRows'> & {
  readonly recalibration: RecalibrationMethod | null;
  readonly bands: BandDesign | null;
};

/** The judged rows of a policy, in the order of the file. */
export interface PolicyRows extends RawAndJudged {
  /** Position in the data file of each judged row. */
  readonly rows: Uint32Array;
  /** Name of the id column; null without one. */
  readonly idColumn: string | null;
  /** Text of the id column at a position in the data file; null without one. */
  readonly idAt: (row: number) => string | null;
}

/**
 * A policy with its proof: cut-offs on the raw score and 50 golden rows with what is decided about them, as JSON and SQL.
 * The decisions are the core's: flag when score >= threshold; decline from `high`, refer from `low`, else approve; a row
 * without a score is passed and approved. Decided on the judged (recalibrated) scores, while the SQL decides on raw ones:
 * the check compares two ways. O(n); yields progress in rows.
 *
 * @throws {DataError} `invalid-argument` when recalibration turned rows round (see rawCutOff)
 */
export function* exportPolicySliced(chosen: ChosenPolicy, judged: PolicyRows): Sliced<PolicyExport> {
  const { threshold, bands } = chosen;
  const policy: DecisionPolicy = {
    ...chosen,
    format: 'cutline-policy-1',
    rawThreshold: rawCutOff(judged, threshold),
    bands:
      bands === null
        ? null
        : { ...bands, rawLow: rawCutOff(judged, bands.low), rawHigh: rawCutOff(judged, bands.high) },
    judgedRows: judged.rows.length,
  };
  const cutOffs = [
    policy.rawThreshold,
    ...(policy.bands === null ? [] : [policy.bands.rawLow, policy.bands.rawHigh]),
  ];
  const picked = yield* pickGoldenRows(judged.raw, cutOffs);
  const goldenRows = picked.map((at) => goldenDecision(chosen, judged, at));
  return {
    policy,
    goldenRows,
    json: canonicalJson({ policy, goldenRows }),
    sql: policySql(policy, goldenRows, judged.idColumn),
  };
}

/** `exportPolicySliced` in one go. */
export function exportPolicy(chosen: ChosenPolicy, judged: PolicyRows): PolicyExport {
  return drain(exportPolicySliced(chosen, judged));
}

function goldenDecision(
  { threshold, bands }: ChosenPolicy,
  { rows, raw, judged, idAt }: PolicyRows,
  at: number,
): GoldenDecision {
  const row = rows[at]!;
  const score = raw[at]!;
  return {
    row,
    id: idAt(row),
    score: Number.isNaN(score) ? null : score,
    decision: judged[at]! >= threshold ? 'flag' : 'pass',
    band: bands === null ? null : bandOf(judged[at]!, bands),
  };
}

/** The band of a score: decline from `high`, refer from `low`, else (and without a score, NaN) approve. */
function bandOf(score: number, { low, high }: BandDesign): 'approve' | 'refer' | 'decline' {
  if (score >= high) return 'decline';
  return score >= low ? 'refer' : 'approve';
}
