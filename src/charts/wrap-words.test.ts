import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelWidth } from './label-placement.ts';
import { wrapWords } from './wrap-words.ts';

const tenLetters = labelWidth('x') * 10;

describe('wrapWords', () => {
  test('breaks at spaces, and a word that is wider than a line', () => {
    expect(wrapWords('one two three four', tenLetters)).toEqual(['one two', 'three four']);
    expect(wrapWords('a gradient_boosting', tenLetters)).toEqual(['a', 'gradient_b', 'oosting']);
    expect(wrapWords('', tenLetters)).toEqual([]);
  });

  test('law: no line is too wide and no letter is lost', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,60}$/), fc.integer({ min: 1, max: 30 }), (text, letters) => {
        const lines = wrapWords(text, labelWidth('x') * letters + 1);
        expect(lines.every((line) => line.length <= letters)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
