import { describe, expect, it } from 'vitest';
import type { DemoManifest } from '../../contracts/demo-manifest.ts';
import { initialChoices } from '../../state/workspace-store.ts';
import {
  choicesForNewModel,
  choicesForNewTable,
  choicesForOtherTable,
  missingFiles,
  openDecision,
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
});

describe('choices after opening', () => {
  it('a new table starts from guesses and keeps the model', () => {
    const choices = choicesForNewTable({ ...linked, demo: 'credit' }, loans, true);
    expect(choices).toMatchObject({ demo: null, threshold: null, model: linked.model, scoreColumn: null });
    expect(choices.table).toEqual({ id: tableHash, name: 'loans.csv' });
    expect(choices.target?.positive).toEqual(['bad']);
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
    expect(choicesForNewModel(before, pipeline)).toMatchObject({
      scoreColumn: null,
      mapping: { columnOf: {}, order: null },
      threshold: null,
      target: linked.target,
    });
  });
});

describe('missingFiles', () => {
  it('names what a link needs and what of it is still missing', () => {
    expect(missingFiles(linked, { table: null, model: null }).map(({ name }) => name)).toEqual([
      'loans.csv',
      'model.onnx',
    ]);
    expect(missingFiles(linked, { table: loans, model: null }).map(({ kind }) => kind)).toEqual(['model']);
    expect(missingFiles(linked, { table: loans, model: pipeline })).toEqual([]);
  });

  it('a demo fetches its own, and a score column needs no model', () => {
    expect(missingFiles({ ...linked, demo: 'credit' }, { table: null, model: null })).toEqual([]);
    expect(missingFiles({ ...linked, scoreColumn: 'p' }, { table: loans, model: null })).toEqual([]);
    expect(missingFiles(initialChoices, { table: null, model: null })).toEqual([]);
  });
});

describe('filesAreOpen', () => {
  const table = { ...empty, value: loans };
  const model = { ...empty, value: pipeline };
  it('compares content, not names', () => {
    expect(filesAreOpen({ table, model }, linked)).toBe(true);
    expect(
      filesAreOpen({ table: { ...empty, value: { ...loans, id: `${tableHash}+9` } }, model }, linked),
    ).toBe(true);
    expect(filesAreOpen({ table, model: { ...empty, value: { ...pipeline, id: 'x' } } }, linked)).toBe(false);
    expect(filesAreOpen({ table: empty, model }, linked)).toBe(false);
    expect(filesAreOpen({ table, model: empty }, { ...linked, scoreColumn: 'p_bad' })).toBe(true);
  });
});

describe('demoChoices', () => {
  const manifest: DemoManifest = {
    schemaVersion: 1,
    title: 't',
    description: 'd',
    provenance: 'p',
    data: 'loans.csv',
    model: 'model.onnx',
    roles: { Status: 'target' },
    target: { column: 'Status', positive: ['bad'], excluded: [] },
    split: { column: 'split', value: 'test' },
    scenario: null,
    threshold: null,
  };

  it('without a link the manifest says everything', () => {
    expect(demoChoices('credit', manifest, initialChoices, loans, pipeline)).toEqual({
      ...initialChoices,
      demo: 'credit',
      table: linked.table,
      model: linked.model,
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
      pipeline,
    );
    expect(choices).toMatchObject({ threshold: 0.4, split: manifest.split });
  });

  it('a whole link wins, even where it says “none”', () => {
    const choices = demoChoices(
      'credit',
      manifest,
      { ...linked, demo: 'credit', split: null },
      loans,
      pipeline,
    );
    expect(choices.split).toBeNull();
    expect(choices.threshold).toBe(0.2);
  });
});
