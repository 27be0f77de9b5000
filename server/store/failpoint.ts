/** Moments of a write at which a crash is told apart by what must be found afterwards; tests stop the process there. */
export type FailpointName =
  | 'blob-temp-written'
  | 'blob-before-rename'
  | 'blob-renamed'
  | 'before-commit'
  | 'after-commit';

/** Called at each {@link FailpointName}; nothing in production. */
export type Failpoint = (name: FailpointName) => void;
