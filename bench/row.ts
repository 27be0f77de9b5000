/** One measured figure of a bench. `note` says against what, how often, on what input. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}
