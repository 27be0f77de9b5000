import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeptJson, toKeptJson } from './kept-json.ts';

describe('kept JSON', () => {
  it('keeps numbers that JSON has no word for', () => {
    const range = { min: -Infinity, max: Infinity, median: Number.NaN, zero: -0, none: null };
    expect(toKeptJson({ max: Infinity })).toBe('{"max":{"$number":"Infinity"}}');
    expect(parseKeptJson(toKeptJson(range))).toEqual(range);
  });

  it('law: what is made of texts, numbers and null comes back, lone surrogates too', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800'));
    const value = fc.oneof(texts, fc.double(), fc.constant(null), fc.boolean());
    const bytesAndBack = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));
    fc.assert(
      fc.property(fc.array(fc.record({ a: value, b: fc.array(value) })), (data) => {
        expect(parseKeptJson(bytesAndBack(toKeptJson(data)))).toEqual(data);
      }),
    );
  });
});
