import { expect, it } from 'vitest';
import { initialChoices } from '../../state/workspace-store.ts';
import { neededFiles, neededText } from './needed-files.ts';
import { loans, modelHash, pipeline, tableHash } from './sample-table.laws.ts';

const other = { id: 'cc'.repeat(32), name: 'other.onnx', mapping: initialChoices.mapping };
const linked = {
  ...initialChoices,
  table: { id: tableHash, name: 'loans.csv' },
  model: { id: modelHash, name: 'model.txt' },
  otherModels: [other],
};
const nothing = { base: null, tables: [], models: [] };
const withTable = { base: loans, tables: [loans], models: [] };
const said = (...[choices, open]: Parameters<typeof neededFiles>): string =>
  neededText(neededFiles(choices, open));

it('names the second model that the link carries', () => {
  expect(said(linked, nothing)).toBe(
    'This page needs loans.csv and model.txt, and to compare other.onnx. Drop them here to go on exactly where it stood.',
  );
  expect(neededFiles(linked, nothing).beside).toEqual([{ kind: 'model', id: other.id, name: other.name }]);
});

it('names what is still absent after some of the files were dropped', () => {
  expect(said(linked, withTable)).toMatch(
    /^This page needs model\.txt, and to compare other\.onnx\. Drop them/,
  );
  const hasOther = { ...withTable, models: [{ ...pipeline, id: other.id }] };
  expect(said(linked, hasOther)).toMatch(/^This page needs model\.txt\. Drop it/);
  const hasModels = { ...nothing, models: [pipeline, { ...pipeline, id: other.id }] };
  expect(said(linked, hasModels)).toMatch(/^This page needs loans\.csv\. Drop it/);
});

it('asks for nothing once the needed files are open, though a model beside them is absent', () => {
  expect(neededFiles(linked, { ...withTable, models: [pipeline] })).toEqual({ needed: [], beside: [] });
});
