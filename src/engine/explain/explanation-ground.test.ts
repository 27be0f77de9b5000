import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { choiceOf, groundOf, matrixTable, modelOn, rawTable } from './explained-fixtures.laws.ts';

const split = { column: 'split', value: 'test' };
const codes = await matrixTable('native_codes');
const onehot = await matrixTable('onehot');
const imputed = await matrixTable('imputed_onehot');

/** Reference rows of the raw table. */
const TRAIN_ROWS = 3118;

const baseOf = (file: string) =>
  goldenJson<{ base_value: number | number[] }>(`credit_data/expected/shap_${file}.json`).base_value;

describe('the plan of a kind of model', () => {
  it('explains LightGBM by the counts of its file, from the base of its own library', async () => {
    const { plan, output, routedCovers, backgroundRows } = await groundOf(
      modelOn(rawTable, 'lightgbm_raw_columns.txt'),
      { split },
    );
    expect(plan).toMatchObject({
      ...{ method: 'tree-path-dependent', space: 'margin', isLogOdds: true, isExact: true, sign: 1 },
      ...{ covers: { source: 'model', kind: 'count' }, background: null, className: '1', notices: [] },
    });
    expect(plan.features[1]).toEqual({ name: 'Home', column: 'Home' });
    expect(plan.baseValue).toBeCloseTo(baseOf('lightgbm_raw_columns_pred_contrib') as number, 9);
    expect({ output, routedCovers, backgroundRows }).toEqual({
      output: 0,
      routedCovers: null,
      backgroundRows: null,
    });
  });

  it('says that the covers of XGBoost are hessians', async () => {
    const { plan } = await groundOf(modelOn(onehot, 'xgboost_binary.json'));
    expect(plan.covers).toEqual({ source: 'model', kind: 'hessian' });
    expect(plan.notices.map(({ code }) => code)).toEqual(['covers-are-hessians']);
    expect(plan.baseValue).toBeCloseTo(baseOf('xgboost_binary_pred_contribs') as number, 5);
  });

  it('says that the trees of an averaging model are summed, from the base of its own library', async () => {
    const { plan } = await groundOf(modelOn(codes, 'lightgbm_small_boosting_rf.txt'));
    expect(plan).toMatchObject({ space: 'margin', isLogOdds: false });
    expect(plan.notices).toMatchObject([{ code: 'margin-not-averaged', count: 12 }]);
    expect(plan.notices[0]?.message).toContain('divide them by 12');
    expect(plan.baseValue).toBeCloseTo(baseOf('lightgbm_small_boosting_rf_pred_contrib') as number, 9);
  });

  it('counts the covers of ONNX on the rows outside the split, and says so', async () => {
    const model = modelOn(rawTable, 'sklearn_gradient_boosting_raw_pipeline.onnx');
    const { plan, routedCovers } = await groundOf(model, { split });
    expect(plan.covers).toEqual({ source: 'reference-rows', rows: TRAIN_ROWS });
    expect(plan.features.length).toBe(13);
    expect(plan.notices).toMatchObject([{ code: 'covers-from-reference-rows', count: TRAIN_ROWS }]);
    const roots =
      model.opened.decoded!.core.kind === 'trees' ? model.opened.decoded!.core.ensemble.roots : [];
    expect(roots.length).toBeGreaterThan(0);
    for (const root of roots) expect(routedCovers!.nodes[root]).toBe(TRAIN_ROWS);
  });

  it('explains a forest in the space of its score, whose bootstrap is lost', async () => {
    const { plan, output } = await groundOf(modelOn(imputed, 'sklearn_random_forest.no_zipmap.onnx', ['1']));
    expect(plan).toMatchObject({ method: 'tree-path-dependent', space: 'score', isLogOdds: false, sign: 1 });
    expect(output).toBe(0);
    expect(plan.notices.map(({ code }) => code)).toEqual([
      'covers-from-reference-rows',
      'bootstrap-not-recovered',
      'reference-rows-are-all',
    ]);
    expect(plan.baseValue).toBeGreaterThan(0.1);
    expect(plan.baseValue).toBeLessThan(0.5);
    const other = await groundOf(modelOn(imputed, 'sklearn_random_forest.no_zipmap.onnx', ['0']));
    expect(other.plan.sign).toBe(-1);
    expect(other.plan.baseValue).toBe(1 - plan.baseValue);
  });

  it('explains a linear pipeline by linear SHAP, whatever exact method is asked for', async () => {
    const model = modelOn(rawTable, 'sklearn_logistic_pipeline.no_zipmap.onnx');
    for (const method of ['auto', 'interventional', 'path-dependent'] as const) {
      const { plan, backgroundRows } = await groundOf(model, { split, choice: choiceOf(method) });
      expect(plan).toMatchObject({
        method: 'linear',
        space: 'margin',
        isLogOdds: true,
        isExact: true,
        covers: null,
      });
      expect(plan.background).toEqual({ rows: 100, choice: choiceOf(method).background });
      expect(backgroundRows!.length).toBe(100);
      const said = method === 'path-dependent' ? ['linear-not-trees'] : [];
      expect(plan.notices.map(({ code }) => code)).toEqual(said);
    }
  });

  it('explains a network by sampling its score, from the mean score of the background', async () => {
    const model = modelOn(rawTable, 'sklearn_mlp_pipeline.no_zipmap.onnx');
    const { plan } = await groundOf(model, { split });
    expect(plan).toMatchObject({
      method: 'sampling',
      space: 'score',
      isExact: false,
      className: '1',
      sign: 1,
    });
    expect(plan.notices.map(({ code }) => code)).toEqual(['contributions-sampled']);
    expect(plan.baseValue).toBeGreaterThan(0.1);
    expect(plan.baseValue).toBeLessThan(0.5);
    const asked = await groundOf(model, { split, choice: choiceOf('interventional') });
    expect(asked.plan.notices.map(({ code }) => code)).toEqual([
      'explained-by-sampling',
      'contributions-sampled',
    ]);
  });

  it('explains linear leaves by sampling, and names who refuses them too', async () => {
    const { plan } = await groundOf(modelOn(codes, 'lightgbm_small_linear_tree.txt', ['1']));
    expect(plan.method).toBe('sampling');
    expect(plan.notices.find(({ code }) => code === 'linear-leaves')?.message).toContain('LightGBM#4006');
  });

  it('explains the margin of the only positive class among several', async () => {
    const bases = baseOf('lightgbm_small_multiclass_pred_contrib') as number[];
    for (const [output, base] of bases.entries()) {
      const { plan, ...ground } = await groundOf(
        modelOn(codes, 'lightgbm_small_multiclass.txt', [String(output)]),
      );
      expect(ground.output).toBe(output);
      expect(plan).toMatchObject({
        method: 'tree-path-dependent',
        className: String(output),
        sign: 1,
        isLogOdds: false,
      });
      expect(plan.notices.map(({ code }) => code)).toEqual(['margin-of-one-class']);
      expect(plan.baseValue).toBeCloseTo(base, 9);
    }
  });

  it('explains the score of several positive classes by sampling', async () => {
    const { plan } = await groundOf(modelOn(codes, 'lightgbm_small_multiclass.txt', ['0', '2']));
    expect(plan).toMatchObject({ method: 'sampling', space: 'score', className: '0 + 2', sign: 1 });
    expect(plan.notices[0]?.code).toBe('several-positive-classes');
  });

  it('turns the sign where the margin speaks against the positive class', async () => {
    const bad = await groundOf(modelOn(codes, 'lightgbm_numeric.txt', ['1']));
    const good = await groundOf(modelOn(codes, 'lightgbm_numeric.txt', ['0']));
    expect(good.plan).toMatchObject({ sign: -1, className: '0' });
    expect(bad.plan.sign).toBe(1);
    expect(good.plan.baseValue).toBe(-bad.plan.baseValue);
  });

  it('takes the mean margin of the background as the base of interventional SHAP', async () => {
    const model = modelOn(rawTable, 'lightgbm_raw_columns.txt');
    const one = await groundOf(model, { split, choice: choiceOf('interventional', { size: 1 }) });
    expect(one.plan).toMatchObject({ method: 'tree-interventional', covers: null, isExact: true });
    expect(one.plan.notices.map(({ code }) => code)).toEqual(['few-background-rows']);
    const all = await groundOf(model, { split, choice: choiceOf('interventional', { size: 1000 }) });
    expect(all.plan.background?.rows).toBe(1000);
    expect(all.plan.notices).toEqual([]);
    // The mean margin of training rows is near the base by covers, which is theirs exactly.
    expect(all.plan.baseValue).toBeCloseTo(baseOf('lightgbm_raw_columns_pred_contrib') as number, 0);
  });
});

describe('a ground that cannot be made', () => {
  it('says that an input is missing', async () => {
    await expect(groundOf(modelOn(codes, 'lightgbm_raw_columns.txt'))).resolves.toBeDefined();
    const { columns } = rawTable;
    const without = { ...rawTable, columns: columns.filter(({ name }) => name !== 'Income') };
    await expect(groundOf(modelOn(without, 'lightgbm_raw_columns.txt'))).rejects.toMatchObject({
      code: 'input-missing',
    });
  });

  it('says that the positive class is unknown', async () => {
    const model = modelOn(codes, 'lightgbm_small_multiclass.txt', ['7']);
    await expect(groundOf(model)).rejects.toMatchObject({ code: 'positive-class-unknown' });
  });

  it('names the split that is not there', async () => {
    const model = modelOn(rawTable, 'sklearn_gradient_boosting_raw_pipeline.onnx');
    const none = { column: 'split', value: 'nobody' };
    await expect(groundOf(model, { split: none })).rejects.toMatchObject({ code: 'value-missing' });
  });
});
