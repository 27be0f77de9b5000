/**
 * Why the registry's store refused.
 *
 *     not-found     no such model, version, dataset, decision, document or blob
 *     exists        the name is taken
 *     conflict      somebody else's change came first, or the facts of one hash differ
 *     invalid       the input cannot be kept as it is; `place` says which part
 *     blob-missing  a version names bytes that were never uploaded
 *     too-large     more bytes than allowed
 *     disk-full     the disk has no room, or would fall below the floor that is kept free
 *     unusable      the data folder as a whole: held by another process, damaged, or of a newer release
 */
export type StoreErrorCode =
  | 'not-found'
  | 'exists'
  | 'conflict'
  | 'invalid'
  | 'blob-missing'
  | 'too-large'
  | 'disk-full'
  | 'unusable';

/** A refusal of the store. Nothing was changed: the transaction it came from is rolled back. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** The field or part that is wrong, as a path of names and indices (`artifacts.3.path`); '' when it is the whole. */
  readonly place: string;

  constructor(code: StoreErrorCode, message: string, place = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.place = place;
  }
}
