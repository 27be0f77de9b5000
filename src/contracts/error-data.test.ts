import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyCutlineError,
  CanceledError,
  DataError,
  FormatError,
  ModelError,
  RegistryError,
} from '../core/errors.ts';
import { asCutlineError, fromErrorData, toErrorData } from './error-data.ts';

const cross = (error: unknown) => fromErrorData(structuredClone(toErrorData(error)));

const ours: readonly AnyCutlineError[] = [
  new FormatError('ragged-row', 'Row 7 has 3 cells.', {
    place: { file: 'a.csv', line: 8 },
    advice: 'Fix it.',
  }),
  new DataError('one-class', 'Only one class.', { place: { column: 'y' } }),
  new ModelError('unsupported-operator', 'No Foo.', { place: { node: 'foo_1' }, advice: 'Export anew.' }),
  new RegistryError('unreachable', 'No answer.'),
  new CanceledError(),
];

describe('errors across threads', () => {
  it.each(ours)('rebuilds $name whole', (error) => {
    const back = cross(error);
    expect(back.constructor).toBe(error.constructor);
    const { name, code, message, place, advice, stack } = error;
    expect({ ...{ name: back.name, code: back.code, message: back.message } }).toEqual({
      name,
      code,
      message,
    });
    expect({ place: back.place, advice: back.advice, stack: back.stack }).toEqual({ place, advice, stack });
  });

  it('is what structuredClone alone does not do', () => {
    expect(structuredClone(ours[0])).not.toBeInstanceOf(FormatError);
  });

  it('words an unknown error readably and keeps its stack and causes for the console', () => {
    const error = new TypeError('x is not a function', { cause: new Error('deep') });
    const back = cross(error);
    expect(back).toBeInstanceOf(DataError);
    expect(back.code).toBe('unexpected');
    expect(back.message).toContain('x is not a function');
    expect(back.advice).not.toBe('');
    expect(back.stack).toContain('TypeError: x is not a function');
    expect(back.stack).toContain('caused by: Error: deep');
  });

  it('survives a circular cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(cross(error).code).toBe('unexpected');
  });

  it('knows a failed allocation', () => {
    let thrown: unknown;
    try {
      new ArrayBuffer(Number.MAX_SAFE_INTEGER);
    } catch (error) {
      thrown = error;
    }
    expect(cross(thrown).code).toBe('out-of-memory');
  });

  it.each(['NotReadableError', 'NotFoundError'])('knows a file that went away (%s)', (name) => {
    const gone = Object.assign(new Error('could not be read'), { name });
    expect(cross(gone)).toMatchObject({ code: 'file-unreadable', advice: 'Choose the file again.' });
  });

  it('keeps an error that is ours as it is', () => {
    expect(asCutlineError(ours[1])).toBe(ours[1]);
    expect(asCutlineError('a text').message).toContain('a text');
  });

  it('law: anything thrown becomes one of our errors with a message, and never throws itself', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (thrown) => {
        const back = cross(thrown);
        expect(back.message.length).toBeGreaterThan(0);
        expect(back.code).toBe('unexpected');
      }),
      { numRuns: 200 },
    );
  });
});
