import { DataError } from '../errors.ts';
import { leafOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import type { PatternGroups } from './pattern-groups.ts';
import { PatternMasks } from './pattern-masks.ts';
import {
  leafEntryValues,
  placeCount,
  type TableBuilder,
  type TableKind,
  type TableSource,
  tableBuilder,
  termShares,
} from './pattern-tables.ts';
import { planGroups } from './plan-groups.ts';
import type { ShapQuestion } from './shap-question.ts';
import { refuseLinearLeaves } from './tree-paths.ts';

/** How much memory tables may take, in bytes. */
export interface TableRoom {
  /** Tables are kept from one block of rows to the next when all of them fit. */
  readonly kept: number;
  /** Tables built at once, so few that they stay in the processor's cache while rows run over them. */
  readonly batch: number;
}

const TABLE_ROOM: TableRoom = { kept: 48 << 20, batch: 4 << 20 };

/** A run of groups whose tables are built together. */
export interface TableBatch {
  readonly groupStart: number;
  readonly groupEnd: number;
  /** Numbers in all of its tables. */
  readonly size: number;
}

/** Everything about a question that does not depend on the rows. */
export interface PatternPlan {
  readonly question: ShapQuestion;
  readonly kind: TableKind;
  readonly groups: PatternGroups;
  /** Base value of the output + the expected sum of the tabulated trees. */
  readonly baseValue: number;
  readonly batches: readonly TableBatch[];
  /** Bytes of the tables of all groups. */
  readonly tableBytes: number;
  /** The tables of a batch, one group after the other; built anew, or kept when all tables are few. */
  tablesOf(batch: TableBatch): Float64Array;
}

/**
 * Divides the question's trees into groups and gets their tables ready to be built.
 *
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `empty-sample` for a background without rows
 */
export function planPatterns(
  question: ShapQuestion,
  kind: TableKind,
  room: TableRoom = TABLE_ROOM,
): PatternPlan {
  const { ensemble, output, expectation, columnOf, columnCount } = question;
  refuseLinearLeaves(ensemble);
  const background = expectation.kind === 'interventional' ? expectation.background : null;
  if (background?.rowCount === 0) throw emptyBackground();
  const groups = planGroups(ensemble, output, columnOf, columnCount);
  const source: TableSource = {
    groups,
    leafValues: leafEntryValues(groups, ensemble, output),
    shares: expectation.kind === 'path-dependent' ? termShares(groups, ensemble, expectation.covers) : null,
  };
  const batches = batchesOf(groups, kind, room.batch);
  const tableBytes = 8 * batches.reduce((sum, { size }) => sum + size, 0);
  const builder = tableBuilder(source, kind);
  const kept = new Map<TableBatch, Float64Array>();
  return {
    ...{ question, kind, groups, batches, tableBytes },
    baseValue: tabulatedBase(question, source),
    tablesOf(batch) {
      const known = kept.get(batch);
      if (known !== undefined) return known;
      const tables = buildTables(question, groups, kind, builder, batch);
      if (tableBytes <= room.kept) kept.set(batch, tables);
      return tables;
    },
  };
}

function emptyBackground(): DataError {
  return new DataError('empty-sample', 'No background rows: there is nothing to compare rows with.', {
    advice: 'Choose a background that has rows.',
  });
}

/** Runs of groups that belong to one tree each. */
export function* treeRuns(
  { trees, treeGroups }: PatternGroups,
  { groupStart, groupEnd }: TableBatch,
): Generator<{ readonly start: number; readonly end: number }> {
  for (let tree = 0; tree < trees.length; tree++) {
    const start = Math.max(groupStart, treeGroups[tree]!);
    const end = Math.min(groupEnd, treeGroups[tree + 1]!);
    if (start < end) yield { start, end };
  }
}

function batchesOf(groups: PatternGroups, kind: TableKind, batchBytes: number): TableBatch[] {
  const batches: TableBatch[] = [];
  const groupCount = groups.bitCounts.length;
  let groupStart = 0;
  let size = 0;
  for (let group = 0; group < groupCount; group++) {
    const numbers = placeCount(groups, group, kind) << groups.bitCounts[group]!;
    if (size > 0 && 8 * (size + numbers) > batchBytes) {
      batches.push({ groupStart, groupEnd: group, size });
      groupStart = group;
      size = 0;
    }
    size += numbers;
  }
  if (groupStart < groupCount) batches.push({ groupStart, groupEnd: groupCount, size });
  return batches;
}

function buildTables(
  { ensemble, expectation }: ShapQuestion,
  groups: PatternGroups,
  kind: TableKind,
  builder: TableBuilder,
  batch: TableBatch,
): Float64Array {
  const tables = new Float64Array(batch.size);
  const background = expectation.kind === 'interventional' ? expectation.background : null;
  const masks = background === null ? null : new PatternMasks(ensemble, groups);
  const patterns = new Uint16Array(background?.rowCount ?? 0);
  let start = 0;
  for (const run of treeRuns(groups, batch)) {
    if (background !== null) masks?.load(run.start, run.end, background, 0, background.rowCount);
    for (let group = run.start; group < run.end; group++) {
      masks?.patternsOf(group, patterns);
      const histogram = background === null ? null : patternHistogram(patterns, groups.bitCounts[group]!);
      builder.add(group, histogram, tables, start);
      start += placeCount(groups, group, kind) << groups.bitCounts[group]!;
    }
  }
  return tables;
}

/** Share of the rows with each of 2^bits patterns. */
function patternHistogram(patterns: Uint16Array, bitCount: number): Float64Array {
  const histogram = new Float64Array(1 << bitCount);
  for (const pattern of patterns) histogram[pattern]! += 1;
  for (let p = 0; p < histogram.length; p++) histogram[p]! /= patterns.length;
  return histogram;
}

/** Base value of the output + the expected sum of the tabulated trees. O(terms), or O(background rows x trees x depth). */
export function tabulatedBase(question: ShapQuestion, source: TableSource): number {
  const { ensemble, output, expectation } = question;
  const expected =
    expectation.kind === 'path-dependent'
      ? shareBase(source)
      : backgroundBase(question, source, expectation.background);
  return ensemble.baseValues[output]! + expected;
}

/** Σ leaf value x product of its terms' shares. */
function shareBase({ groups, leafValues, shares }: TableSource): number {
  let base = 0;
  for (let entry = 0; entry < leafValues.length; entry++) {
    let product = leafValues[entry]!;
    for (let term = groups.leafTerms[entry]!; term < groups.leafTerms[entry + 1]!; term++)
      product *= shares![term]!;
    base += product;
  }
  return base;
}

/** Mean over the background rows of what the tabulated trees add up to. */
function backgroundBase(
  { ensemble }: ShapQuestion,
  { groups, leafValues }: TableSource,
  background: FeatureBlock,
): number {
  const addedBy = new Float64Array(ensemble.leafValues.length / ensemble.leafWidth);
  for (const [entry, leaf] of groups.leaves.entries()) addedBy[leaf] = leafValues[entry]!;
  let base = 0;
  for (const tree of groups.trees) {
    let sum = 0;
    for (let i = 0; i < background.rowCount; i++) sum += addedBy[leafOf(ensemble, background, i, tree)]!;
    base += sum / background.rowCount;
  }
  return base;
}
