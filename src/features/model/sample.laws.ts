/** A model, a comparison and checks that the tests of this page share. */
import type { ModelSummary, TreeStatistics } from '../../core/model/signature.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import type { GateReport } from '../../core/parity/gate-report.ts';
import type { ModelCheck } from '../../core/sanity/model-check.ts';

export const trees: TreeStatistics = {
  treeCount: 160,
  leafCount: 2400,
  nodeCount: 2240,
  maxDepth: 8,
  meanDepth: 4.26,
  maxLeavesOfTree: 15,
  categoricalSplits: 224,
  outputCount: 1,
  covers: 'count',
  hasLinearLeaves: false,
  featureUse: [
    { feature: 'Age', splits: 40, gain: 900 },
    { feature: 'Income', splits: 60, gain: 300.5 },
    { feature: 'Colour', splits: 0, gain: 0 },
  ],
};

export function model(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    id: 'a'.repeat(64),
    name: 'model.txt',
    format: 'lightgbm',
    formatName: 'LightGBM text (v4)',
    byteLength: 388_049,
    objective: 'binary sigmoid:1',
    core: 'trees',
    trees,
    package: null,
    inputs: [
      {
        name: 'Age',
        kind: 'number',
        elementType: 'float64',
        columns: 1,
        knownValues: null,
        trainingRanges: [[18, 68]],
      },
      {
        name: 'Home',
        kind: 'string',
        elementType: 'string',
        columns: 1,
        knownValues: ['owner', 'rent', '', 'priv', 'other'],
      },
    ],
    featureNames: null,
    classLabels: ['0', '1'],
    producer: 'LightGBM',
    opsets: [],
    operators: [],
    notices: [],
    ...change,
  };
}

export const gate: GateReport = {
  engine: 'kernel',
  engineName: 'the Cutline tree kernel 1',
  referenceName: 'the plain evaluation of the file',
  rows: 4454,
  maxDifference: 2.4e-9,
  tolerance: 1e-6,
  flipped: 0,
  reason: null,
};

export function check(change: Partial<ModelCheck> = {}): ModelCheck {
  return {
    code: 'probabilities',
    verdict: 'pass',
    title: 'Scores are probabilities',
    finding: 'All scores lie between 0 and 1.',
    advice: '',
    evidence: [],
    ...change,
  };
}

export function comparison(change: Partial<FormComparison> = {}): FormComparison {
  return {
    left: 'a.txt',
    right: 'b.onnx',
    rows: 1336,
    scoredInOne: 0,
    tolerance: 1e-5,
    toleranceReason: 'At least one side is in single precision (float32), good for about 1e-5.',
    maxDifference: 0.62,
    maxRow: 7,
    meanAbsoluteDifference: 0.1,
    differing: 312,
    rankCorrelation: 0.9,
    decisions: { threshold: 0.24, leftOnly: 40, rightOnly: 1 },
    verdict: 'differ',
    causes: [],
    points: {
      rows: Uint32Array.of(0, 7),
      left: Float64Array.of(0.5, 0.25),
      right: Float64Array.of(0.5, 0.75),
    },
    worst: [{ row: 7, left: 0.25, right: 0.87 }],
    ...change,
  };
}
