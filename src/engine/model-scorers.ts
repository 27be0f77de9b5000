import { ModelError } from '../core/errors.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { OnnxValueType } from '../formats/model/onnx/onnx-types.ts';
import type { OpenedModel } from '../formats/model/opened-model.ts';
import { createKernelScorer } from './kernel-scorer.ts';
import { KERNEL_NAME, kernelRefusal } from './kernels/tree-kernel.ts';
import { FLOAT32_TOLERANCE, FLOAT64_TOLERANCE } from './parity-gate.ts';
import type { Scorer } from './scorer.ts';
import { createPlainScorer, plainEngineName, type ScorableTrees, scorableTrees } from './trees-scorer.ts';

/** What may score a model, told without running anything. */
export interface ScoringCandidates {
  /** Name and version of the model's reference. */
  readonly reference: string;
  /** What the kernel would run; null when it cannot, for the reason in `refusal`. */
  readonly trees: ScorableTrees | null;
  /** Why there is no kernel for this model, as a sentence; null when there is one. */
  readonly refusal: string | null;
  /** How far the kernel may be from the reference. */
  readonly tolerance: number;
}

/**
 * What may score a model: its reference (ONNX Runtime for ONNX, the plain evaluation for a native file), and the tree
 * kernel where the model's inside is known and is one that the kernel runs.
 *
 * ONNX Runtime is loaded for ONNX models only.
 */
export function scoringCandidates(opened: OpenedModel): Promise<ScoringCandidates> {
  const known = found.get(opened) ?? findCandidates(opened);
  found.set(opened, known);
  return known;
}

/** Planning the kernel reads every node: once a model is enough. */
const found = new WeakMap<OpenedModel, Promise<ScoringCandidates>>();

async function findCandidates(opened: OpenedModel): Promise<ScoringCandidates> {
  const trees = scorableTrees(opened);
  const refusal = refusalOf(opened) ?? (trees === null ? null : kernelRefusal(trees.ensemble));
  return {
    reference: await referenceName(opened),
    trees: refusal === null ? trees : null,
    refusal,
    tolerance: isFloat64(opened) ? FLOAT64_TOLERANCE : FLOAT32_TOLERANCE,
  };
}

/** Both names, as they go into the hash under which scores are kept: which of them scores follows from model and table. */
export function candidateNames({ reference, trees }: ScoringCandidates): string {
  return trees === null ? reference : `${reference} or ${KERNEL_NAME}`;
}

/**
 * Makes a model ready to be scored in this thread.
 *
 * @throws {ModelError} `session-failed` when the kernel is asked for and there is none; else as `createScorer`
 */
export async function createModelScorer(opened: OpenedModel, engine: GateReport['engine']): Promise<Scorer> {
  if (engine === 'kernel') return createKernelOf(opened);
  if (opened.format === 'onnx') return (await import('./create-scorer.ts')).createScorer(opened.onnx);
  return createPlainScorer(nativeTrees(opened));
}

async function createKernelOf(opened: OpenedModel): Promise<Scorer> {
  const { trees, refusal } = await scoringCandidates(opened);
  if (trees !== null) return createKernelScorer(trees);
  throw new ModelError('session-failed', `${opened.name} cannot be scored by the kernel. ${refusal}`, {
    place: { file: opened.name },
    advice: 'Score it with its reference.',
  });
}

async function referenceName(opened: OpenedModel): Promise<string> {
  if (opened.format !== 'onnx') return plainEngineName(opened.native.ensemble);
  return (await import('./create-scorer.ts')).engineName();
}

function isFloat64(opened: OpenedModel): boolean {
  return opened.format !== 'onnx' && opened.native.ensemble.sums === 'float64';
}

function nativeTrees(opened: OpenedModel): ScorableTrees {
  const trees = scorableTrees(opened);
  if (trees !== null) return trees;
  throw new ModelError('no-score-output', `${opened.name} holds no trees that can be evaluated.`, {
    place: { file: opened.name },
  });
}

/** Why the kernel cannot stand in for this model, whatever its trees are. */
function refusalOf(opened: OpenedModel): string | null {
  const { decoded } = opened;
  if (decoded === null)
    return 'What is inside of the model is not known, so that only ONNX Runtime can score it.';
  if (decoded.core.kind !== 'trees') return 'The model is linear, and the kernel runs trees.';
  const whole =
    opened.format === 'onnx' ? opened.onnx.inputs.find(({ type }) => !hasMissing(type)) : undefined;
  // ONNX Runtime refuses a row without a value there; the kernel would score it.
  return whole === undefined
    ? null
    : `The input "${whole.name}" takes whole numbers, which have no missing value.`;
}

// TensorProto.DataType numbers.
const FLOAT32 = 1;
const STRING = 8;
const FLOAT64 = 11;

function hasMissing(type: OnnxValueType): boolean {
  return type.kind === 'tensor' && [FLOAT32, STRING, FLOAT64].includes(type.elementType);
}
