import { describe, expect, test } from 'vitest';
import { type LabelBox, labelWidth } from './label-placement.ts';
import type { PlotFrame } from './plot-frame.ts';
import { placeScoreLabels, type ScoreLabelInput, wordsBox } from './score-labels.ts';
import type { Series } from './series.ts';

const frame: PlotFrame = { width: 648, height: 228, left: 44, right: 640, top: 20, bottom: 222 };
const x = Float64Array.from({ length: 101 }, (_, i) => i / 100);

function lineOf(label: string, value: (t: number) => number): Series {
  return { key: label, label, values: x.map(value), colour: 'c1', format: String };
}

function inputOf(change: Partial<ScoreLabelInput>): ScoreLabelInput {
  return {
    frame,
    xDomain: [0, 1],
    yDomain: [0, 1],
    x,
    series: [lineOf('net', (t) => 1 - t)],
    band: null,
    references: [],
    points: [],
    plateau: null,
    plateauLabel: '',
    pinned: null,
    ...change,
  };
}

describe('placeScoreLabels', () => {
  test('a single line needs no name, several get one each', () => {
    expect(placeScoreLabels(inputOf({}))).toEqual([]);
    const series = [lineOf('recall', (t) => 1 - t), lineOf('precision', (t) => 0.3 + 0.6 * t)];
    expect(placeScoreLabels(inputOf({ series })).map((label) => label.lines)).toEqual([
      ['recall'],
      ['precision'],
    ]);
  });

  test('labels of crowded points do not cover each other and stay in the picture', () => {
    const points = [0.86, 0.88, 0.9, 0.92].map((threshold) => ({ threshold, label: `rule at ${threshold}` }));
    const labels = placeScoreLabels(inputOf({ points }));
    expect(labels).toHaveLength(4);
    for (const [i, a] of labels.entries()) {
      const width = labelWidth(a.lines[0]!);
      expect(a.x).toBeGreaterThanOrEqual(frame.left);
      expect(a.x + width).toBeLessThanOrEqual(frame.width);
      for (const b of labels.slice(i + 1)) {
        const overlapX = Math.min(a.x, b.x) + width > Math.max(a.x, b.x);
        expect(overlapX && Math.abs(a.y - b.y) < 13).toBe(false);
      }
    }
  });

  test('names of lines stand beside the upright of a point, where the marker may rest', () => {
    const series = [lineOf('review cost 50', (t) => 1 - t), lineOf('review cost 500', (t) => 0.1 * t)];
    for (const threshold of [0.55, 0.65, 0.72, 0.8]) {
      const labels = placeScoreLabels(inputOf({ series, points: [{ threshold, label: 'best' }] }));
      const upright = { x: 44 + threshold * 596, y: frame.top, width: 1, height: frame.bottom - frame.top };
      const names = labels.filter(({ bold }) => bold);
      expect(names).toHaveLength(2);
      for (const name of names) expect(covers(wordsBox(name), upright)).toBe(false);
    }
  });

  test('what lies below a cut axis: a level is words at the edge, a point is left out', () => {
    const series = [lineOf('net', (t) => 8 * t - 4)];
    const labels = placeScoreLabels(
      inputOf({
        series,
        yDomain: [-1, 4],
        references: [{ y: -4, label: 'flag everyone, −4 (below)' }],
        points: [
          { threshold: 0.1, label: 'below' },
          { threshold: 0.9, label: 'best' },
        ],
        pinned: { threshold: 0.2, label: 'pinned' },
      }),
    );
    expect(labels.map(({ lines }) => lines[0])).toEqual(['best', 'flag everyone, −4 (below)']);
    const edge = wordsBox(labels[1]!);
    expect(edge.y + edge.height).toBe(frame.bottom - 2);
  });

  test('a point outside the line is left out, the plateau is said in two lines', () => {
    const labels = placeScoreLabels(
      inputOf({
        points: [{ threshold: 1.5, label: 'nowhere' }],
        plateau: [0.2, 0.3],
        plateauLabel: 'within 1 % of the best',
      }),
    );
    expect(labels.map((label) => label.lines)).toEqual([['within 1 %', 'of the best']]);
  });

  test('the words of a plateau are left out where they would leave the plot', () => {
    const plateau = { plateau: [0.02, 0.98] as const, plateauLabel: 'within 1 % of the best' };
    expect(placeScoreLabels(inputOf(plateau))).toEqual([]);
  });

  test('the pinned baseline is a hollow dot on the first line', () => {
    const [pinned] = placeScoreLabels(inputOf({ pinned: { threshold: 0.5, label: 'pinned' } }));
    expect(pinned!.dot).toEqual({ x: 342, y: 121, hollow: true });
  });

  test('words stay off the dots of other points, and a pinned one off the words beside it', () => {
    const narrow = { ...frame, width: 358, right: 350, left: 40 };
    const points = [0.06, 0.2, 0.34, 0.4].map((threshold) => ({ threshold, label: `rule at ${threshold}` }));
    const pinned = { threshold: 0.06, label: 'pinned 0.06' };
    const labels = placeScoreLabels(inputOf({ frame: narrow, points, pinned }));
    expect(labels).toHaveLength(5);
    for (const label of labels) {
      const box = wordsBox(label);
      for (const other of labels) {
        if (other === label || other.dot === null) continue;
        if (other.dot.x !== label.dot?.x)
          expect(covers(box, { ...other.dot, width: 0, height: 0 })).toBe(false);
        expect(covers(box, wordsBox(other))).toBe(false);
      }
    }
  });
});

function covers(a: LabelBox, b: LabelBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
