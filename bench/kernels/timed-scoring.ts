/** Scoring as the product does it, timed: the same in a Node worker and in one of Chromium. */
import { bindInputs } from '../../src/core/model/binding.ts';
import type { Column, Table } from '../../src/core/table/column.ts';
import { createModelScorer } from '../../src/engine/model-scorers.ts';
import { scoreRows } from '../../src/engine/score-rows.ts';
import { createPlainScorer, scorableTrees } from '../../src/engine/trees-scorer.ts';
import { openModelFile } from '../../src/formats/model/open-model.ts';
import { summariseModel } from '../../src/formats/model/summarise-model.ts';
import { type ForestShape, randomForestOnnx } from '../scoring/random-forest-onnx.ts';
import { seededUniform } from '../seeded-uniform.ts';

/** What a worker makes for itself, the same in every worker. */
export interface ScoringSetup {
  readonly forest: ForestShape;
  readonly rowCount: number;
  readonly seed: number;
}

/** `onnx`: ONNX Runtime Web; `plain`: the evaluation node by node. */
export type Engine = 'onnx' | 'kernel' | 'plain';

export interface ScoringJob {
  readonly engine: Engine;
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly chunkRows: number;
}

/** Milliseconds of scoring alone, and the sum of the scores, on which the engines must agree. */
export interface ScoringAnswer {
  readonly elapsedMs: number;
  readonly scoreSum: number;
}

function uniformTable({ forest, rowCount, seed }: ScoringSetup): Table {
  const uniform = seededUniform(seed);
  const columns = Array.from({ length: forest.features }, (_, j): Column => {
    const values = Float64Array.from({ length: rowCount }, uniform);
    return { kind: 'number', name: `x${j}`, values, spelling: 'shortest' };
  });
  return { name: 'uniform', rowCount, columns };
}

/** Makes model, table and the three scorers; answers what runs a job. */
export async function prepareScoring(
  setup: ScoringSetup,
): Promise<(job: ScoringJob) => Promise<ScoringAnswer>> {
  const table = uniformTable(setup);
  const opened = openModelFile(randomForestOnnx(setup.forest, setup.seed), 'forest.onnx');
  const order = table.columns.map(({ name }) => name);
  const report = bindInputs(summariseModel(opened, 'bench'), table, { columnOf: {}, order }, []);
  const trees = scorableTrees(opened);
  if (trees === null) throw new Error('the forest was not decoded');
  const scorers = {
    onnx: await createModelScorer(opened, 'reference'),
    kernel: await createModelScorer(opened, 'kernel'),
    plain: createPlainScorer(trees),
  };
  return async ({ engine, ...rows }) => {
    const started = performance.now();
    const run = scoreRows(scorers[engine], table, report, { ...rows, positiveValues: ['1'] });
    let step = await run.next();
    while (step.done !== true) step = await run.next();
    const elapsedMs = performance.now() - started;
    return { elapsedMs, scoreSum: step.value.scores.reduce((sum, score) => sum + score, 0) };
  };
}
