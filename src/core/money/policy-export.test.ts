import fc from 'fast-check';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { BandDesign } from './bands.ts';
import { type ChosenPolicy, exportPolicy, type PolicyRows } from './policy-export.ts';

const design: Omit<BandDesign, 'low' | 'high'> = {
  reviewCost: 50,
  sensitivity: 0.9,
  specificity: 0.8,
  declineCost: 0,
  capacity: null,
};

function chosenAt(threshold: number, bands: readonly [number, number] | null): ChosenPolicy {
  return {
    createdAt: '2026-11-21T20:00:00.000Z',
    dataset: { name: 'loans.csv', tableId: 'a'.repeat(64) },
    model: null,
    scoreColumn: 'p "bad"',
    threshold,
    recalibration: null,
    bands: bands === null ? null : { ...design, low: bands[0], high: bands[1] },
    scenario: null,
  };
}

function rowsOf(raw: Float64Array, judged: Float64Array = raw): PolicyRows {
  return {
    rows: Uint32Array.from(raw, (_, at) => 2 * at + 1),
    raw,
    judged,
    idColumn: 'loan id',
    idAt: (row) => (row % 3 === 0 ? null : `o'id ${row}`),
  };
}

/** The file's queries; the second and third begin at their comments. */
function statementsOf(sql: string): readonly [decide: string, check: string, lookUp: string] {
  const [check, lookUp] = [sql.indexOf('\n-- 2. '), sql.indexOf('\n-- 3. ')];
  return [sql.slice(0, check), sql.slice(check, lookUp), sql.slice(lookUp)];
}

/** A table of scores in a real database, as the user's would be. */
interface OwnTable {
  readonly column: string;
  /** Declared type of the score column. */
  readonly type: 'DOUBLE PRECISION' | 'TEXT';
  readonly scores: readonly (number | string | null)[];
}

/** What a real database makes of the exported queries over such a table; `place` is the order of the scores. */
function decidedIn(sql: string, { column, type, scores }: OwnTable) {
  const database = new Database(':memory:');
  try {
    const name = `"${column.replaceAll('"', '""')}"`;
    database.exec(`CREATE TABLE scored_rows (place INTEGER, "loan id" TEXT, ${name} ${type})`);
    const insert = database.prepare('INSERT INTO scored_rows VALUES (?, ?, ?)');
    for (const [at, score] of scores.entries()) insert.run(at, `o'id ${2 * at + 1}`, score);
    const [decide, check, lookUp] = statementsOf(sql);
    const rows = database.prepare(decide).all() as { place: number; decision: string; band?: string }[];
    return {
      rows: rows.sort((a, b) => a.place - b.place),
      differing: database.prepare(check).all(),
      there: database.prepare(lookUp).all() as { golden_row: number; score_there: unknown }[],
    };
  } finally {
    database.close();
  }
}

function decidedBySql(sql: string, column: string, scores: ArrayLike<number>) {
  const values = Array.from(scores, (score) => (Number.isNaN(score) ? null : score));
  return decidedIn(sql, { column, type: 'DOUBLE PRECISION', scores: values });
}

const bandBy = (score: number, low: number, high: number) =>
  score >= high ? 'decline' : score >= low ? 'refer' : 'approve';

describe('policy export', () => {
  it('by hand: five rows, bands, a missing score', () => {
    const scores = Float64Array.of(0.2, NaN, 0.7, 0.5, 0.1);
    const { policy, goldenRows, json, sql } = exportPolicy(chosenAt(0.5, [0.2, 0.7]), rowsOf(scores));
    expect(policy).toMatchObject({
      format: 'cutline-policy-1',
      threshold: 0.5,
      rawThreshold: 0.5,
      bands: { rawLow: 0.2, rawHigh: 0.7 },
      judgedRows: 5,
    });
    expect(goldenRows).toEqual([
      { row: 5, id: "o'id 5", score: 0.7, decision: 'flag', band: 'decline' },
      { row: 7, id: "o'id 7", score: 0.5, decision: 'flag', band: 'refer' },
      { row: 1, id: "o'id 1", score: 0.2, decision: 'pass', band: 'refer' },
      { row: 9, id: null, score: 0.1, decision: 'pass', band: 'approve' },
      { row: 3, id: null, score: null, decision: 'pass', band: 'approve' },
    ]);
    expect(JSON.parse(json)).toEqual({ policy, goldenRows });
    expect(sql).toContain('WHEN CAST("data"."p ""bad""" AS DOUBLE PRECISION) >= 0.5 THEN \'flag\'');
    expect(decidedBySql(sql, 'p "bad"', scores).rows.map(({ decision, band }) => [decision, band])).toEqual([
      ['pass', 'refer'],
      ['pass', 'approve'],
      ['flag', 'decline'],
      ['flag', 'refer'],
      ['pass', 'approve'],
    ]);
  });

  it('a threshold alone has no bands, in neither form', () => {
    const { goldenRows, sql } = exportPolicy(chosenAt(0.5, null), rowsOf(Float64Array.of(0.2, 0.7)));
    expect(goldenRows.map(({ band }) => band)).toEqual([null, null]);
    expect(sql).not.toMatch(/band|decline/);
    expect(decidedBySql(sql, 'p "bad"', [0.2, 0.7]).rows.map(({ decision }) => decision)).toEqual([
      'pass',
      'flag',
    ]);
  });

  it('recalibrated scores: the raw cut-off is the lowest raw score that is flagged; nobody flagged is a condition that never holds', () => {
    const raw = Float64Array.of(0.9, 0.6, 0.4, 0.1, NaN);
    const judged = Float64Array.of(0.5, 0.3, 0.3, 0.1, NaN);
    const chosen = { ...chosenAt(0.25, [0.25, 0.8]), recalibration: 'isotonic' as const };
    const { policy, goldenRows, sql, json } = exportPolicy(chosen, rowsOf(raw, judged));
    expect(policy).toMatchObject({ threshold: 0.25, rawThreshold: 0.4 });
    expect(policy.bands).toMatchObject({ rawLow: 0.4, rawHigh: Number.POSITIVE_INFINITY });
    expect(JSON.parse(json).policy.bands.rawHigh).toBeNull();
    expect(goldenRows.map(({ score, band }) => [score, band])).toEqual([
      [0.9, 'refer'],
      [0.6, 'refer'],
      [0.4, 'refer'],
      [0.1, 'approve'],
      [null, 'approve'],
    ]);
    expect(sql).toContain("WHEN 1 = 0 THEN 'decline'");
    expect(decidedBySql(sql, 'p "bad"', raw).differing).toEqual([]);
  });

  it('refuses a recalibration that turns rows round', () => {
    const rows = rowsOf(Float64Array.of(0.9, 0.1), Float64Array.of(0.2, 0.8));
    expect(() => exportPolicy(chosenAt(0.5, null), rows)).toThrow(/do not keep the order/);
  });

  it('the check finds an implementation that decides by > and one that is off by the last digit', () => {
    const scores = Float64Array.from({ length: 400 }, (_, row) => (row % 100) / 99);
    const { sql } = exportPolicy(chosenAt(50 / 99, null), rowsOf(scores));
    const broken = (from: RegExp, to: string) => decidedBySql(sql.replaceAll(from, to), 'p "bad"', []);
    expect(broken(/ >= (?=\d)/g, ' > ').differing).toHaveLength(1);
    const next = (50 / 99 + Number.EPSILON / 2).toExponential(16);
    expect(broken(/>= \S+/g, `>= ${next}`).differing).toHaveLength(1);
  });

  it('golden rows: at most 50, of all kinds, none twice, neighbours of every cut-off among them', () => {
    const scores = Float64Array.from({ length: 5000 }, (_, row) =>
      row % 50 === 7 ? NaN : ((row * 7919) % 1000) / 1000,
    );
    const { goldenRows } = exportPolicy(chosenAt(0.5, [0.25, 0.75]), rowsOf(scores));
    expect(goldenRows).toHaveLength(50);
    expect(new Set(goldenRows.map(({ row }) => row)).size).toBe(50);
    const picked = goldenRows.map(({ score }) => score);
    expect(picked.slice(-3)).toEqual([null, null, null]);
    for (const around of [0.5, 0.25, 0.75]) {
      for (const step of [-3, -2, -1, 0, 1, 2]) expect(picked).toContain((1000 * around + step) / 1000);
    }
    expect(picked).toContain(0);
    expect(picked).toContain(0.999);
  });

  it('names cannot break out: quotes, line breaks, a score column called like ours', () => {
    const chosen = {
      ...chosenAt(0.5, [0.2, 0.7]),
      dataset: { name: 'a\n; DROP TABLE scored_rows; --', tableId: 'x' },
      scoreColumn: 'Decision',
    };
    const scores = [0.1, 0.5, 0.9];
    const { sql } = exportPolicy(chosen, rowsOf(Float64Array.from(scores)));
    const { rows, differing } = decidedBySql(sql, 'Decision', scores);
    expect(differing).toEqual([]);
    expect(rows).toMatchObject([{ decision_: 'pass' }, { decision_: 'flag' }, { decision_: 'flag' }]);
  });

  it('scores stored as text, as an import leaves them, are decided as numbers; an empty text is no score', () => {
    const scores = Float64Array.from({ length: 600 }, (_, at) => ((at * 7919) % 1201) / 1000 - 0.1);
    for (let at = 5; at < scores.length; at += 40) scores[at] = Number.NaN;
    for (const [low, high] of [
      [0.2, 0.9],
      [-0.05, 0],
    ] as const) {
      const { sql } = exportPolicy(chosenAt(low, [low, high]), rowsOf(scores));
      const texts = Array.from(scores, (score) => (Number.isNaN(score) ? '' : String(score)));
      const { rows, differing, there } = decidedIn(sql, { column: 'p "bad"', type: 'TEXT', scores: texts });
      expect([differing, there]).toEqual([[], []]);
      rows.forEach(({ decision, band }, at) => {
        expect(decision).toBe(scores[at]! >= low ? 'flag' : 'pass');
        expect(band).toBe(bandBy(scores[at]!, low, high));
      });
    }
  });

  it('the third query finds golden rows that the table lacks or scores otherwise, and says so where there is no id', () => {
    const scores = Float64Array.of(0.1, 0.2, 0.5, 0.6, NaN, 0.9);
    const rows = { ...rowsOf(scores), idAt: (row: number) => (row === 11 ? null : `o'id ${row}`) };
    const { sql } = exportPolicy(chosenAt(0.5, null), rows);
    const own = (values: OwnTable['scores']) =>
      decidedIn(sql, { column: 'p "bad"', type: 'DOUBLE PRECISION', scores: values }).there;
    expect(own([0.1, 0.2, 0.5, 0.6, null])).toEqual([]);
    const wrong = own([0.1, 0.7, 0.5, 0.4]);
    expect(wrong.map(({ golden_row, score_there }) => [golden_row, score_there])).toEqual([
      [7, 0.4],
      [3, 0.7],
      [9, null],
    ]);
    const without = exportPolicy(chosenAt(0.5, null), { ...rows, idColumn: null, idAt: () => null }).sql;
    const [, , third] = statementsOf(without);
    expect(third).toContain('the golden rows have no id');
    expect(
      third
        .trim()
        .split('\n')
        .every((line) => line.startsWith('--')),
    ).toBe(true);
  });

  it('a table without the score column is an error, not a text that is compared', () => {
    const { sql } = exportPolicy(chosenAt(0.5, null), rowsOf(Float64Array.of(0.2, 0.7)));
    expect(() => decidedIn(sql, { column: 'score', type: 'DOUBLE PRECISION', scores: [] })).toThrow(
      /no such column/,
    );
  });

  it('law: a database decides every row as the core does, ties, tiny differences, negatives and missing scores included', () => {
    const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;
    const anyScore = fc.oneof(
      fc.constantFrom(0.5, 0.5 + 2 ** -53, 0.5 - 2 ** -54, 0, -0, -0.25, NaN, 1e-300, Number.MIN_VALUE),
      fc.double({ min: -1, max: 2, noNaN: true }),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(anyScore, { minLength: 1, maxLength: 120 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        fc.boolean(),
        (values, a, b, c, hasBands, isText) => {
          const scores = Float64Array.from(values);
          const cut = (pick: number) => values[pick % values.length]! || 0.5;
          const [low, high] = [cut(b), cut(c)].sort((first, second) => first - second) as [number, number];
          const threshold = cut(a);
          const { sql, json } = exportPolicy(
            chosenAt(threshold, hasBands ? [low, high] : null),
            rowsOf(scores),
          );
          const { rows, differing, there } = isText
            ? decidedIn(sql, {
                column: 'p "bad"',
                type: 'TEXT',
                scores: values.map((score) => (Number.isNaN(score) ? '' : score.toExponential(16))),
              })
            : decidedBySql(sql, 'p "bad"', scores);
          expect([differing, there]).toEqual([[], []]);
          rows.forEach(({ decision, band }, at) => {
            expect(decision).toBe(scores[at]! >= threshold ? 'flag' : 'pass');
            if (hasBands) expect(band).toBe(bandBy(scores[at]!, low, high));
          });
          expect(JSON.parse(json).policy.threshold).toBe(threshold);
        },
      ),
      { numRuns: runs },
    );
  });
});
