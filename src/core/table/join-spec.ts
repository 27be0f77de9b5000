/** What one row of the left table takes from its matching rows of the other table. */
export type Aggregate = 'value' | 'count' | 'sum' | 'mean' | 'last';

/** One column that a join adds. */
export interface JoinedColumn {
  /** Column of the other table; '' for `count`, which counts matching rows. */
  readonly column: string;
  /**
   * `value`: the one matching row's cell (several matching rows are refused); `last`: the cell of the last matching row by `orderBy`;
   * `sum`, `mean`: of the numbers among the matching cells; `count`: of matching rows, 0 when there is none.
   */
  readonly aggregate: Aggregate;
  /** Its name in the joined table. */
  readonly as: string;
}

/** A second table joined to the rows of the first by id. All rows of the first stay, in their order. */
export interface JoinSpec {
  readonly leftKey: string;
  readonly rightKey: string;
  /** Column of the other table (date or number) that orders matching rows for `last`; null = order of the file. */
  readonly orderBy: string | null;
  readonly columns: readonly JoinedColumn[];
}
