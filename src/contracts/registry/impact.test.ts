import { describe, expect, it } from 'vitest';
import { realiseImpact } from '../../core/impact/realise-impact.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { drain } from '../../core/sliced.ts';
import { categoryColumn } from '../../core/table/build-column.ts';
import type { DateColumn, Table } from '../../core/table/column.ts';
import { type ImpactContext, impactBody, impactBodySchema, parseImpactBody } from './impact.ts';

const context: ImpactContext = {
  savedAt: 1_700_000_000_000,
  dataset: { name: 'loans.csv', tableId: 'ab'.repeat(32) },
  scores: 'pd.onnx',
  scenario: 'Lending',
  roiFloor: 0.5,
  investment: null,
};

/** Marked values, so that one that slips through is found. */
const ids = ['ROW-ID-ONE', 'ROW-ID-TWO', 'ROW-ID-THREE'];
const score = 0.712345678;
const outcome = 'OUTCOME-MARK';

function realised() {
  const day: DateColumn = {
    ...{ kind: 'date', name: 'day' },
    values: Float64Array.of(Date.UTC(2024, 0, 3), Date.UTC(2024, 0, 4), Date.UTC(2024, 1, 5)),
  };
  const loans: Table = {
    name: 'loans.csv',
    rowCount: 3,
    columns: [categoryColumn('id', ids, 3), day],
  };
  const outcomes: Table = {
    name: 'outcomes.csv',
    rowCount: 2,
    columns: [categoryColumn('id', ids.slice(0, 2), 2), categoryColumn('end', [outcome, 'fine'], 2)],
  };
  const decisions = {
    table: loans,
    rows: Uint32Array.of(0, 1, 2),
    scores: Float64Array.of(score, 0.1, 0.2),
    labels: Int8Array.of(-1, -1, -1),
    amountColumns: [],
    amounts: [],
  };
  return drain(
    realiseImpact(decisions, {
      outcomes,
      scenario: defaultScenario('lending', null),
      threshold: Number.POSITIVE_INFINITY,
      promise: { mean: 1, deviation: Number.NaN, rows: 1, fixedCost: 0 },
      reading: {
        ...{ idColumn: 'id', decisionIdColumn: 'id', outcomeColumn: 'end', amount: null },
        ...{ positive: [outcome], undecided: [], dateColumn: { from: 'decisions', column: 'day' } },
      },
    }),
  );
}

describe('the body of a kept impact', () => {
  it('holds months and counts, and no row: no id, score, outcome or day', () => {
    const text = JSON.stringify(impactBody(realised(), context));
    for (const mark of [...ids, String(score), outcome, '2024-01-03', String(Date.UTC(2024, 0, 3))])
      expect(text).not.toContain(mark);
    expect(text).toContain('"month":"2024-01"');
  });

  it('has no place for more: what an object carries besides is refused', () => {
    const body = impactBody(realised(), context);
    const more = [
      { ...body, decisions: ids },
      { ...body, total: { ...body.total, ids } },
      { ...body, months: body.months.map((month) => ({ ...month, scores: [score] })) },
      { ...body, context: { ...body.context, ids } },
      { ...body, spending: [{ label: 'Review cost', amount: 1, ids }] },
    ];
    for (const bad of more) expect(impactBodySchema.safeParse(bad).success).toBe(false);
    const smuggled = { ...realised(), rows: ids } as ReturnType<typeof realised>;
    expect(() => impactBody(smuggled, context)).toThrow();
  });

  it('comes back from JSON as it was, undefined figures and an infinite threshold too', () => {
    const before = realised();
    const found = parseImpactBody(JSON.parse(JSON.stringify(impactBody(before, context))));
    expect(found?.context).toEqual(context);
    expect(found?.realised).toEqual(before);
    expect(before.total.promised.low).toBeNaN();
  });

  it('takes months in their order only, each once', () => {
    const body = impactBody(realised(), context);
    const [january, february] = body.months;
    const isValid = (months: unknown[]) => impactBodySchema.safeParse({ ...body, months }).success;
    expect(isValid([january, february])).toBe(true);
    expect(isValid([february, january])).toBe(false);
    expect(isValid([january, january])).toBe(false);
  });

  it('of another form is not read', () => {
    for (const body of [null, 1, {}, { format: 'cutline-impact-2' }])
      expect(parseImpactBody(body)).toBeNull();
  });
});
