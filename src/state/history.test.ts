import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewState } from '../contracts/saved-state.ts';
import type { TableSummary } from '../core/table/summary.ts';
import { currentHistory, redo, sealStep, startHistory, undo } from './history.ts';
import { initialChoices, useWorkspace } from './workspace-store.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;
const lending = {
  template: 'lending',
  name: '',
  currency: '',
  amount: { column: 'Amount' },
  lossRate: 0.8,
  reviewCost: 50,
  frictionCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
} as const;
const table = { id: 'a'.repeat(64), name: 'a.csv' };
const other = { id: 'b'.repeat(64), name: 'b.csv' };

let stop = (): void => {};
const choices = (): ViewState => useWorkspace.getState().choices;
const choose = (change: Partial<ViewState>): void => useWorkspace.getState().choose(change);
const wait = (ms: number): void => void vi.advanceTimersByTime(ms);
const open = (change: Partial<ViewState>): void =>
  useWorkspace.setState({ choices: { ...initialChoices, ...change } });
const summary = ({ id, name }: typeof table): TableSummary => ({
  id,
  name,
  byteLength: 1,
  rowCount: 1,
  columns: [],
  notices: [],
});

/** A choice long after the one before. */
function step(change: Partial<ViewState>): void {
  wait(10_000);
  choose(change);
}

beforeEach(() => {
  vi.useFakeTimers();
  useWorkspace.getState().reset();
  stop = startHistory();
});

afterEach(() => {
  sealStep(false);
  stop();
  vi.useRealTimers();
});

describe('undo and redo', () => {
  it('does nothing without a step', () => {
    undo();
    redo();
    expect(choices()).toBe(initialChoices);
    expect(currentHistory()).toEqual({ undoLabel: null, redoLabel: null });
  });

  it('walks back and ahead, one choice at a time', () => {
    step({ threshold: 0.2 });
    step({ scenario: lending });
    step({ scenario: { ...lending, reviewCost: 60 } });
    expect(currentHistory()).toEqual({ undoLabel: 'review cost', redoLabel: null });
    undo();
    expect(choices()).toEqual({ ...initialChoices, threshold: 0.2, scenario: lending });
    expect(currentHistory()).toEqual({ undoLabel: 'scenario', redoLabel: 'review cost' });
    undo();
    undo();
    expect(choices()).toEqual(initialChoices);
    redo();
    expect(choices()).toEqual({ ...initialChoices, threshold: 0.2 });
    redo();
    redo();
    redo();
    expect(choices().scenario).toEqual({ ...lending, reviewCost: 60 });
  });

  it('cannot redo over a new choice', () => {
    step({ threshold: 0.2 });
    undo();
    step({ pinned: 0.3 });
    expect(currentHistory()).toEqual({ undoLabel: 'pinned baseline', redoLabel: null });
  });

  it('a choice of what is chosen already is no step, and leaves what was undone', () => {
    step({ threshold: 0.2 });
    undo();
    step({ threshold: null, roles: {} });
    expect(currentHistory()).toEqual({ undoLabel: null, redoLabel: 'threshold' });
  });

  it('undoes all, then redoes all, through the same states', () => {
    const change = fc.oneof(
      fc.record({ threshold: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ pinned: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }),
      fc.record({ roles: fc.constantFrom({ a: 'id' as const }, { b: 'id' as const }, {}) }),
      fc.record({ readings: fc.constantFrom({}, { a: { kind: 'date' as const } }) }),
      fc.record({ scenario: fc.constantFrom(null, lending, { ...lending, reviewCost: 9 }) }),
    );
    const moves = fc.array(fc.tuple(change, fc.constantFrom(0, 100, 5000)), { maxLength: 30 });
    fc.assert(
      fc.property(moves, (walk) => {
        stop();
        useWorkspace.getState().reset();
        stop = startHistory();
        for (const [next, pauseMs] of walk) {
          wait(pauseMs);
          choose(next);
        }
        const seen = [choices()];
        while (currentHistory().undoLabel !== null) {
          undo();
          seen.push(choices());
        }
        expect(choices()).toEqual(initialChoices);
        for (const state of seen.reverse()) {
          expect(choices()).toEqual(state);
          redo();
        }
      }),
      { numRuns: runs },
    );
  });

  it('keeps the last 200 steps', () => {
    for (let i = 1; i <= 230; i++) step({ threshold: i / 1000 });
    let count = 0;
    while (currentHistory().undoLabel !== null) {
      undo();
      count++;
    }
    expect(count).toBe(200);
    expect(choices().threshold).toBe(0.03);
  });
});

describe('a burst', () => {
  it('of one field is one step: keys within 700 ms', () => {
    for (let i = 1; i <= 20; i++) {
      choose({ threshold: i / 100 });
      wait(690);
    }
    wait(20);
    choose({ threshold: 0.9 });
    undo();
    expect(choices().threshold).toBe(0.2);
    undo();
    expect(choices().threshold).toBeNull();
  });

  it('under a held pointer is one step, however long it rests', () => {
    step({ threshold: 0.1 });
    sealStep(true);
    for (const threshold of [0.2, 0.3, 0.4]) step({ threshold });
    sealStep(false);
    choose({ threshold: 0.5 });
    undo();
    expect(choices().threshold).toBe(0.4);
    undo();
    expect(choices().threshold).toBe(0.1);
  });

  it('that ends where it began is no step', () => {
    step({ threshold: 0.1 });
    step({ threshold: 0.2 });
    choose({ threshold: 0.1 });
    undo();
    expect(choices().threshold).toBeNull();
  });

  it('of two fields is two steps', () => {
    choose({ scenario: lending });
    choose({ scenario: { ...lending, lossRate: 0.5 } });
    choose({ scenario: { ...lending, lossRate: 0.5, reviewCost: 60 } });
    undo();
    expect(choices().scenario).toEqual({ ...lending, lossRate: 0.5 });
    undo();
    expect(choices().scenario).toEqual(lending);
  });

  it('does not go on after an undo', () => {
    choose({ threshold: 0.1 });
    wait(1000);
    choose({ threshold: 0.2 });
    undo();
    choose({ threshold: 0.3 });
    undo();
    expect(choices().threshold).toBe(0.1);
  });
});

describe('a boundary', () => {
  it.each([
    ['a table', { table }],
    ['other columns of it', { columns: ['a'] }],
    ['a demo', { demo: 'credit' }],
    ['a model', { model: table }],
    ['a model beside', { otherModels: [{ ...table, mapping: { columnOf: {}, order: null } }] }],
  ] as const)('%s that is opened ends the history', (_name, change) => {
    step({ threshold: 0.2 });
    open(change);
    expect(currentHistory().undoLabel).toBeNull();
    undo();
    expect(choices()).toEqual({ ...initialChoices, ...change });
  });

  it('reset ends it', () => {
    open({ table });
    step({ threshold: 0.2 });
    useWorkspace.getState().reset();
    expect(currentHistory().undoLabel).toBeNull();
  });

  it('a table shown again has its steps back', () => {
    open({ table });
    step({ threshold: 0.2 });
    const parked = choices();
    open({ table: other });
    step({ threshold: 0.7 });
    useWorkspace.setState({ choices: { ...parked } });
    expect(currentHistory().undoLabel).toBe('threshold');
    undo();
    expect(choices()).toEqual({ ...initialChoices, table });
  });

  it('but not when its choices are no longer those it was left with', () => {
    open({ table });
    step({ threshold: 0.2 });
    open({ table: other });
    open({ table, threshold: 0.3 });
    expect(currentHistory().undoLabel).toBeNull();
  });

  it('a closed table, which a join may name, ends the steps of all', () => {
    useWorkspace.setState({ tables: [summary(table)] });
    open({ table });
    step({ threshold: 0.2 });
    useWorkspace.setState({ tables: [summary(table), summary(other)] });
    expect(currentHistory().undoLabel).toBe('threshold');
    useWorkspace.setState({ tables: [summary(table)] });
    expect(currentHistory().undoLabel).toBeNull();
  });
});

describe('what the session changes by itself', () => {
  it('a refused reading leaves no step', () => {
    step({ threshold: 0.2 });
    step({ readings: { a: { kind: 'date' } } });
    wait(5000);
    useWorkspace.setState({ choices: { ...choices(), readings: {} } });
    expect(currentHistory().undoLabel).toBe('threshold');
  });

  it('what was chosen along with a refused join stays a step', () => {
    const join = { table: other, leftKey: 'id', rightKey: 'id', orderBy: null, columns: [] };
    step({ joins: [join], roles: { a: 'ignore' } });
    useWorkspace.setState({ choices: { ...choices(), joins: [] } });
    expect(choices().roles).toEqual({ a: 'ignore' });
    undo();
    expect(choices()).toEqual(initialChoices);
  });

  it('a link for the open files is a step', () => {
    step({ threshold: 0.2 });
    useWorkspace.setState({ choices: { ...initialChoices, threshold: 0.5, pinned: 0.4 } });
    expect(currentHistory().undoLabel).toBe('several choices');
    undo();
    expect(choices()).toEqual({ ...initialChoices, threshold: 0.2 });
  });

  it('a choice that goes back is a step all the same', () => {
    step({ threshold: 0.2 });
    step({ threshold: null });
    undo();
    expect(choices().threshold).toBe(0.2);
  });
});
