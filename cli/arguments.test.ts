import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const least = ['--data', 'a.csv', '--target', 'y', '--score-column', 's'];
const positive = (...words: string[]) => parseArguments([...least, ...words]).positive;

describe('the command line of review', () => {
  it('reads lists by comma, by repetition, and quoted values whole', () => {
    expect(positive('--positive', 'bad,late')).toEqual(['bad', 'late']);
    expect(positive('--positive', 'bad', '--positive', 'late')).toEqual(['bad', 'late']);
    expect(positive('--positive', '"Charged off, sold",bad')).toEqual(['Charged off, sold', 'bad']);
    expect(positive('--positive', '"the ""worst"""')).toEqual(['the "worst"']);
    expect(positive('--positive', '5" pipe')).toEqual(['5" pipe']);
  });

  it('keeps an equals sign in the value of a split', () => {
    const { split } = parseArguments([...least, '--positive', '1', '--split', 'part=a=b']);
    expect(split).toEqual({ column: 'part', value: 'a=b' });
  });

  it.each([
    [['--positive', '1', '--split', 'test'], '--split'],
    [['--positive', ','], '--positive'],
    [['--positive', '1', '--threshold', 'high'], '--threshold'],
    [['--positive', '1', '--split', 'a=b', '--recalibrate', 'beta'], 'isotonic, platt or intercept'],
    [['--positive', '1', '--recalibrate', 'platt'], '--split'],
    [['--positive', '1', '--bootstrap', '1.5'], '--bootstrap'],
    [['--positive', '1', '--intervals', 'wald'], 'wilson, clopper-pearson, jeffreys'],
    [['--positive', '1', '--date-column', 'day'], '--scenario'],
    [['--positive', '1', '--on', 'id'], '--on'],
    [['--positive', '1', '--join', 'b.csv'], '--on'],
    [['--positive', '1', '--model', 'm.onnx'], '--model'],
    [['--positive', '1', '--against-model', 'm.txt', '--against-column', 's'], '--against-model'],
  ])('refuses %j, naming %s', (words, named) => {
    expect(() => parseArguments([...least, ...words])).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(named) }),
    );
  });
});
