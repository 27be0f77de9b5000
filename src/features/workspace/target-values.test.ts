import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from '../../core/table/summary.ts';
import type { TargetDefinition } from '../../core/table/target.ts';
import { category, loans } from './sample-table.laws.ts';
import { type TargetGroup, targetView, withValueIn } from './target-values.ts';

const status = loans.columns[2] as ColumnSummary;
const target: TargetDefinition = { column: 'Status', positive: ['bad'], excluded: ['unknown'] };

describe('targetView', () => {
  it('counts every row once: positive, negative or excluded', () => {
    const view = targetView(status, target, 100);
    expect(view.rows).toEqual({ positive: 30, negative: 60, excluded: 10 });
    expect(view.missing).toBe(4);
    expect(view.problem).toBeNull();
  });

  it('asks for a positive value', () => {
    expect(targetView(status, { ...target, positive: [] }, 100).problem).toMatch(/at least one value/);
  });

  it('asks for both outcomes', () => {
    const all = { column: 'Status', positive: ['good', 'bad'], excluded: ['unknown'] };
    expect(targetView(status, all, 100).problem).toMatch(/Every labelled row is positive/);
  });

  it('names a positive value that no row holds', () => {
    const view = targetView(status, { ...target, positive: ['awful'] }, 100);
    expect(view.problem).toContain('“awful”');
    expect(view.absent).toEqual(['awful']);
  });

  it('counts values beyond the listed ones as negative, and does not call an unlisted one absent', () => {
    const many = category('Code', { a: 10, b: 5 }, { distinct: 70 });
    const view = targetView(many, { column: 'Code', positive: ['a', 'rare'], excluded: [] }, 100);
    expect(view.unlisted).toBe(85);
    expect(view.rows.negative).toBe(90);
    expect(view.absent).toEqual([]);
  });
});

describe('withValueIn', () => {
  it('a value is in one group at a time, whatever the moves, and no row is lost', () => {
    const move = fc.tuple(
      fc.constantFrom('good', 'bad', 'unknown'),
      fc.constantFrom<TargetGroup>('positive', 'negative', 'excluded'),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        const end = moves.reduce<TargetDefinition>(
          (now, [value, group]) => withValueIn(now, value, group),
          target,
        );
        const view = targetView(status, end, 100);
        for (const { value, group } of view.values) {
          const last = moves.findLast(([moved]) => moved === value)?.[1];
          if (last !== undefined) expect(group).toBe(last);
        }
        expect(view.rows.positive + view.rows.negative + view.rows.excluded).toBe(100);
        expect(new Set([...end.positive, ...end.excluded]).size).toBe(
          end.positive.length + end.excluded.length,
        );
      }),
    );
  });
});
