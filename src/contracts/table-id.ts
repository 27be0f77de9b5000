/**
 * The content hash of the file behind a table id. An id is the file's hash, followed by `+` and a hash of the column
 * kinds where the user changed some, because a changed kind changes what models and judgements read.
 */
export function fileHashOf(tableId: string): string {
  const plus = tableId.indexOf('+');
  return plus === -1 ? tableId : tableId.slice(0, plus);
}
