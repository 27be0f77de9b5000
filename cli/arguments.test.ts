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

  describe('that explains', () => {
    const explained = (...words: string[]) =>
      parseArguments(['--data', 'a.csv', '--target', 'y', '--positive', '1', '--model', 'm.txt', ...words])
        .explain;

    it('is asked for by a file or by the section alone', () => {
      const plain = { method: 'auto', background: null, backgroundSize: 100 };
      expect(explained('--shap', 'out.csv')).toEqual({ ...plain, out: 'out.csv' });
      expect(explained('--explain')).toEqual({ ...plain, out: null });
      expect(explained()).toBeNull();
    });

    it.each([
      ['all', { kind: 'all' }],
      ['passed', { kind: 'near-threshold', side: 'passed' }],
      ['flagged', { kind: 'near-threshold', side: 'flagged' }],
      ['Home=owner', { kind: 'cohort', column: 'Home', values: ['owner'] }],
      ['Home="own, outright",rent', { kind: 'cohort', column: 'Home', values: ['own, outright', 'rent'] }],
    ])('takes the background %s', (text, background) => {
      const words = ['--shap-method', 'interventional', '--background', text, '--background-size', '1000'];
      expect(explained('--explain', ...words)).toEqual({
        ...{ out: null, method: 'interventional' },
        ...{ background, backgroundSize: 1000 },
      });
    });

    it.each([
      [['--shap', ''], '--shap takes'],
      [['--explain', '--shap-method', 'kernel'], 'auto, path-dependent, interventional, sampling'],
      [['--explain', '--background', 'Home'], '--background takes'],
      [['--explain', '--background', 'Home='], '--background takes'],
      [['--explain', '--background-size', '99'], 'from 100 to 1,000'],
      [['--explain', '--background-size', '1001'], 'from 100 to 1,000'],
      [['--background', 'all'], '--background needs --shap'],
      [['--shap-method', 'auto'], '--shap-method needs --shap'],
    ])('refuses %j, naming it', (words, named) => {
      expect(() => explained(...words)).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(named) }),
      );
    });
  });

  it.each([
    [['--positive', '1', '--shap', 'out.csv'], '--shap needs --model: a score column'],
    [['--positive', '1', '--explain'], '--explain needs --model: a score column'],
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
