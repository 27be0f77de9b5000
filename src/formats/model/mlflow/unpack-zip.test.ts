import fc from 'fast-check';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import { isZip, unpackZip } from './unpack-zip.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 10_000 : 200;

function refusal(bytes: Uint8Array): FormatError {
  try {
    unpackZip(bytes, 'a.zip');
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error('it was unpacked');
}

const text = 'tree '.repeat(40);
const sample = zipSync({
  'm/a.txt': strToU8(text),
  'b.bin': [Uint8Array.of(1, 2, 3), { level: 0 }],
  'm/': new Uint8Array(0),
});

/** The archive with the bytes of its directory's first entry changed. */
function withEntry(change: (view: DataView, entry: number) => void): Uint8Array {
  const bytes = sample.slice();
  const view = new DataView(bytes.buffer);
  change(view, view.getUint32(bytes.length - 22 + 16, true));
  return bytes;
}

describe('unpackZip', () => {
  it('gives files by path, packed and stored, without folders', () => {
    expect(isZip(sample)).toBe(true);
    const files = unpackZip(sample, 'a.zip');
    expect([...files.keys()]).toEqual(['m/a.txt', 'b.bin']);
    expect(strFromU8(files.get('m/a.txt')!)).toBe(text);
    expect([...files.get('b.bin')!]).toEqual([1, 2, 3]);
  });

  it('reads an archive with a comment behind it', () => {
    const comment = strToU8('PK\x05\x06 made by hand');
    const bytes = Uint8Array.from([...sample, ...comment]);
    new DataView(bytes.buffer).setUint16(sample.length - 2, comment.length, true);
    expect(unpackZip(bytes, 'a.zip').size).toBe(2);
  });

  it('puts paths in order', () => {
    const files = unpackZip(zipSync({ './a/./x': strToU8('1'), '/b\\y': strToU8('2') }), 'a.zip');
    expect([...files.keys()]).toEqual(['a/x', 'b/y']);
  });

  it.each([
    ['a path that leads out', zipSync({ 'a/../../x': strToU8('1') }), 'corrupt-model', /leads out of it/],
    ['half an archive', sample.subarray(0, 60), 'corrupt-model', /directory is missing/],
    [
      'a flipped byte',
      withEntry((view) => view.setUint8(45, view.getUint8(45) ^ 1)),
      'corrupt-model',
      /a\.txt/,
    ],
    [
      'another checksum',
      withEntry((view, at) => view.setUint32(at + 16, 7, true)),
      'corrupt-model',
      /checksum/,
    ],
    ['encryption', withEntry((view, at) => view.setUint16(at + 8, 1, true)), 'unsupported-type', /encrypted/],
    [
      'another method',
      withEntry((view, at) => view.setUint16(at + 10, 14, true)),
      'unsupported-type',
      /method 14/,
    ],
    [
      'a bomb',
      withEntry((view, at) => view.setUint32(at + 24, 2 ** 31, true)),
      'corrupt-model',
      /size of m\/a\.txt/,
    ],
    [
      'a place beyond the end',
      withEntry((view, at) => view.setUint32(at + 42, 1e9, true)),
      'corrupt-model',
      /not where/,
    ],
    [
      'a directory elsewhere',
      withEntry((view) => view.setUint32(view.byteLength - 6, 3, true)),
      'corrupt-model',
      /directory/,
    ],
  ])('refuses %s', (_, bytes, code, message) => {
    const error = refusal(bytes);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.advice).not.toBe('');
  });

  it('refuses archives that are too large together', () => {
    const part = zipSync({ a: [new Uint8Array(4_000_000), { level: 9 }] });
    const count = 600;
    const view = new DataView(part.buffer, part.byteOffset);
    const start = view.getUint32(part.length - 6, true);
    const entry = part.subarray(start, part.length - 22);
    const bytes = new Uint8Array(start + entry.length * count + 22);
    bytes.set(part.subarray(0, start));
    for (let i = 0; i < count; i++) bytes.set(entry, start + i * entry.length);
    bytes.set(part.subarray(part.length - 22), bytes.length - 22);
    new DataView(bytes.buffer).setUint16(bytes.length - 12, count, true);
    expect(refusal(bytes).code).toBe('too-large');
  });

  it('law: any damaged archive unpacks or is refused', () => {
    const change = fc.tuple(fc.nat(sample.length - 1), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(sample.length),
        (changes, length) => {
          const bytes = sample.slice(0, Math.max(length, sample.length - 3));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            for (const file of unpackZip(bytes, 'a.zip').values()) expect(file.length).toBeLessThan(10_000);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: runs },
    );
  });
});
