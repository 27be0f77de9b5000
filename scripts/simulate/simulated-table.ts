/** One cell as it is written to the file: '' is missing. */
export type SimulatedCell = string | number;

/** A generated table, row by row, so that any size streams; and the truth that findings can be compared with. */
export interface SimulatedTable {
  readonly columns: readonly string[];
  rows(): Generator<readonly SimulatedCell[]>;
  /** What was put into the data, as plain JSON. */
  readonly truth: object;
}

/** One change put into the data, in the words that a finding would use. */
export interface SimulatedEvent {
  readonly kind:
    | 'seasonal-mix'
    | 'missing-burst'
    | 'new-channel'
    | 'new-category'
    | 'unit-change'
    | 'concept-shift'
    | 'adaptation'
    | 'label-delay';
  readonly column: string;
  /** First and last month or week concerned, as named in the data; `until` null = to the end. */
  readonly from: string;
  readonly until: string | null;
  readonly what: string;
}
