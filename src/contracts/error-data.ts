/**
 * Errors as plain data, for crossing threads and processes: `structuredClone` of a custom Error loses its class, name
 * and code, and comlink drops `code` and `cause` (both measured).
 */
import {
  type AnyCutlineError,
  CanceledError,
  DataError,
  type DataErrorCode,
  type ErrorCode,
  type ErrorPlace,
  FormatError,
  type FormatErrorCode,
  isCutlineError,
  ModelError,
  type ModelErrorCode,
  RegistryError,
  type RegistryErrorCode,
} from '../core/errors.ts';

export interface ErrorData {
  readonly name: AnyCutlineError['name'];
  readonly code: ErrorCode;
  readonly message: string;
  readonly place: ErrorPlace;
  readonly advice: string;
  /** The stack of the thread that threw, with the stacks of its causes: for the console, never for the screen. */
  readonly stack: string;
}

/**
 * Turns anything thrown into plain data that `structuredClone` and JSON keep whole.
 * Our own classes keep name, code, message, place and advice. A failed allocation becomes `out-of-memory`, a file that
 * went away `file-unreadable`; anything else is a mistake of ours and becomes the readable `unexpected`. Never throws.
 */
export function toErrorData(error: unknown): ErrorData {
  if (isCutlineError(error)) {
    const { name, code, message, place, advice } = error;
    return { name, code, message, place: { ...place }, advice, stack: stackOf(error) };
  }
  const stack = stackOf(error);
  if (isFailedAllocation(error)) return outOfMemory(stack);
  return isUnreadableFile(error) ? fileUnreadable(stack) : unexpected(error, stack);
}

/**
 * Rebuilds the error that {@link toErrorData} described: same class, code, message, place and advice; the stack of the
 * throwing thread replaces the local one. An unknown `name` is rebuilt as a DataError, so a newer sender is not fatal.
 */
export function fromErrorData(data: ErrorData): AnyCutlineError {
  const error = rebuild(data);
  if (data.stack !== '') error.stack = data.stack;
  return error;
}

/** Any thrown value as one of our classes: as it is when it is one, else as {@link toErrorData} words it. */
export function asCutlineError(error: unknown): AnyCutlineError {
  return isCutlineError(error) ? error : fromErrorData(toErrorData(error));
}

function rebuild(data: ErrorData): AnyCutlineError {
  const options = { place: data.place, advice: data.advice };
  switch (data.name) {
    case 'FormatError':
      return new FormatError(data.code as FormatErrorCode, data.message, options);
    case 'ModelError':
      return new ModelError(data.code as ModelErrorCode, data.message, options);
    case 'RegistryError':
      return new RegistryError(data.code as RegistryErrorCode, data.message, options);
    case 'CanceledError':
      return new CanceledError(data.message);
    default:
      return new DataError(data.code as DataErrorCode, data.message, options);
  }
}

function stackOf(error: unknown): string {
  const stacks: string[] = [];
  // A cause chain may be circular; five links say enough.
  for (let link = error; link instanceof Error && stacks.length < 5; link = link.cause)
    stacks.push(link.stack ?? `${link.name}: ${link.message}`);
  return stacks.join('\ncaused by: ');
}

/** V8 and SpiderMonkey word a failed allocation differently, but both throw a RangeError that names array or buffer. */
function isFailedAllocation(error: unknown): boolean {
  return (
    error instanceof RangeError && /allocation|array buffer|array length|out of memory/i.test(error.message)
  );
}

/** What browsers throw when a chosen file was changed, moved or deleted, or its drive taken out, before it was read. */
function isUnreadableFile(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotReadableError' || error.name === 'NotFoundError');
}

function fileUnreadable(stack: string): ErrorData {
  return {
    name: 'DataError',
    code: 'file-unreadable',
    message: 'The file can no longer be read: it was changed, moved or deleted after it was chosen.',
    place: {},
    advice: 'Choose the file again.',
    stack,
  };
}

function outOfMemory(stack: string): ErrorData {
  return {
    name: 'DataError',
    code: 'out-of-memory',
    message: 'There is not enough memory for this step.',
    place: {},
    advice:
      'Close other tabs, or open a file with fewer rows or columns. What was open before is still there.',
    stack,
  };
}

function unexpected(error: unknown, stack: string): ErrorData {
  const text = error instanceof Error ? error.message : printed(error);
  return {
    name: 'DataError',
    code: 'unexpected',
    message: `Something went wrong inside Cutline: ${text === '' ? 'no message' : text}`,
    place: {},
    advice: 'Try again; when it happens again, reload the page. No data has left your browser.',
    stack,
  };
}

function printed(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'an object that cannot be printed';
  }
}
