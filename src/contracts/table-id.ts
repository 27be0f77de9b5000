/**
 * The content hash of the file behind a table id. An id is the file's hash; `~` and a hash of the columns follow where only
 * some were read; `+` and a hash of the recipe follow where readings were changed or tables joined, because both change
 * what models and judgements read.
 */
export function fileHashOf(tableId: string): string {
  const end = tableId.search(/[~+]/);
  return end === -1 ? tableId : tableId.slice(0, end);
}

/** The id of the table as it was read (file and columns), without the recipe that changed it since. */
export function baseIdOf(tableId: string): string {
  const plus = tableId.indexOf('+');
  return plus === -1 ? tableId : tableId.slice(0, plus);
}
