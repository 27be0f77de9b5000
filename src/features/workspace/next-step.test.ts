import { describe, expect, it } from 'vitest';
import type { MappingReport } from '../../core/model/mapping.ts';
import { idleScoring, initialChoices } from '../../state/workspace-store.ts';
import { choosesScores, nextStep } from './next-step.ts';
import { loans, pipeline } from './sample-table.laws.ts';
import { guessedChoices } from './table-choices.ts';

const empty = { value: null, loading: null, error: null };
const fits: MappingReport = {
  bindings: [],
  missing: [],
  extra: [],
  mistyped: [],
  unseen: [],
  needsOrderConsent: false,
  ready: true,
  notices: [],
};
const choices = { ...initialChoices, ...guessedChoices(loans, true) };
const open = {
  choices,
  table: { ...empty, value: loans },
  model: { ...empty, value: pipeline },
  mapping: fits,
  scoring: idleScoring,
  confirmed: false,
};
const done = { ...idleScoring, status: 'done' as const, scoresId: 's' };

describe('nextStep', () => {
  it.each([
    ['nothing open', { table: empty }, 'open-table'],
    ['no target', { choices: { ...choices, target: null } }, 'choose-target'],
    [
      'a target of another table',
      { choices: { ...choices, target: { column: 'x', positive: ['1'], excluded: [] } } },
      'choose-target',
    ],
    [
      'no positive value',
      { choices: { ...choices, target: { column: 'Status', positive: [], excluded: [] } } },
      'fix-target',
    ],
    ['no model', { model: empty, mapping: null }, 'open-scores'],
    ['model not matched yet', { mapping: null }, 'match'],
    ['an input without a column', { mapping: { ...fits, missing: ['Age'], ready: false } }, 'fix-mapping'],
    ['guesses not confirmed', {}, 'confirm'],
    ['confirmed before, scores outdated', { confirmed: true }, 'score'],
    ['scoring', { confirmed: true, scoring: { ...idleScoring, status: 'running' as const } }, 'scoring'],
    ['scoring failed', { confirmed: true, scoring: { ...idleScoring, status: 'failed' as const } }, 'failed'],
    ['scored', { confirmed: true, scoring: done }, 'ready'],
    [
      'a score column, not confirmed',
      { choices: { ...choices, scoreColumn: 'p_bad' }, model: empty, mapping: null },
      'confirm',
    ],
    [
      'a score column, confirmed',
      { choices: { ...choices, scoreColumn: 'p_bad' }, confirmed: true },
      'ready',
    ],
    [
      'a score column that is not in [0, 1]',
      { choices: { ...choices, scoreColumn: 'Amount' }, confirmed: true },
      'fix-scores',
    ],
  ] as const)('%s', (_name, change, kind) => {
    expect(nextStep({ ...open, ...change }).kind).toBe(kind);
  });
});

describe('choosesScores', () => {
  it('while a score column is to be confirmed and there are others', () => {
    const asked = { ...open, choices: { ...choices, scoreColumn: 'p_bad' } };
    expect(choosesScores(asked)).toBe(true);
    expect(choosesScores({ ...asked, confirmed: true })).toBe(false);
    expect(choosesScores(open)).toBe(false);
    const alone = { ...loans, columns: loans.columns.filter(({ name }) => name !== 'p_other') };
    expect(choosesScores({ ...asked, table: { ...empty, value: alone } })).toBe(false);
  });
});
