import { describe, expect, it } from 'vitest';
import type { DemoManifest } from '../../contracts/demo-manifest.ts';
import { initialChoices } from '../../state/workspace-store.ts';
import {
  absentModels,
  championOf,
  choicesForNewModel,
  choicesForNewTable,
  choicesForOtherTable,
  choicesWithModel,
  choicesWithoutModel,
  missingFiles,
  openDecision,
  openTableOf,
  withOpenModels,
} from './open-decision.ts';
import { demoChoices } from './open-demo.ts';
import { filesAreOpen } from './reopen-link.ts';
import { loans, modelHash, pipeline, tableHash } from './sample-table.laws.ts';

const empty = { value: null, loading: null, error: null };
const linked = {
  ...initialChoices,
  table: { id: tableHash, name: 'loans.csv' },
  model: { id: modelHash, name: 'model.onnx' },
  target: { column: 'Status', positive: ['bad'], excluded: [] },
  threshold: 0.2,
};

describe('openDecision', () => {
  it.each([
    ['nothing was asked for', 'a', null, false, 'replace'],
    ['a link asks for it', 'a', 'a', false, 'restore'],
    ['a link asks for another', 'b', 'a', false, 'offer'],
    ['it is open already', 'a', 'a', true, 'restore'],
    ['another is open', 'b', 'a', true, 'replace'],
  ] as const)('%s', (_name, hash, wanted, isOpen, decision) => {
    expect(openDecision(hash, wanted, isOpen)).toBe(decision);
  });

  it('a second table that a link names is opened beside', () => {
    expect(openDecision('b', 'a', false, ['b'])).toBe('beside');
    expect(openDecision('c', 'a', false, ['b'])).toBe('offer');
  });
});

describe('choices after opening', () => {
  it('a new table starts from guesses and keeps the model', () => {
    const choices = choicesForNewTable({ ...linked, demo: 'credit' }, loans, true);
    expect(choices).toMatchObject({ demo: null, threshold: null, model: linked.model, scoreColumn: null });
    expect(choices.table).toEqual({ id: tableHash, name: 'loans.csv' });
    expect(choices.target?.positive).toEqual(['bad']);
  });

  it('a table of which some columns were read names them', () => {
    const part = { ...loans, id: `${tableHash}~12`, columns: loans.columns.slice(0, 2) };
    expect(choicesForNewTable(linked, part, true)).toMatchObject({
      table: { id: tableHash },
      columns: ['row_id', 'split'],
    });
    expect(choicesForNewTable(linked, loans, true).columns).toBeNull();
  });

  it('a retyped table is named by its file', () => {
    expect(choicesForNewTable(linked, { ...loans, id: `${tableHash}+123` }, true).table?.id).toBe(tableHash);
  });

  it('another table in the place of a linked one keeps the threshold', () => {
    const choices = choicesForOtherTable(linked, { ...loans, id: 'ff'.repeat(32), name: 'new.csv' });
    expect(choices).toMatchObject({ threshold: 0.2, target: linked.target });
    expect(choices.table).toEqual({ id: 'ff'.repeat(32), name: 'new.csv' });
  });

  it('a new model makes the scores, and forgets what was said of the old one', () => {
    const before = { ...linked, scoreColumn: 'p_bad', mapping: { columnOf: { a: 'b' }, order: ['b'] } };
    expect(choicesForNewModel(before, { id: 'ef'.repeat(32), name: 'new.onnx' })).toMatchObject({
      scoreColumn: null,
      mapping: { columnOf: {}, order: null },
      threshold: null,
      target: linked.target,
    });
  });
});

describe('several models', () => {
  const challenger = { id: 'ef'.repeat(32), name: 'challenger.onnx' };
  const mapping = { columnOf: { Age: 'Years' }, order: null };

  it('a new model becomes the current one, and the one before stays beside it with its mapping', () => {
    const choices = choicesForNewModel({ ...linked, mapping }, challenger);
    expect(choices.model).toEqual(challenger);
    expect(choices.mapping).toEqual(initialChoices.mapping);
    expect(choices.otherModels).toEqual([{ ...linked.model, mapping, isChampion: true }]);
  });

  it('the first one stays the champion, whichever is current, until it is closed', () => {
    const third = { id: '12'.repeat(32), name: 'third.onnx' };
    const three = choicesForNewModel(choicesForNewModel({ ...linked, mapping }, challenger), third);
    expect(championOf(three)).toBe(modelHash);
    expect(championOf(choicesWithModel(three, challenger))).toBe(modelHash);
    expect(championOf(choicesWithModel(three, linked.model))).toBe(modelHash);
    const open = [pipeline, challenger, third];
    expect(championOf(withOpenModels({ ...linked, otherModels: [] }, open, third.id, modelHash))).toBe(
      modelHash,
    );
    expect(championOf(choicesWithoutModel(three, modelHash, [challenger, third]))).toBe(third.id);
    expect(championOf(choicesWithoutModel(three, third.id, [linked.model, challenger]))).toBe(modelHash);
    expect(championOf({ ...linked, model: null, otherModels: [] })).toBeNull();
  });

  it('going back brings each its own mapping', () => {
    const there = choicesWithModel({ ...linked, mapping }, challenger);
    const back = choicesWithModel(there, linked.model);
    expect(back.mapping).toEqual(mapping);
    expect(back.otherModels).toEqual([{ ...challenger, mapping: initialChoices.mapping }]);
    expect(choicesWithModel(back, linked.model)).toBe(back);
  });

  it('closing the current one puts the first open one in its place', () => {
    const gone = { id: '0'.repeat(64), name: 'gone.onnx', mapping: initialChoices.mapping };
    const two = { ...linked, otherModels: [gone, { ...challenger, mapping }] };
    const left = choicesWithoutModel(two, modelHash, [challenger]);
    expect(left).toMatchObject({ model: challenger, mapping, threshold: null });
    expect(left.otherModels).toEqual([gone]);
    expect(choicesWithoutModel(left, challenger.id, [])).toMatchObject({ model: null, otherModels: [gone] });
    expect(choicesWithoutModel(two, challenger.id, []).otherModels).toEqual([gone]);
  });

  it('two models side by side that change places stay side by side; a closed one stands nowhere', () => {
    const besideOf = (id: string) => ({ kind: 'model', id }) as const;
    const two = { ...linked, otherModels: [{ ...challenger, mapping }], besideForm: besideOf(challenger.id) };
    const swapped = choicesWithModel(two, challenger);
    expect(swapped.besideForm).toEqual(besideOf(modelHash));
    expect(choicesWithModel(swapped, linked.model).besideForm).toEqual(two.besideForm);
    expect(choicesWithoutModel(two, challenger.id, []).besideForm).toBeNull();
    expect(choicesWithoutModel(two, modelHash, [challenger]).besideForm).toBeNull();
    const column = { ...two, besideForm: { kind: 'column', column: 'p' } } as const;
    expect(choicesWithModel(column, challenger).besideForm).toEqual(column.besideForm);
    expect(withOpenModels(two, [pipeline], modelHash, modelHash).besideForm).toBeNull();
    expect(withOpenModels(two, [pipeline, challenger], modelHash, modelHash).besideForm).toEqual(
      two.besideForm,
    );
    expect(withOpenModels(two, [challenger], challenger.id, challenger.id).besideForm).toBeNull();
  });

  it('parked choices come back with the models that are open now', () => {
    const parked = { ...linked, mapping, otherModels: [] };
    const same = withOpenModels(parked, [pipeline, challenger], modelHash, modelHash);
    expect(same).toMatchObject({ model: linked.model, mapping, threshold: 0.2 });
    expect(same.otherModels).toEqual([{ ...challenger, mapping: initialChoices.mapping }]);
    const other = withOpenModels(parked, [pipeline, challenger], challenger.id, challenger.id);
    expect(other).toMatchObject({ model: challenger, mapping: initialChoices.mapping, threshold: null });
    expect(other.otherModels).toEqual([{ id: modelHash, name: 'model.onnx', mapping }]);
    expect(withOpenModels(parked, [], null, null)).toMatchObject({ model: null, otherModels: [] });
  });

  it('names those that are not open', () => {
    const two = { ...linked, otherModels: [{ ...challenger, mapping }] };
    expect(absentModels(two, [pipeline]).map(({ name }) => name)).toEqual(['challenger.onnx']);
    expect(absentModels(two, [challenger])).toEqual([]);
  });
});

describe('missingFiles', () => {
  const nothing = { base: null, tables: [], models: [] };
  const withTable = { ...nothing, base: loans, tables: [loans] };

  it('names what a link needs and what of it is still missing', () => {
    expect(missingFiles(linked, nothing).map(({ name }) => name)).toEqual(['loans.csv', 'model.onnx']);
    expect(missingFiles(linked, withTable).map(({ kind }) => kind)).toEqual(['model']);
    expect(missingFiles(linked, { ...withTable, models: [pipeline] })).toEqual([]);
  });

  it('names a joined table, once', () => {
    const payments = { id: 'ee'.repeat(32), name: 'payments.csv' };
    const join = { table: payments, leftKey: 'row_id', rightKey: 'row_id', orderBy: null, columns: [] };
    const choices = { ...linked, scoreColumn: 'p_bad', joins: [join, join] };
    expect(missingFiles(choices, withTable)).toEqual([{ kind: 'table', ...payments }]);
    const tables = [loans, { ...loans, ...payments }];
    expect(missingFiles(choices, { ...withTable, tables })).toEqual([]);
  });

  it('a demo fetches its own, and a score column needs no model', () => {
    expect(missingFiles({ ...linked, demo: 'credit' }, nothing)).toEqual([]);
    expect(missingFiles({ ...linked, scoreColumn: 'p' }, withTable)).toEqual([]);
    expect(missingFiles(initialChoices, nothing)).toEqual([]);
  });
});

describe('openTableOf', () => {
  it('takes the whole file before a part of it', () => {
    const part = { ...loans, id: `${tableHash}~12` };
    expect(openTableOf([part, loans], tableHash)).toBe(loans);
    expect(openTableOf([part], tableHash)).toBe(part);
    expect(openTableOf([part, loans], part.id)).toBe(part);
    expect(openTableOf([], tableHash)).toBeUndefined();
  });
});

describe('filesAreOpen', () => {
  const base = loans;
  const model = { ...empty, value: pipeline };
  it('compares content, not names', () => {
    expect(filesAreOpen({ base, model }, linked)).toBe(true);
    const some = { ...loans, id: `${tableHash}~9` };
    expect(filesAreOpen({ base: some, model }, linked)).toBe(false);
    const columns = loans.columns.map(({ name }) => name);
    expect(filesAreOpen({ base: some, model }, { ...linked, columns })).toBe(true);
    expect(filesAreOpen({ base, model }, { ...linked, columns })).toBe(false);
    expect(filesAreOpen({ base, model: { ...empty, value: { ...pipeline, id: 'x' } } }, linked)).toBe(false);
    expect(filesAreOpen({ base: null, model }, linked)).toBe(false);
    expect(filesAreOpen({ base, model: empty }, { ...linked, scoreColumn: 'p_bad' })).toBe(true);
  });
});

describe('demoChoices', () => {
  const manifest: DemoManifest = {
    schemaVersion: 2,
    title: 't',
    description: 'd',
    provenance: 'p',
    simulated: false,
    data: 'loans.csv',
    models: ['model.onnx', 'challenger.onnx'],
    tables: [],
    scoreColumn: null,
    truth: null,
    roles: { Status: 'target' },
    target: { column: 'Status', positive: ['bad'], excluded: [] },
    split: { column: 'split', value: 'test' },
    scenario: null,
    threshold: null,
  };

  const challenger = { ...pipeline, id: 'ef'.repeat(32), name: 'challenger.onnx' };
  const models = [pipeline, challenger];

  it('without a link the manifest says everything', () => {
    expect(demoChoices('credit', manifest, initialChoices, loans, models)).toEqual({
      ...initialChoices,
      demo: 'credit',
      table: linked.table,
      model: linked.model,
      otherModels: [{ id: challenger.id, name: challenger.name, mapping: initialChoices.mapping }],
      roles: manifest.roles,
      target: manifest.target,
      split: manifest.split,
    });
  });

  it('a link written by hand changes only what it says', () => {
    const choices = demoChoices(
      'credit',
      manifest,
      { ...initialChoices, demo: 'credit', threshold: 0.4 },
      loans,
      models,
    );
    expect(choices).toMatchObject({ threshold: 0.4, split: manifest.split });
  });

  it('a whole link wins, even where it says “none”', () => {
    const choices = demoChoices(
      'credit',
      manifest,
      { ...linked, demo: 'credit', split: null },
      loans,
      models,
    );
    expect(choices.split).toBeNull();
    expect(choices.threshold).toBe(0.2);
  });

  it('a link that was made before the demo had a second model has it open beside', () => {
    const older = { ...linked, demo: 'credit', otherModels: [] };
    const beside = { id: challenger.id, name: challenger.name, mapping: initialChoices.mapping };
    expect(demoChoices('credit', manifest, older, loans, models).otherModels).toEqual([beside]);
    const known = { ...beside, mapping: { columnOf: { Age: 'Years' }, order: null } };
    const newer = { ...older, otherModels: [known] };
    expect(demoChoices('credit', manifest, newer, loans, models).otherModels).toEqual([known]);
  });

  it('a link to a model of an older demo gets the first one', () => {
    const older = { ...linked, model: { id: '0'.repeat(64), name: 'old.onnx' } };
    expect(demoChoices('credit', manifest, older, loans, models).model).toEqual(linked.model);
    const scored = { ...linked, model: null, scoreColumn: 'p_bad' };
    expect(demoChoices('credit', manifest, scored, loans, models).model).toBeNull();
  });
});
