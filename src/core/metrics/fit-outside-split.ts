import { DataError } from '../errors.ts';
import type { Sliced } from '../sliced.ts';
import type { Table } from '../table/column.ts';
import { selectRowsOutside } from '../table/judged-rows.ts';
import { takeRows } from '../table/take-rows.ts';
import type { SplitDefinition, TargetDefinition } from '../table/target.ts';
import type { RecalibrationMethod } from './calibration-figures.ts';
import { fitRecalibrationSliced, type Recalibration } from './recalibration.ts';

/** Which rows are judged, and how scores are recalibrated on the others. */
interface RecalibratedSplit {
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  readonly recalibration: RecalibrationMethod;
}

/**
 * Fits a recalibration on the labelled, scored rows outside the split: judged rows never fit what they are judged by.
 *
 * @param scores one per table row, NaN = none
 * @returns the fit; yields progress in fitted rows. O(rows)
 * @throws {DataError} `invalid-argument` (no split: every row is judged), `column-missing` | `value-missing` of target and split, and
 * what `fitRecalibrationSliced` throws
 */
export function* fitOutsideSplit(
  table: Table,
  scores: Float64Array,
  { target, split, recalibration }: RecalibratedSplit,
): Sliced<Recalibration> {
  if (split === null) {
    throw new DataError(
      'invalid-argument',
      'Recalibration is fitted on labelled rows that are not judged, and without a split every row is.',
      {
        place: { file: table.name },
        advice: 'Choose the column that sets apart the rows to judge, or take the scores as they are.',
      },
    );
  }
  const { rows, labels } = selectRowsOutside(table, target, split);
  return yield* fitRecalibrationSliced(recalibration, takeRows(scores, rows), labels);
}
