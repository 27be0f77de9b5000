/** Explaining as the product does it, timed: the same in a Node worker and in one of Chromium. */
import type { ShapQuestion } from '../../src/core/explain/shap-question.ts';
import { modelCovers } from '../../src/core/explain/tree-covers.ts';
import type { FeatureBlock, TreeEnsemble } from '../../src/core/trees/tree-ensemble.ts';
import { createQuadratureExplainer } from '../../src/engine/shap/quadrature-kernel.ts';
import { createInteractionExplainer, createTreeExplainer } from '../../src/engine/shap/tree-explainer.ts';
import { openModelFile } from '../../src/formats/model/open-model.ts';
import { type ClassicTrees, classicTreeShap, classicTrees } from './classic-tree-shap.ts';
import { createClassicWasm } from './classic-wasm.ts';
import { makeForestData } from './forest-data.ts';

/** What a worker makes for itself, the same in every worker. */
export interface ShapSetup {
  /** The forest as a LightGBM text model. */
  readonly model: string;
  readonly features: number;
  readonly rowCount: number;
  readonly seed: number;
  readonly backgroundRows: number;
  /** classic.as.ts compiled, in base64. */
  readonly classicWasm: string;
}

/**
 * `tables`, `interventional`: what a job of many rows gets; `quadrature`: of few rows. `classic-ts`, `classic-wasm`: TreeSHAP
 * as published. `pairs`: interactions.
 */
export type ShapEngine = 'tables' | 'interventional' | 'quadrature' | 'pairs' | 'classic-ts' | 'classic-wasm';

export interface ShapJob {
  readonly engine: ShapEngine;
  readonly rowStart: number;
  readonly rowEnd: number;
  /** Whether each row is explained on its own by an explainer that is ready, and timed. */
  readonly singly?: boolean;
  /** Rows of the whole job, which the product's choice of method depends on. */
  readonly totalRows: number;
}

/** Milliseconds with everything that is built for the job, and what came out. */
export interface ShapAnswer {
  readonly elapsedMs: number;
  /** Milliseconds of each row where they were explained singly; else empty. */
  readonly rowMs: readonly number[];
  /** Contributions of the first rows, row by row; of `pairs` the sums of the matrices' rows, which are the same. */
  readonly first: readonly number[];
}

/** Rows whose contributions are compared between the engines. */
const COMPARED_ROWS = 8;

/** Decodes the forest, makes the rows; answers what runs a job. */
export function prepareShap(setup: ShapSetup): (job: ShapJob) => ShapAnswer {
  const decoded = openModelFile(new TextEncoder().encode(setup.model), 'forest.txt').decoded;
  if (decoded?.core.kind !== 'trees') throw new Error('the forest was not decoded');
  const { ensemble } = decoded.core;
  const rows = makeForestData(setup.rowCount, setup.features, setup.seed);
  const background = makeForestData(setup.backgroundRows, setup.features, setup.seed + 1);
  const pathDependent = questionOf(ensemble, setup.features);
  const interventional: ShapQuestion = {
    ...pathDependent,
    expectation: { kind: 'interventional', background },
  };
  const trees = classicTrees(pathDependent);
  const wasm = Uint8Array.from(atob(setup.classicWasm), (character) => character.charCodeAt(0));
  return (job) => {
    const question = job.engine === 'interventional' ? interventional : pathDependent;
    if (job.singly === true) return timeSingly(question, rows, job);
    const block = rowsOf(rows, job.rowStart, job.rowEnd);
    const started = performance.now();
    const values = explainAll(question, trees, wasm, block, job);
    const elapsedMs = performance.now() - started;
    return { elapsedMs, rowMs: [], first: firstRows(values, block.rowCount, setup.features, job.engine) };
  };
}

function questionOf(ensemble: TreeEnsemble, features: number): ShapQuestion {
  const covers = modelCovers(ensemble);
  if (covers === null) throw new Error('the forest has no covers');
  const columnOf = Int32Array.from({ length: features }, (_, j) => j);
  const expectation = { kind: 'path-dependent', covers } as const;
  return { ensemble, output: 0, expectation, columnOf, columnCount: features };
}

function rowsOf({ columns }: FeatureBlock, start: number, end: number): FeatureBlock {
  return { rowCount: end - start, columns: columns.map((column) => column.subarray(start, end)) };
}

function explainAll(
  question: ShapQuestion,
  trees: ClassicTrees,
  wasm: Uint8Array<ArrayBuffer>,
  block: FeatureBlock,
  { engine, totalRows }: ShapJob,
): Float64Array {
  const all = [0, block.rowCount] as const;
  switch (engine) {
    case 'classic-ts':
      return classicTreeShap(trees, block, all);
    case 'classic-wasm':
      return createClassicWasm(wasm, trees, block.rowCount, question.columnCount).explain(block, all);
    case 'pairs':
      return explained(createInteractionExplainer(question, totalRows), block);
    case 'quadrature':
      return explained(createQuadratureExplainer(question), block);
    default:
      return explained(createTreeExplainer(question, totalRows), block);
  }
}

interface Explainer {
  explain(block: FeatureBlock): Float64Array;
  release(): void;
}

function explained(explainer: Explainer, block: FeatureBlock): Float64Array {
  const values = explainer.explain(block);
  explainer.release();
  return values;
}

function timeSingly(question: ShapQuestion, rows: FeatureBlock, { rowStart, rowEnd }: ShapJob): ShapAnswer {
  const started = performance.now();
  const explainer = createTreeExplainer(question, 1);
  explainer.explain(rowsOf(rows, rowStart, rowStart + 1));
  const rowMs: number[] = [];
  for (let row = rowStart; row < rowEnd; row++) {
    const block = rowsOf(rows, row, row + 1);
    const before = performance.now();
    explainer.explain(block);
    rowMs.push(performance.now() - before);
  }
  explainer.release();
  return { elapsedMs: performance.now() - started, rowMs, first: [] };
}

function firstRows(values: Float64Array, rowCount: number, features: number, engine: ShapEngine): number[] {
  const first: number[] = [];
  for (let row = 0; row < Math.min(COMPARED_ROWS, rowCount); row++) {
    for (let j = 0; j < features; j++) {
      if (engine === 'pairs') {
        const at = (row * features + j) * features;
        first.push(values.subarray(at, at + features).reduce((sum, value) => sum + value, 0));
      } else {
        const isByRow = engine === 'classic-ts' || engine === 'classic-wasm';
        first.push(values[isByRow ? row * features + j : j * rowCount + row]!);
      }
    }
  }
  return first;
}
