import { describe, expect, it } from 'vitest';
import type { JudgementSummary } from '../../contracts/judgement.ts';
import { putDatasetSchema } from '../../contracts/registry/datasets.ts';
import { createDecisionSchema } from '../../contracts/registry/decisions.ts';
import type { RegistryDocument } from '../../contracts/registry/documents.ts';
import { nameSchema } from '../../contracts/registry/primitives.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { decodeFragment } from '../../state/fragment-codec.ts';
import { idleScoring, initialChoices } from '../../state/workspace-store.ts';
import { actionText } from './audit-words.ts';
import { type DecisionOnScreen, datasetFacts, decisionInput } from './decision-input.ts';
import { decisionRows } from './decision-row.ts';
import { keptMonthsText } from './kept-months.ts';
import { proposedModelName } from './model-name.ts';
import { fittedScenario, namedScenarios, withScenario } from './named-scenarios.ts';
import { savedFragment } from './saved-fragment.ts';

const hash = (letter: string) => letter.repeat(64);

const table: TableSummary = {
  id: `${hash('a')}+0123456789abcdef`,
  name: 'loans.csv',
  byteLength: 1000,
  rowCount: 5,
  columns: [],
  notices: [],
};

const decision = {
  threshold: 0.25,
  rows: 5,
  flagged: 2,
  flaggedShare: 0.4,
  recall: 0.5,
  precision: Number.NaN,
  fpr: 0.25,
  money: null,
} as ThresholdDecision;

const summary = { id: hash('c'), positives: 2, metrics: { rocAuc: 0.75 } } as JudgementSummary;

const lending = { ...defaultScenario('lending', 'amount'), name: 'Reviews' };

function onScreen(change: Partial<DecisionOnScreen['session']['choices']> = {}): DecisionOnScreen {
  const choices = { ...initialChoices, scenario: lending, threshold: 0.1, ...change };
  const model = { value: { id: hash('b'), name: 'model.onnx' }, loading: null, error: null };
  const session = {
    choices,
    table: { value: table, loading: null, error: null },
    model,
    scoring: { ...idleScoring, engine: 'ONNX Runtime Web 1.30.0' },
  } as DecisionOnScreen['session'];
  return { session, summary, decision };
}

describe('decisionInput', () => {
  it('is what the registry takes: figures, fingerprints, a link with the threshold pinned', () => {
    const input = decisionInput(onScreen(), '  agreed  ', '1.2.3', 1500);
    expect(createDecisionSchema.parse(input)).toEqual(input);
    expect(input).toMatchObject({
      threshold: 0.25,
      reason: 'agreed',
      decidedAt: 1500,
      scenario: { template: 'lending', name: 'Reviews' },
      figures: { rows: 5, positives: 2, flagged: 2, recall: 0.5, precision: null, netValue: null, roi: null },
      evidence: {
        datasetId: hash('a'),
        modelSha256: hash('b'),
        modelName: 'model.onnx',
        judgementId: hash('c'),
        engine: 'ONNX Runtime Web 1.30.0',
        appVersion: '1.2.3',
      },
    });
    expect(decodeFragment(input.fragment).state).toMatchObject({ threshold: 0.25, pinned: 0.25 });
  });

  it('names the score column where there is no model, and no scenario where there is none', () => {
    const input = decisionInput(onScreen({ scoreColumn: 'p_bad', scenario: null }), 'x', '1', 1500);
    expect(input.scenario).toBeNull();
    expect(input.evidence).toMatchObject({
      modelSha256: null,
      modelName: 'p_bad',
      engine: 'score column',
    });
  });

  it('refuses when no table is open', () => {
    const screen = onScreen();
    const session = { ...screen.session, table: { value: null, loading: null, error: null } };
    expect(() => decisionInput({ ...screen, session }, 'x', '1', 1500)).toThrow(RangeError);
  });
});

describe('datasetFacts', () => {
  it('knows a table by the hash of its file, and holds no values', () => {
    const facts = datasetFacts(table);
    expect(facts.id).toBe(hash('a'));
    expect(putDatasetSchema.parse(facts.input)).toMatchObject({ name: 'loans.csv', rowCount: 5 });
  });
});

describe('decisionRows', () => {
  const input = decisionInput(onScreen(), 'agreed', '1', 1500);
  const pinned = { ...input, id: 'd-1', createdAt: 1000, createdBy: 'Ana' };
  const waiting = { key: 'k', input, profile: 'Ben', pinnedAt: 2000, refusal: null };

  it('puts what waits here before what is there, the newest first', () => {
    const rows = decisionRows([pinned], [waiting, { ...waiting, key: 'l', pinnedAt: 3000, refusal: 'No.' }]);
    expect(rows.map(({ key, by }) => [key, by])).toEqual([
      ['l', 'Ben'],
      ['k', 'Ben'],
      ['d-1', 'Ana'],
    ]);
    expect(rows.map(({ waiting: state }) => state)).toEqual([{ refusal: 'No.' }, { refusal: null }, null]);
  });

  it('dates a decision by when it was taken, not by when it arrived', () => {
    const { decidedAt: _unsaid, ...undated } = pinned;
    expect(decisionRows([pinned, undated], []).map(({ atMs }) => atMs)).toEqual([1500, 1000]);
  });

  it('says that a figure is not defined instead of showing nothing', () => {
    const [row] = decisionRows([pinned], []);
    expect(row).toMatchObject({ threshold: '0.25', netValue: 'not defined' });
    expect(Object.fromEntries(row?.facts ?? [])).toMatchObject({
      Precision: 'not defined',
      Scenario: 'Reviews',
      Amount: 'column amount',
      'Loss rate': '0.8',
      'Table, content hash': hash('a'),
    });
  });
});

describe('the scenarios of a workspace', () => {
  it('are named ones, the one in force in place of its saved form', () => {
    const other = { ...lending, name: 'Other' };
    const changed = { ...lending, lossRate: 0.1 };
    expect(namedScenarios(changed, [lending, other])).toEqual([changed, other]);
    expect(namedScenarios(null, [{ ...lending, name: ' ' }])).toEqual([]);
  });

  it('fit the table: an amount column that it lacks gives way to its own, or to a constant', () => {
    expect(fittedScenario(lending, ['amount', 'x'], null)).toEqual({ scenario: lending, lacking: null });
    const toRole = fittedScenario(lending, ['loan'], 'loan');
    expect(toRole).toMatchObject({
      scenario: { name: 'Reviews', amount: { column: 'loan' } },
      lacking: 'amount',
    });
    expect(fittedScenario(lending, ['x'], null).scenario.amount).toHaveProperty('constant');
    expect(fittedScenario(lending, [], null).lacking).toBeNull();
  });

  it('take one from the registry in the place of the one of its name', () => {
    const other = { ...lending, name: 'Other' };
    const changed = { ...lending, lossRate: 0.1 };
    expect(withScenario([lending, other], changed)).toEqual([changed, other]);
    expect(withScenario([other], lending)).toEqual([other, lending]);
  });
});

describe('a saved workspace', () => {
  const saved = (body: RegistryDocument['body']) => ({ name: 'Q4', revision: 7, body });

  it('reopens by its link', () => {
    expect(savedFragment(saved({ fragment: 'threshold=0.2', table: 'a.csv' }))).toBe('threshold=0.2');
    expect(savedFragment(saved({ fragment: '' }))).toBe('');
  });

  it.each([null, 'threshold=0.2', ['threshold=0.2'], {}, { fragment: 3 }])(
    'that is %j is refused by name, and nothing is reopened',
    (body) => {
      expect(() => savedFragment(saved(body))).toThrow('Revision 7 of "Q4"');
    },
  );
});

describe('words', () => {
  it.each([
    [
      { months: [{ month: '2024-01' }, { month: '2024-02' }, { month: '2024-06' }] },
      '3 months, 2024-01 to 2024-06',
    ],
    [{ months: [{ month: '2024-01' }] }, '1 month, 2024-01'],
    [{ months: [] }, 'Totals without months'],
    [{ months: [{ month: 3 }] }, 'Not written by this release'],
    [{ months: [null] }, 'Not written by this release'],
    [[], 'Not written by this release'],
    [null, 'Not written by this release'],
  ])('a kept impact %j holds: %s', (body, text) => {
    expect(keptMonthsText(body).replaceAll('\u00A0', ' ')).toBe(text);
  });

  it.each(['a/b.onnx', '..', 'C:\\x.ubj', ' .onnx', 'plain', 'a\u202eb.onnx', '\u200b.onnx'])(
    'a model named after %j has a name that is allowed',
    (file) => {
      expect(nameSchema.safeParse(proposedModelName(file)).success).toBe(true);
    },
  );

  it('an action that is not known stays as it is written', () => {
    expect(actionText('decision.pin')).toBe('pinned the decision');
    expect(actionText('alias.move')).toBe('alias.move');
  });
});
