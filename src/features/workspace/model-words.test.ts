import { describe, expect, it } from 'vitest';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { GateReport } from '../../core/parity/gate-report.ts';
import type { ModelCheck } from '../../core/sanity/model-check.ts';
import { initialChoices } from '../../state/workspace-store.ts';
import { checksText, engineText, insideText, modelBadge, modelDetail, worstVerdict } from './model-words.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const model = (change: object): ModelSummary =>
  ({
    formatName: 'XGBoost JSON (1.7.4)',
    inputs: [],
    trees: null,
    core: null,
    ...change,
  }) as unknown as ModelSummary;
const checks = (...verdicts: ModelCheck['verdict'][]): ModelCheck[] =>
  verdicts.map((verdict) => ({
    code: 'constant',
    verdict,
    title: '',
    finding: '',
    advice: '',
    evidence: [],
  }));

describe('a model in the words of the workspace', () => {
  it('is named by its format and width', () => {
    expect(plain(modelDetail(model({ inputs: [{ columns: 12 }, { columns: 1 }] })))).toBe(
      'XGBoost JSON (1.7.4), 13 inputs',
    );
    expect(modelDetail(model({ inputs: [{ columns: null }] }))).toBe('XGBoost JSON (1.7.4), width left open');
  });

  it('says what is inside', () => {
    expect(plain(insideText(model({ trees: { treeCount: 100, maxDepth: 6 } })))).toBe(
      '100 trees, at most 6 deep',
    );
    expect(insideText(model({ core: 'linear' }))).toBe('a linear model');
    expect(insideText(model({}))).toBe('');
  });

  it('is the champion, or measured against it', () => {
    const mapping = { columnOf: {}, order: null };
    const choices = {
      ...initialChoices,
      model: { id: 'a', name: '' },
      otherModels: [{ id: 'b', name: '', mapping }],
    };
    expect(['a', 'b'].map((id) => modelBadge(choices, id))).toEqual(['Champion', 'Challenger']);
  });
});

describe('engineText', () => {
  const gate: GateReport = {
    engine: 'kernel',
    engineName: 'the Cutline tree kernel',
    referenceName: 'ONNX Runtime',
    rows: 4454,
    maxDifference: 0,
    tolerance: 1e-6,
    flipped: 0,
    reason: null,
  };

  it('says how the kernel was proven', () => {
    expect(plain(engineText(null, gate, 4454))).toBe(
      'Scored by the Cutline tree kernel, equal to ONNX Runtime on all 4,454 rows',
    );
  });

  it('claims nothing where nothing was compared', () => {
    expect(engineText(null, { ...gate, rows: 0 }, 4454)).toBe('Scored by the Cutline tree kernel');
    expect(engineText(null, { ...gate, engine: 'reference', engineName: 'ONNX Runtime' }, 4454)).toBe(
      'Scored by ONNX Runtime',
    );
    expect(engineText('ONNX Runtime Web', null, 4454)).toBe('Scored by ONNX Runtime Web');
    expect(engineText(null, null, 4454)).toBe('Scored by the model');
  });
});

describe('the checks in one line', () => {
  it('counts them by verdict', () => {
    expect(checksText(checks('pass', 'warn', 'pass'))).toBe('Model checks: 2 pass, 1 warns');
    expect(checksText(checks('fail', 'not-enough-data', 'not-enough-data'))).toBe(
      'Model checks: 1 fails, 2 lack data',
    );
  });

  it('takes the gravest', () => {
    expect(worstVerdict(checks('pass', 'warn', 'fail'))).toBe('fail');
    expect(worstVerdict(checks('warn', 'pass'))).toBe('warn');
    expect(worstVerdict(checks('not-enough-data', 'pass'))).toBe('pass');
    expect(worstVerdict(checks('not-enough-data'))).toBe('too-few');
  });
});
