import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { twinCsv } from '../../charts/table-twin.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { barPlaces } from './bar-places.ts';
import {
  borrowedOrder,
  causeLines,
  comparisonSentence,
  comparisonTwin,
  otherForms,
  worstRows,
} from './forms.view-model.ts';
import { comparison, model, trees } from './sample.laws.ts';
import { nearestPoint, scatterView } from './scatter.view-model.ts';
import {
  coefficientsView,
  featureUseView,
  hasGain,
  linearLines,
  MOST_BARS,
  treeLines,
} from './trees.view-model.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const sentence = (change: Parameters<typeof comparison>[0]): string =>
  plain(
    comparisonSentence(comparison(change))
      .map(({ text }) => text)
      .join(''),
  );

describe('comparisonSentence', () => {
  it('counts rows and decisions that differ', () => {
    expect(sentence({})).toBe(
      'The two forms differ on 312 of 1,336 rows by up to 0.620; 41 decisions at 0.240 change.',
    );
    expect(sentence({ decisions: { threshold: 0.5, leftOnly: 0, rightOnly: 1 } })).toContain(
      '; 1 decision at 0.500 changes.',
    );
    expect(sentence({ decisions: { threshold: 0.5, leftOnly: 0, rightOnly: 0 } })).toContain(
      '; no decision at 0.500 changes.',
    );
    expect(sentence({ decisions: null })).toMatch(/by up to 0\.620\.$/);
  });

  it('says when they are equal, when nothing is common, and what one has alone', () => {
    expect(sentence({ verdict: 'equal', maxDifference: 2.4e-9, differing: 0 })).toBe(
      'The two forms agree on all 1,336 rows: the largest difference is 2.4e−9, within 1e−5.',
    );
    expect(sentence({ rows: 0 })).toBe('No row has a score in both forms, so there is nothing to compare.');
    expect(sentence({ scoredInOne: 12 })).toContain('12 rows have a score in one form only.');
  });
});

describe('otherForms', () => {
  const column = { kind: 'number', min: 0, max: 1, distinct: 9 };
  const table = {
    columns: ['use', 'score', 'model'].map((name) => ({ ...column, name })),
  } as unknown as TableSummary;
  const other = model({ id: 'model', name: 'b.onnx' });

  it('puts the column to reproduce first, then models, then further columns; ids never meet', () => {
    const forms = otherForms(model(), [model(), other], table, {}, new Set(['use']), 'score');
    expect(forms.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'column score',
      'model b.onnx',
      'column model',
    ]);
    expect(new Set(forms.map(({ id }) => id)).size).toBe(3);
  });

  it('is empty for a lone model', () => {
    expect(otherForms(model(), [model()], null, {}, new Set(), null)).toEqual([]);
  });
});

describe('borrowedOrder', () => {
  const report = (...columns: (string | null)[]) =>
    ({ bindings: columns.map((column) => ({ column })) }) as unknown as Parameters<typeof borrowedOrder>[2];
  const [age] = model().inputs;
  const matrix = (columns: number | null) => model({ inputs: [{ ...age!, name: 'X', columns }] });
  const none = { columnOf: {}, order: null };

  it('gives unnamed inputs the columns of the current model, in its order', () => {
    expect(borrowedOrder(matrix(2), none, report('b', 'a'))).toEqual(['b', 'a']);
    expect(borrowedOrder(matrix(null), none, report('b', 'a'))).toEqual(['b', 'a']);
  });

  it.each([
    ['its inputs have names', model(), none, report('b', 'a')],
    ['an order is there', matrix(2), { ...none, order: ['a', 'b'] }, report('b', 'a')],
    ['it takes another number of columns', matrix(3), none, report('b', 'a')],
    ['a column is missing', matrix(2), none, report('b', null)],
    ['nothing is known of the current one', matrix(2), none, null],
  ])('proposes nothing when %s', (_why, other, choices, mapping) => {
    expect(borrowedOrder(other, choices, mapping)).toBeNull();
  });
});

describe('what a comparison lists', () => {
  it('names rows from 1', () => {
    expect(worstRows(comparison())).toEqual([
      { row: '8', left: '0.250000', right: '0.870000', difference: '0.620' },
    ]);
  });

  it('writes its points as a table, two forms of one name told apart', () => {
    expect(twinCsv(comparisonTwin(comparison({ right: 'a.txt' })))).toBe(
      'Row,a.txt,a.txt (other form),Difference\r\n1,0.5,0.5,0\r\n8,0.25,0.75,-0.5\r\n',
    );
  });

  it('says what is left once a cause is put right, where that is known', () => {
    const cause = { code: 'sigmoid' as const, explanation: '', advice: '', residual: 2e-9, explained: 1 };
    const proofs = (...causes: Parameters<typeof causeLines>[0]) =>
      causeLines(causes).map(({ proof }) => plain(proof));
    expect(proofs(cause)).toEqual([
      'Put right: 100.0 % of the differing rows become equal; at most 2e−9 is left.',
    ]);
    expect(proofs({ ...cause, residual: null, explained: null })).toEqual(['']);
    const alone = { ...cause, residual: 0.209, explained: 0 };
    expect(proofs(alone, cause)).toEqual([
      '',
      'Both put right: 100.0 % of the differing rows become equal; at most 2e−9 is left.',
    ]);
  });
});

const frame = { width: 120, height: 120, left: 10, right: 110, top: 10, bottom: 110 };

describe('scatterView', () => {
  it('draws equal and differing rows apart, scores on the unit square', () => {
    const view = scatterView(comparison(), frame);
    expect(view.domain).toEqual([0, 1]);
    expect(view.equal).toBe('M60.0 60.0h0');
    expect(view.differing).toBe('M35.0 35.0h0');
    expect(view.threshold).toEqual({ x: 34, y: 86 });
  });

  it('holds margins too, on one domain for both axes', () => {
    const points = { rows: Uint32Array.of(0), left: Float64Array.of(-4), right: Float64Array.of(0.02) };
    const { domain, threshold } = scatterView(comparison({ points, decisions: null }), frame);
    expect(domain[0]).toBeLessThanOrEqual(-4);
    expect(domain[1]).toBeGreaterThanOrEqual(0.02);
    expect(threshold).toBeNull();
  });

  it('draws every point within the frame (law)', () => {
    const score = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 30 }), (pairs) => {
        const points = {
          rows: Uint32Array.from(pairs, (_, i) => i),
          left: Float64Array.from(pairs, ([left]) => left),
          right: Float64Array.from(pairs, ([, right]) => right),
        };
        const { equal, differing } = scatterView(comparison({ points }), frame);
        const places = [...`${equal}${differing}`.matchAll(/M(\S+) (\S+)h0/g)].flatMap(([, x, y]) => [x, y]);
        expect(places).toHaveLength(2 * pairs.length);
        for (const px of places) {
          expect(Number(px)).toBeGreaterThanOrEqual(10);
          expect(Number(px)).toBeLessThanOrEqual(110);
        }
      }),
      { numRuns: process.env.CUTLINE_LANE === 'slow' ? 500 : 30 },
    );
  });

  it('finds the point under a pointer, and none where none is near', () => {
    expect(nearestPoint(comparison(), [0, 1], frame, 37, 33)).toBe(1);
    expect(nearestPoint(comparison(), [0, 1], frame, 100, 100)).toBe(-1);
  });
});

describe('trees', () => {
  it('are described by their figures', () => {
    expect(treeLines(trees).map(({ name, value }) => `${name}: ${plain(value)}`)).toEqual([
      'Trees: 160',
      'Leaves: 2,400, at most 15 a tree',
      'Splits: 2,240',
      'Depth: at most 8, 4.3 on average',
      'Splits on categories: 224 (10.0 %)',
      'Covers: rows of training per node',
    ]);
    const bare = treeLines({ ...trees, categoricalSplits: 0, covers: null });
    expect(bare.slice(-2).map(({ value }) => value)).toEqual(['none', 'not in the file']);
  });

  it('show the most used feature first, by either measure; unused ones are counted', () => {
    const bySplits = featureUseView(trees, 'splits');
    expect(bySplits.bars.map(({ label, text }) => `${label} ${text}`)).toEqual(['Income 60', 'Age 40']);
    expect(bySplits.bars[1]?.share).toBeCloseTo(2 / 3, 12);
    expect(plain(bySplits.leftOut ?? '')).toBe('1 feature is never split on.');
    expect(twinCsv(bySplits.twin)).toContain('Colour,0');
    expect(featureUseView(trees, 'gain').message).toBe('Age is the feature whose splits gained most.');
    expect(hasGain({ ...trees, featureUse: [{ feature: 'a', splits: 1, gain: null }] })).toBe(false);
  });

  it('draw no more bars than can be read', () => {
    const featureUse = Array.from({ length: 40 }, (_, i) => ({
      feature: `f${i}`,
      splits: i + 1,
      gain: null,
    }));
    const view = featureUseView({ ...trees, featureUse }, 'splits');
    expect(view.bars).toHaveLength(MOST_BARS);
    expect(plain(view.leftOut ?? '')).toBe('24 features more in the table.');
  });
});

describe('a linear model', () => {
  const linear = {
    link: 'logistic' as const,
    intercepts: [-1.25],
    coefficients: [
      { feature: 'Age', values: [0.5] },
      { feature: 'Debt', values: [-2] },
    ],
  };

  it('shows coefficients by size, with their sign', () => {
    const { bars, message } = coefficientsView(linear, 0);
    expect(bars.map(({ label, text, share }) => [label, text, share])).toEqual([
      ['Debt', '−2', -1],
      ['Age', '0.5', 0.25],
    ]);
    expect(message).toBe('Debt has the largest coefficient, −2.');
    expect(linearLines(linear).map(({ value }) => plain(value))).toEqual([
      '2 features',
      '−1.25',
      'logistic: 1 / (1 + exp(−sum))',
    ]);
  });

  it('draws bars to both sides of zero, all words within the picture (law)', () => {
    const share = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 16 }),
        fc.integer({ min: 240, max: 900 }),
        (shares, width) => {
          const bars = shares.map((value, i) => ({
            label: `feature ${i}`,
            value,
            text: '0.1234',
            share: value,
          }));
          const places = barPlaces(bars, width);
          for (const { start, end } of places.bars) {
            expect(start).toBeGreaterThanOrEqual(places.names);
            expect(start).toBeLessThanOrEqual(end);
            expect(end).toBeLessThanOrEqual(width);
          }
        },
      ),
      { numRuns: process.env.CUTLINE_LANE === 'slow' ? 500 : 30 },
    );
  });

  it('cuts names that take too much of a narrow picture', () => {
    const [bar] = barPlaces([{ label: 'a'.repeat(80), value: 1, text: '1', share: 1 }], 300).bars;
    expect(bar?.name).toMatch(/^a+…$/);
    expect(bar?.name.length).toBeLessThan(40);
  });
});
