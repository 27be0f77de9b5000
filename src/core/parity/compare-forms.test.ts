import { beforeAll, describe, expect, it } from 'vitest';
import { columnForm, modelForm } from '../../../fixtures/compared-forms.ts';
import { goldenJson } from '../../../fixtures/golden.ts';
import { drain } from '../sliced.ts';
import { compareForms } from './compare-forms.ts';
import type { ComparedScores } from './compared-form.ts';
import type { CauseCode, FormComparison } from './form-comparison.ts';

/**
 * Native files and their ONNX conversions, wrong and right, of the reference files (fixtures/README.md): in each case the
 * ONNX file is compared with the native file, and with nothing but a column of the native library's own scores.
 */
interface Case {
  readonly dataset: 'credit_data' | 'mlc_churn';
  readonly native: string;
  readonly onnx: string;
  readonly matrix: string;
  /** Feeds the numeric columns of the matrix only. */
  readonly isNumeric?: true;
  /** The expected file that has the native library's scores; `json` for one of its own. */
  readonly scores: 'test' | 'small_models_first_300_test_rows' | 'json';
}

const traps: readonly (Case & {
  readonly causes: readonly CauseCode[];
  readonly words: RegExp;
  readonly fromScores: CauseCode;
})[] = [
  {
    dataset: 'credit_data',
    native: 'lightgbm_small_zero_as_missing.txt',
    onnx: 'lightgbm_small_zero_as_missing.no_zipmap.onnx',
    matrix: 'native_codes',
    isNumeric: true,
    scores: 'small_models_first_300_test_rows',
    causes: ['zero-as-missing'],
    fromScores: 'unknown',
    words: /treats zeros as missing/,
  },
  {
    dataset: 'credit_data',
    native: 'lightgbm_small_boosting_rf.txt',
    onnx: 'lightgbm_small_boosting_rf.no_zipmap.onnx',
    matrix: 'native_codes',
    scores: 'small_models_first_300_test_rows',
    causes: ['averaging'],
    fromScores: 'averaging',
    words: /its margins are 12 times as large/,
  },
  {
    dataset: 'credit_data',
    native: 'lightgbm_small_sigmoid_0.7_unbalanced.txt',
    onnx: 'lightgbm_small_sigmoid_0.7_unbalanced.no_zipmap.onnx',
    matrix: 'native_codes',
    scores: 'small_models_first_300_test_rows',
    causes: ['sigmoid'],
    fromScores: 'sigmoid',
    words: /\b0\.7\b/,
  },
  {
    dataset: 'credit_data',
    native: 'xgboost_base_score.json',
    onnx: 'trap_xgboost_base_score_wrong_conversion.onnx',
    matrix: 'native_codes',
    isNumeric: true,
    scores: 'test',
    causes: ['base-score'],
    fromScores: 'base-score',
    words: /"trap_.+" lost the base score .+ 0\.937 log-odds too high \(a base score of 0\.282\)/,
  },
  {
    dataset: 'credit_data',
    native: 'xgboost_dart.json',
    onnx: 'trap_xgboost_dart_wrong_conversion.onnx',
    matrix: 'onehot',
    scores: 'test',
    causes: ['tree-weights', 'base-score'],
    fromScores: 'unknown',
    words: /"trap_.+" lost the tree weights.+ from 0\.0756 to 1\b/,
  },
  {
    dataset: 'credit_data',
    native: 'trap_float32_precision_lightgbm.txt',
    onnx: 'trap_float32_precision_lightgbm.onnx',
    matrix: 'float32_trap',
    scores: 'json',
    causes: ['float32-input'],
    fromScores: 'unknown',
    words: /"timestamp_ms"/,
  },
];

const twins: readonly Case[] = (
  [
    ['credit_data', 'lightgbm_small_dart.txt', 'lightgbm_small_dart.no_zipmap.onnx', 'native_codes', 'small'],
    ['credit_data', 'lightgbm_numeric.txt', 'lightgbm_numeric.no_zipmap.onnx', 'numeric', 'test'],
    ['credit_data', 'xgboost_binary.json', 'xgboost_binary.onnx', 'onehot', 'test'],
    ['credit_data', 'xgboost_base_score.json', 'xgboost_base_score.onnx', 'numeric', 'test'],
    ['credit_data', 'xgboost_base_score.ubj', 'xgboost_base_score.onnx', 'numeric', 'test'],
    ['credit_data', 'xgboost_hist_ties.json', 'xgboost_hist_ties.onnx', 'numeric_div7', 'json'],
    ['mlc_churn', 'lightgbm_small_dart.txt', 'lightgbm_small_dart.no_zipmap.onnx', 'native_codes', 'small'],
    ['mlc_churn', 'xgboost_base_score.json', 'xgboost_base_score.onnx', 'numeric', 'test'],
  ] as const
).map(([dataset, native, onnx, matrix, scores]) => ({
  dataset,
  native,
  onnx,
  matrix: matrix === 'numeric' ? 'native_codes' : matrix,
  ...(matrix === 'numeric' ? { isNumeric: true as const } : {}),
  scores: scores === 'small' ? 'small_models_first_300_test_rows' : scores,
}));

interface Forms {
  readonly native: ComparedScores;
  readonly onnx: ComparedScores;
  readonly column: ComparedScores;
}

async function formsOf({ dataset, native, onnx, matrix, isNumeric, scores }: Case): Promise<Forms> {
  const { columns_numeric } = goldenJson<{ columns_numeric: string[] }>(`./${dataset}/schema.json`);
  const columns = isNumeric === true ? columns_numeric : null;
  const model = (file: string) => modelForm(dataset, file, matrix, columns);
  const forms = { native: await model(native), onnx: await model(onnx) };
  const name = native.replace(/\.(txt|json|ubj)$/, '');
  if (scores === 'json') return { ...forms, column: jsonColumn(name) };
  const column = columnForm(dataset, `probabilities_${scores}`, name, forms.native.scores.length);
  return { ...forms, column };
}

/** The native scores of the files that have one of their own. */
function jsonColumn(name: string): ComparedScores {
  const golden = goldenJson<{ probability?: number[]; probability_float64?: number[] }>(
    `./credit_data/expected/${name}.json`,
  );
  const scores = Float64Array.from(golden.probability ?? golden.probability_float64 ?? []);
  return { name, scores, precision: 'column', trees: null };
}

const compare = (left: ComparedScores, right: ComparedScores): FormComparison =>
  drain(compareForms(left, right, 0.5));

const codesOf = ({ causes }: FormComparison) => causes.map(({ code }) => code);

function expectReproduced({ causes, tolerance }: FormComparison): void {
  const last = causes[causes.length - 1];
  expect(last?.explained).toBe(1);
  expect(last?.residual).toBeLessThan(tolerance);
}

describe.each(traps)('$onnx', (trap) => {
  let forms: Forms;
  beforeAll(async () => {
    forms = await formsOf(trap);
  });

  it('differs from the native file, which says why', () => {
    const comparison = compare(forms.native, forms.onnx);
    expect(comparison.verdict).toBe('differ');
    expect(comparison.maxDifference).toBeGreaterThan(0.05);
    expect(codesOf(comparison)).toEqual(trap.causes);
    expect(comparison.causes[0]?.explanation).toMatch(trap.words);
    expectReproduced(comparison);
  });

  it('says itself why it differs from a column of native scores', () => {
    const comparison = compare(forms.column, forms.onnx);
    expect(comparison.verdict).toBe('differ');
    expect(codesOf(comparison)).toEqual(trap.causes);
    expect(comparison.causes[0]?.explanation).toMatch(trap.words);
    expectReproduced(comparison);
  });

  it('is told from the native file also when its own trees are not known', () => {
    expect(codesOf(compare({ ...forms.onnx, trees: null }, forms.native))).toEqual(trap.causes);
  });

  it('shows in the scores alone where it shifts or stretches them; else it is unknown', () => {
    const { causes } = compare(forms.column, { ...forms.onnx, trees: null });
    expect(causes.map(({ code }) => code)).toEqual([trap.fromScores]);
    if (trap.fromScores === 'unknown') expect(causes[0]).toMatchObject({ residual: null, explained: null });
  });

  it('has the same causes whichever side is the left one', () => {
    for (const other of [forms.native, forms.column]) {
      expect(compare(forms.onnx, other).causes).toEqual(compare(other, forms.onnx).causes);
    }
  });
});

describe.each(twins)('$dataset: $native and $onnx', (twin) => {
  it('are equal, and equal to the native scores', async () => {
    const { native, onnx, column } = await formsOf(twin);
    for (const [left, right] of [
      [native, onnx],
      [column, onnx],
      [column, native],
    ] as const) {
      expect(compare(left, right)).toMatchObject({ verdict: 'equal', differing: 0, causes: [] });
    }
  });
});

describe('compareForms', () => {
  it('refuses scores of different tables', () => {
    const form = (rows: number): ComparedScores => ({
      name: `f${rows}`,
      scores: new Float64Array(rows),
      precision: 'float64',
      trees: null,
    });
    expect(() => compare(form(2), form(3))).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining('"f3" of 3') }),
    );
  });
});
