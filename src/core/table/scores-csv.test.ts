import { describe, expect, it } from 'vitest';
import { drain } from '../sliced.ts';
import { scoresCsvSliced, scoreText } from './scores-csv.ts';

const csvOf = (scores: Float64Array) => new TextDecoder().decode(drain(scoresCsvSliced(scores)));

describe('scoresCsvSliced', () => {
  it('writes one line per row from 0 with 17 significant digits, and nothing for a missing score', () => {
    expect(csvOf(Float64Array.of(0.1, Number.NaN, 1))).toBe(
      'row,score\n0,0.10000000000000001\n1,\n2,1.0000000000000000\n',
    );
  });

  it('reads back as the very same numbers, over slice borders too', () => {
    const scores = Float64Array.from({ length: 140_001 }, (_, row) => Math.sin(row) ** 2);
    const lines = csvOf(scores).trimEnd().split('\n');
    expect(lines.length).toBe(140_002);
    const cells = lines.slice(1).map((line) => line.split(',').map(Number));
    expect(cells.findIndex(([row], index) => row !== index)).toBe(-1);
    expect(cells.findIndex(([, score], row) => !Object.is(score, scores[row]))).toBe(-1);
  });

  it('writes only the header for no rows', () => {
    expect(csvOf(new Float64Array(0))).toBe('row,score\n');
  });

  it('keeps very small scores', () => {
    expect(Number(scoreText(5e-324))).toBe(5e-324);
  });
});
