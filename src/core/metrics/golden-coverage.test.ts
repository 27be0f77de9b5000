import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { drain } from '../sliced.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { precisionRecallSliced } from './roc-curve.ts';

interface Golden {
  readonly models: Readonly<Record<string, { readonly pr_auc_trapezoid: number }>>;
}

const core = join(import.meta.dirname, '..');
const tests = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(core, path), 'utf8'));

describe.each(['credit_data', 'mlc_churn'])('expected/metrics_classification.json of %s', (dataset) => {
  const golden = goldenJson<Golden>(`./${dataset}/expected/metrics_classification.json`);

  it('has no figure that no test of the core reads', () => {
    const figures = new Set(Object.values(golden.models).flatMap((model) => Object.keys(model)));
    expect(figures.size).toBeGreaterThan(20);
    const unread = [...figures].filter(
      (name) => !tests.some((text) => new RegExp(`(\\.|\\{ |, )${name}\\b`).test(text)),
    );
    expect(unread).toEqual([]);
  });

  it.each(Object.keys(golden.models))('%s: trapezoids under our PR curve give its area', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const { recall, precision } = drain(precisionRecallSliced(rankScores(scores, labels)));
    // scikit-learn adds the point of flagging nobody, at precision 1.
    let area = 0;
    for (let i = 0; i < recall.length; i++) {
      area += ((recall[i]! - (recall[i - 1] ?? 0)) * (precision[i]! + (precision[i - 1] ?? 1))) / 2;
    }
    expect(area).toBeCloseTo(golden.models[model]!.pr_auc_trapezoid, 9);
  });
});
