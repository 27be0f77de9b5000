import { describe, expect, it } from 'vitest';
import { decimalMarkOf, withDecimalMark } from './decimal-mark.ts';

describe('decimalMarkOf', () => {
  it('is the mark that the locale writes', () => {
    expect(['en-GB', 'de-DE', 'fr-FR', 'de-CH'].map(decimalMarkOf)).toEqual(['.', ',', ',', '.']);
  });
});

describe('withDecimalMark', () => {
  it('takes the comma for the point and the reverse, alone or in a number', () => {
    expect(withDecimalMark(',', '.')).toBe('.');
    expect(withDecimalMark('0,7', '.')).toBe('0.7');
    expect(withDecimalMark('0.7', ',')).toBe('0,7');
    expect(withDecimalMark(',25', '.')).toBe('.25');
  });

  it('leaves what is right already, or has no mark', () => {
    expect(withDecimalMark('0.7', '.')).toBe('0.7');
    expect(withDecimalMark('7', '.')).toBe('7');
    expect(withDecimalMark('', '.')).toBe('');
  });

  it('leaves what cannot be told: both marks, or several', () => {
    expect(withDecimalMark('1,234.5', '.')).toBe('1,234.5');
    expect(withDecimalMark('1,234,567', '.')).toBe('1,234,567');
  });

  it('leaves everything where the mark is neither', () => {
    expect(withDecimalMark('0,7', '٫')).toBe('0,7');
  });
});
