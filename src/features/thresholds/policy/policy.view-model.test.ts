import { describe, expect, it } from 'vitest';
import type { PolicyExport } from '../../../core/money/decision-policy.ts';
import { goldenTable, policyFileName, policySentence } from './policy.view-model.ts';

const exported: PolicyExport = {
  policy: {
    format: 'cutline-policy-1',
    createdAt: '2026-11-21T20:00:00.000Z',
    dataset: { name: 'loans.csv', tableId: 't' },
    model: null,
    scoreColumn: 'p',
    threshold: 0.25,
    rawThreshold: 0.4,
    recalibration: 'isotonic',
    bands: null,
    scenario: null,
    judgedRows: 2,
  },
  goldenRows: [
    { row: 1505, id: 'A7', score: 0.1, decision: 'flag', band: null },
    { row: 3, id: null, score: null, decision: 'pass', band: 'approve' },
  ],
  json: '',
  sql: '',
};

describe('words of the policy', () => {
  const sentence = (idColumn: string | null) =>
    policySentence(exported, '0.25', idColumn)
      .map((part) => part.text)
      .join('')
      .replaceAll('\u00A0', ' ');

  it('says both scales of the threshold and what each check shows', () => {
    expect(sentence('loan')).toBe(
      'Flags from 0.25 on recalibrated scores, which is 0.400 on the raw ones. The SQL decides your table, and checks 2 golden ' +
        'rows (1 flagged, 1 passed, 1 of these without a score) twice: as written in the file, to show that your database compares ' +
        'as Cutline does, and by loan in your table, to show that the scores there are decided the same. Each check returns ' +
        'only rows that are not.',
    );
  });

  it('promises nothing of the table where no id looks the golden rows up', () => {
    expect(sentence(null)).toContain('it cannot ask without an id column.');
    expect(sentence(null)).not.toContain('twice');
  });

  it('golden rows count from 1 and keep all digits', () => {
    expect(goldenTable(exported.goldenRows)).toEqual([
      { row: '1,506', id: 'A7', score: '0.1', decision: 'flag', band: '' },
      { row: '4', id: '', score: 'no score', decision: 'pass', band: 'approve' },
    ]);
  });

  it('file names are plain', () => {
    expect(policyFileName('credit_data.csv', 'sql')).toBe('credit-data-policy.sql');
    expect(policyFileName('Prêts 2024 (1).parquet', 'json')).toBe('prets-2024-1-policy.json');
    expect(policyFileName('.csv', 'json')).toBe('decision-policy.json');
  });
});
