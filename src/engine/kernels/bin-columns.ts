import { missingRule, splitRule, type TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { splitCut } from './split-cut.ts';

/** How the values of one feature become bins. Columns of one search differ in the bin of missing values alone. */
export interface BinSearch {
  readonly feature: number;
  /** Ascending and different. Bins count the cuts below a value, or number the points that it may equal. */
  readonly points: Float64Array;
  readonly kind: 'cuts' | 'points';
  readonly zeroIsMissing: boolean;
  readonly truncate: boolean;
  /** Bins need 16 bits. */
  readonly wide: boolean;
  readonly firstBin: number;
  /** Of values that equal no point. */
  readonly otherBin: number;
  /** Never empty. The first column's missing values have a bin of their own, unless it is the only one. */
  readonly columns: readonly BinColumn[];
}

export interface BinColumn {
  /** Number of the column, through all searches. */
  readonly column: number;
  readonly nanBin: number;
}

/** What a node does with the bin of its column: left when bin <= limit, or when the bin is in the set. */
export interface NodeTests {
  readonly columns: Int32Array;
  /** Per node: the limit, or for a node on points the number of its set. */
  readonly limits: Int32Array;
  /** Per column. */
  readonly isWide: readonly boolean[];
  readonly isPoints: readonly boolean[];
  /** Members of a set as bits: bin b is bit b % 8 of byte floor(b / 8). */
  readonly sets: readonly Uint8Array[];
}

export interface BinPlan {
  readonly searches: readonly BinSearch[];
  readonly tests: NodeTests;
  readonly columnCount: number;
}

/** Bins of 16 bits tell this many cuts or points of one feature apart. */
const MAX_POINTS = 65_000;
const TOO_MANY_POINTS = `One of its features has more than ${MAX_POINTS} different thresholds.`;

/** Planning lists the members of all sets: 8 bytes each, up to three times. */
const MAX_MEMBERS = 4_000_000;
const TOO_MANY_MEMBERS = 'Its category sets have more than four million members.';

/** A set has a bit for every category of its feature: of all sets of a feature at most so much. */
const MAX_SET_BYTES = 256 * 2 ** 20;
const TOO_LARGE_SETS = 'Its category sets would take more than 256 MB of memory in each worker.';

interface Group {
  readonly feature: number;
  readonly kind: 'cuts' | 'points';
  readonly zeroIsMissing: boolean;
  readonly truncate: boolean;
  /** Points only: NaN is compared as 0. */
  readonly nanIsZero: boolean;
  readonly nodes: number[];
}

/** Where a node sends missing values. */
type MissingSide = 'left' | 'right' | 'as-zero';

/**
 * Every comparison of the ensemble as a comparison of small whole numbers. A value's bin is found once per row; a node
 * then compares the bin and decides as it would on the value, for every value, precision and missing rule.
 *
 * O(nodes log nodes), and the members of category sets.
 * @param allWide bins are of 16 bits also where 8 would do
 * @returns a sentence instead when a feature has more than 65,000 cuts or points, or the category sets take too much
 */
export function planBins(ensemble: TreeEnsemble, allWide: boolean): BinPlan | string {
  if (hasManyMembers(ensemble)) return TOO_MANY_MEMBERS;
  const tests = {
    allWide,
    columns: new Int32Array(ensemble.features.length),
    limits: new Int32Array(ensemble.features.length),
    isWide: [] as boolean[],
    isPoints: [] as boolean[],
    sets: [] as Uint8Array[],
  };
  const searches: BinSearch[] = [];
  for (const group of groupNodes(ensemble)) {
    const search =
      group.kind === 'cuts' ? planCuts(ensemble, group, tests) : planPoints(ensemble, group, tests);
    if (typeof search === 'string') return search;
    searches.push(search);
  }
  return { searches, tests, columnCount: tests.isWide.length };
}

interface GrowingTests extends NodeTests {
  readonly allWide: boolean;
  readonly isWide: boolean[];
  readonly isPoints: boolean[];
  readonly sets: Uint8Array[];
}

function groupNodes(ensemble: TreeEnsemble): Iterable<Group> {
  const { features, rules } = ensemble;
  const groups = new Map<number, Group>();
  for (let node = 0; node < features.length; node++) {
    const feature = features[node]!;
    const isPoints = rules[node] !== splitRule.lessOrEqual && rules[node] !== splitRule.less;
    const zeroIsMissing = ensemble.missing[node] === missingRule.nanAndZero;
    const truncate = rules[node] === splitRule.inSet;
    const nanIsZero = isPoints && ensemble.missing[node] === missingRule.nanIsZero;
    const bits = Number(isPoints) | (Number(zeroIsMissing) << 1) | (Number(truncate) << 2);
    const key = feature * 16 + bits + (nanIsZero ? 8 : 0);
    let group = groups.get(key);
    if (group === undefined) {
      const kind = isPoints ? 'points' : 'cuts';
      group = { feature, kind, zeroIsMissing, truncate, nanIsZero, nodes: [] };
      groups.set(key, group);
    }
    group.nodes.push(node);
  }
  return groups.values();
}

function missingSide(ensemble: TreeEnsemble, node: number): MissingSide {
  if (ensemble.missing[node] === missingRule.nanIsZero) return 'as-zero';
  return ensemble.defaultLeft[node] === 1 ? 'left' : 'right';
}

/** Signed bins: the lowest number of the type is missing and left of every limit, then come the numbers of cuts below. */
function planCuts(ensemble: TreeEnsemble, group: Group, tests: GrowingTests): BinSearch | string {
  const isSingle = ensemble.comparison === 'float32';
  const { rules, thresholds } = ensemble;
  const cuts = group.nodes.map((node) => splitCut(thresholds[node]!, rules[node]!, isSingle));
  const points = distinct(cuts.filter((cut) => cut !== null));
  if (points.length > MAX_POINTS) return TOO_MANY_POINTS;
  const wide = tests.allWide || points.length + 3 > 256;
  const lowest = wide ? -32_768 : -128;
  const firstBin = lowest + 1;
  const nanBins: Record<MissingSide, number> = {
    left: lowest,
    right: firstBin + points.length + 1,
    'as-zero': firstBin + rankOf(points, 0),
  };
  const used = new Set(group.nodes.map((node) => missingSide(ensemble, node)));
  const columns: BinColumn[] = [];
  const columnOf: Partial<Record<MissingSide, number>> = {};
  for (const side of ['left', 'right', 'as-zero'] as const) {
    if (!used.has(side)) continue;
    columnOf[side] = addColumn(tests, wide, false);
    columns.push({ column: columnOf[side], nanBin: nanBins[side] });
  }
  for (const [i, node] of group.nodes.entries()) {
    const cut = cuts[i]!;
    tests.columns[node] = columnOf[missingSide(ensemble, node)]!;
    tests.limits[node] = cut === null ? lowest : firstBin + rankOf(points, cut);
  }
  return { ...group, points, wide, firstBin, otherBin: 0, columns };
}

/** Unsigned bins: the points, then any other value, then missing. */
function planPoints(ensemble: TreeEnsemble, group: Group, tests: GrowingTests): BinSearch | string {
  const members = group.nodes.map((node) => membersOf(ensemble, node));
  const points = distinct(members.flat());
  if (points.length > MAX_POINTS) return TOO_MANY_POINTS;
  const otherBin = points.length;
  const missingBin = otherBin + 1;
  const wide = tests.allWide || missingBin > 255;
  const setBytes = wide ? Math.ceil((missingBin + 1) / 8) : 32;
  if (group.nodes.length * setBytes > MAX_SET_BYTES) return TOO_LARGE_SETS;
  const column = addColumn(tests, wide, true);
  for (const [i, node] of group.nodes.entries()) {
    const set = new Uint8Array(setBytes);
    for (const value of members[i]!) addMember(set, rankOf(points, value));
    if (!group.nanIsZero && ensemble.defaultLeft[node] === 1) addMember(set, missingBin);
    tests.columns[node] = column;
    tests.limits[node] = tests.sets.push(set) - 1;
  }
  const zero = rankOf(points, 0);
  const zeroBin = points[zero] === 0 ? zero : otherBin;
  const nanBin = group.nanIsZero ? zeroBin : missingBin;
  return { ...group, points, wide, firstBin: 0, otherBin, columns: [{ column, nanBin }] };
}

function addColumn(tests: GrowingTests, wide: boolean, points: boolean): number {
  tests.isPoints.push(points);
  return tests.isWide.push(wide) - 1;
}

function addMember(set: Uint8Array, bin: number): void {
  set[bin >> 3] = set[bin >> 3]! | (1 << (bin & 7));
}

/** Whether the sets that the nodes name have more members in all than can be listed. */
function hasManyMembers({ rules, thresholds, categorySets: { boundaries, words } }: TreeEnsemble): boolean {
  const upTo = new Float64Array(words.length + 1);
  for (const [i, word] of words.entries()) upTo[i + 1] = upTo[i]! + bitCount(word);
  let members = 0;
  for (const [node, rule] of rules.entries()) {
    if (rule !== splitRule.inSet && rule !== splitRule.inSetExactly) continue;
    const set = thresholds[node]!;
    members += upTo[boundaries[set + 1]!]! - upTo[boundaries[set]!]!;
  }
  return members > MAX_MEMBERS;
}

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The values that go left at a node that compares for equality. */
function membersOf(ensemble: TreeEnsemble, node: number): number[] {
  const threshold = ensemble.thresholds[node]!;
  if (ensemble.rules[node] === splitRule.equal) return Number.isNaN(threshold) ? [] : [threshold + 0];
  const { boundaries, words } = ensemble.categorySets;
  const start = boundaries[threshold]!;
  const members: number[] = [];
  for (let word = start; word < boundaries[threshold + 1]!; word++) {
    for (let bit = 0; bit < 32; bit++) {
      if ((words[word]! >>> bit) & 1) members.push((word - start) * 32 + bit);
    }
  }
  return members;
}

function distinct(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
}

/** How many points lie below x. */
function rankOf(points: Float64Array, x: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
