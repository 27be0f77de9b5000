import { beforeEach, describe, expect, it } from 'vitest';
import { DataError, FormatError } from '../../core/errors.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { readinessOf } from './readiness.ts';

const table: TableSummary = {
  id: 't',
  name: 'loans.csv',
  byteLength: 1,
  rowCount: 3,
  columns: [],
  notices: [],
};
const target = { column: 'bad', positive: ['1'], excluded: [] };
const now = () => readinessOf(useWorkspace.getState());

describe('readinessOf', () => {
  beforeEach(() => useWorkspace.getState().reset());

  it('is empty at first run', () => {
    expect(now()).toEqual({ kind: 'empty' });
  });

  it('shows work under way with its way out', () => {
    const cancel = () => undefined;
    useWorkspace
      .getState()
      .setTable({ loading: { name: 'loans.csv', progress: null, startedAtMs: 5, cancel } });
    expect(now()).toEqual({
      kind: 'opening',
      what: 'Opening loans.csv',
      progress: null,
      startedAtMs: 5,
      cancel,
    });
  });

  it('shows what was refused', () => {
    const error = new FormatError('not-a-table', 'This is a picture.');
    useWorkspace.getState().setTable({ error });
    expect(now()).toEqual({ kind: 'failed', what: 'The table was not opened', error });
  });

  it('names the next step when the table is open', () => {
    const { setTable, choose, setConfirmed } = useWorkspace.getState();
    setTable({ value: table });
    expect(now()).toMatchObject({ kind: 'unfinished', missing: expect.stringContaining('target') });
    choose({ target });
    expect(now()).toMatchObject({ missing: expect.stringContaining('model') });
    choose({ scoreColumn: 'score' });
    expect(now()).toMatchObject({ missing: 'confirm the roles of the columns' });
    setConfirmed(true);
    expect(now()).toMatchObject({
      kind: 'ready',
      spec: { tableId: 't', scores: { kind: 'column', column: 'score' } },
    });
  });

  it('keeps the answer on screen while another file is opened or refused', () => {
    const { setTable, choose, setConfirmed, setModel } = useWorkspace.getState();
    setTable({ value: table });
    choose({ target, scoreColumn: 'score' });
    setConfirmed(true);
    setModel({ error: new FormatError('corrupt-model', 'Cut off.') });
    setTable({ loading: { name: 'b.csv', progress: null, startedAtMs: 0, cancel: () => undefined } });
    expect(now().kind).toBe('ready');
  });

  it('shows a scoring run, then its failure', () => {
    const { setTable, choose, setScoring } = useWorkspace.getState();
    setTable({ value: table });
    choose({ target });
    setScoring({ status: 'running', startedAtMs: 7 });
    expect(now()).toMatchObject({ kind: 'opening', what: 'Scoring 3\u00a0rows', startedAtMs: 7 });
    setScoring({ status: 'failed', error: new DataError('score-missing', 'No score.') });
    expect(now()).toMatchObject({ kind: 'failed', what: 'The rows were not scored' });
  });
});
