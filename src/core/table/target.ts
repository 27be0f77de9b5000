/** Which label values count as the bad outcome. Values neither positive nor excluded are negative; missing is excluded. */
export interface TargetDefinition {
  readonly column: string;
  readonly positive: readonly string[];
  readonly excluded: readonly string[];
}

/** Judge only the rows whose `column` has `value` (typically split = test). */
export interface SplitDefinition {
  readonly column: string;
  readonly value: string;
}
