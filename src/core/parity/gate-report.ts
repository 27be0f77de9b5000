/**
 * What the parity gate found before a table was scored: whether the fast kernel answers as the model's reference does,
 * and therefore which of the two scores the rows.
 */
export interface GateReport {
  /** What scores the rows. */
  readonly engine: 'kernel' | 'reference';
  /** Name and version of what scores the rows, for reports and for the hash under which scores are kept. */
  readonly engineName: string;
  /** Name and version of the reference: ONNX Runtime Web, or the plain evaluation of a native file. */
  readonly referenceName: string;
  /** Rows of the table on which both were run; 0 when there was nothing to compare. */
  readonly rows: number;
  /** Largest |kernel - reference| over these rows; null when nothing was compared. */
  readonly maxDifference: number | null;
  /** What it may be at most. */
  readonly tolerance: number;
  /** Rows that change side at some threshold, because the two put rows in a different order. */
  readonly flipped: number;
  /** Why the reference scores all rows, as a sentence; null when the kernel does. */
  readonly reason: string | null;
}
