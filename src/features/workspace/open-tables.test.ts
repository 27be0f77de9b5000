import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewState } from '../../contracts/saved-state.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { choicesForNewModel } from './open-decision.ts';
import { addModel, adoptModel, closeModel, switchModel } from './open-models.ts';
import { addTable, adoptTable, closeTable, switchTable } from './open-tables.ts';
import { loans, pipeline } from './sample-table.laws.ts';
import { guessedChoices } from './table-choices.ts';

const payments = { ...loans, id: 'ee'.repeat(32), name: 'payments.csv' };
const challenger = { ...pipeline, id: 'ef'.repeat(32), name: 'challenger.onnx' };
const state = () => useWorkspace.getState();
const choices = (): ViewState => state().choices;
const names = (open: readonly { readonly name: string }[]) => open.map(({ name }) => name);

/** Freeing a table asks the browser how many workers there may be; none is started here. */
beforeAll(() => vi.stubGlobal('navigator', { hardwareConcurrency: 2 }));
afterAll(() => vi.unstubAllGlobals());

beforeEach(() => {
  state().reset();
  adoptTable(loans, {
    choices: {
      ...choices(),
      table: { id: loans.id, name: loans.name },
      ...guessedChoices(loans, false),
    },
    confirmed: true,
  });
});

describe('several tables', () => {
  it('each keeps what was chosen about it while another is current', () => {
    state().choose({ threshold: 0.3, split: null });
    addTable(payments);
    expect(names(state().tables)).toEqual(['loans.csv', 'payments.csv']);
    expect(state().base).toBe(loans);
    switchTable(payments.id);
    expect(state().table.value).toBe(payments);
    expect(choices()).toMatchObject({ table: { name: 'payments.csv' }, threshold: null });
    expect(state().confirmed).toBe(false);
    state().choose({ threshold: 0.7 });
    switchTable(loans.id);
    expect(choices()).toMatchObject({ table: { name: 'loans.csv' }, threshold: 0.3, split: null });
    expect(state().confirmed).toBe(true);
    switchTable(payments.id);
    expect(choices().threshold).toBe(0.7);
    expect(Object.keys(state().parked)).toEqual([loans.id]);
  });

  it('the same table is listed once, and an unknown one changes nothing', () => {
    addTable(loans);
    switchTable('nobody');
    expect(names(state().tables)).toEqual(['loans.csv']);
    expect(state().base).toBe(loans);
  });

  it('closing the current one shows the next, closing the last leaves none', () => {
    addTable(payments);
    closeTable(loans.id);
    expect(state().base).toBe(payments);
    expect(names(state().tables)).toEqual(['payments.csv']);
    expect(state().parked).toEqual({});
    closeTable(payments.id);
    expect(state()).toMatchObject({ base: null, tables: [], confirmed: false });
    expect(state().table.value).toBeNull();
    expect(choices().table).toBeNull();
  });

  it('a join goes with the table that it takes columns from', () => {
    addTable(payments);
    const join = {
      table: { id: payments.id, name: payments.name },
      leftKey: 'row_id',
      rightKey: 'row_id',
      orderBy: null,
      columns: [{ column: 'Age', aggregate: 'value', as: 'payments_Age' }],
    } as const;
    state().choose({ joins: [join], roles: { ...choices().roles, payments_Age: 'ignore' } });
    closeTable(payments.id);
    expect(choices().joins).toEqual([]);
    expect(choices().roles).not.toHaveProperty('payments_Age');
    expect(state().base).toBe(loans);
  });

  it('a table with changed readings is not shown before it is derived', () => {
    addTable(payments);
    state().choose({ readings: { Age: { kind: 'category' } } });
    switchTable(payments.id);
    expect(state().table.value).toBe(payments);
    switchTable(loans.id);
    expect(state().base).toBe(loans);
    expect(state().table.value).toBeNull();
  });
});

describe('several models', () => {
  beforeEach(() => {
    adoptModel(pipeline, { choices: choicesForNewModel(choices(), pipeline) });
    state().choose({ mapping: { columnOf: { Age: 'Amount' }, order: null }, threshold: 0.3 });
  });

  it('each has its own mapping and threshold', () => {
    addModel(challenger);
    expect(choices().model?.name).toBe('model.onnx');
    expect(names(choices().otherModels)).toEqual(['challenger.onnx']);
    switchModel(challenger.id);
    expect(state().model.value).toBe(challenger);
    expect(choices()).toMatchObject({ mapping: { columnOf: {} }, threshold: null });
    state().choose({ threshold: 0.6 });
    switchModel(pipeline.id);
    expect(choices()).toMatchObject({ mapping: { columnOf: { Age: 'Amount' } }, threshold: 0.3 });
    switchModel(challenger.id);
    expect(choices().threshold).toBe(0.6);
    expect(names(state().models)).toEqual(['model.onnx', 'challenger.onnx']);
  });

  it('closing the current one shows the other, closing that leaves none', () => {
    addModel(challenger);
    closeModel(pipeline.id);
    expect(state().model.value).toBe(challenger);
    expect(choices()).toMatchObject({ model: { name: 'challenger.onnx' }, otherModels: [] });
    closeModel(challenger.id);
    expect(state()).toMatchObject({ models: [], mapping: null });
    expect(state().model.value).toBeNull();
    expect(choices().model).toBeNull();
  });

  it('stay as they are when the table changes', () => {
    addModel(challenger);
    addTable(payments);
    switchTable(payments.id);
    expect(choices().mapping.columnOf).toEqual({});
    switchModel(challenger.id);
    switchTable(loans.id);
    expect(choices().model?.name).toBe('challenger.onnx');
    expect(choices().otherModels).toEqual([
      {
        id: pipeline.id,
        name: 'model.onnx',
        mapping: { columnOf: { Age: 'Amount' }, order: null },
        isChampion: true,
      },
    ]);
  });
});
