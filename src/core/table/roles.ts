/** What a column is for. A column without a role is a feature. One column each for all but `ignore`. */
export type ColumnRole = 'target' | 'split' | 'id' | 'score' | 'amount' | 'date' | 'ignore';

/** Role by column name; absent = no role (a feature). `amount` stays a feature too: it only names the money column. */
export type Roles = Readonly<Record<string, ColumnRole>>;
