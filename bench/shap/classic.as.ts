// AssemblyScript. TreeSHAP as published (Lundberg, Erion and Lee, 2018, algorithm 2): classic-tree-shap.ts step by step,
// with the compiler and the options of our kernels. Numbers are addresses in linear memory.

/** An entry of a path: feature, zero share, one share, weight. */
const ENTRY: usize = 32;
const ZERO: usize = 8;
const ONE: usize = 16;
const WEIGHT: usize = 24;

let features: usize = 0;
let thresholds: usize = 0;
let defaultLeft: usize = 0;
let lefts: usize = 0;
let rights: usize = 0;
let values: usize = 0;
let nodeCovers: usize = 0;
let leafCovers: usize = 0;
let row: usize = 0;
let sums: usize = 0;

function coverOf(child: i32): f64 {
  return child < 0
    ? load<f64>(leafCovers + ((<usize>~child) << 3))
    : load<f64>(nodeCovers + ((<usize>child) << 3));
}

/** Lengthens the path of `length` entries by one. */
function extend(path: usize, length: i32, zero: f64, one: f64, feature: i32): void {
  const own = path + <usize>length * ENTRY;
  store<i32>(own, feature);
  store<f64>(own, zero, ZERO);
  store<f64>(own, one, ONE);
  store<f64>(own, length == 0 ? 1 : 0, WEIGHT);
  const share: f64 = 1 / <f64>(length + 1);
  for (let i = length - 1; i >= 0; i--) {
    const entry = path + <usize>i * ENTRY;
    const weight = load<f64>(entry, WEIGHT);
    store<f64>(entry + ENTRY, load<f64>(entry + ENTRY, WEIGHT) + one * weight * <f64>(i + 1) * share, WEIGHT);
    store<f64>(entry, zero * weight * <f64>(length - i) * share, WEIGHT);
  }
}

/** Takes entry k out of the path, whose last entry is `last`. */
function unwind(path: usize, last: i32, k: i32): void {
  const zero = load<f64>(path + <usize>k * ENTRY, ZERO);
  const one = load<f64>(path + <usize>k * ENTRY, ONE);
  let next = load<f64>(path + <usize>last * ENTRY, WEIGHT);
  for (let i = last - 1; i >= 0; i--) {
    const entry = path + <usize>i * ENTRY;
    const weight = load<f64>(entry, WEIGHT);
    if (one != 0) {
      const before = (next * <f64>(last + 1)) / (<f64>(i + 1) * one);
      store<f64>(entry, before, WEIGHT);
      next = weight - (before * zero * <f64>(last - i)) / <f64>(last + 1);
    } else store<f64>(entry, (weight * <f64>(last + 1)) / (zero * <f64>(last - i)), WEIGHT);
  }
  for (let i = k; i < last; i++) {
    const entry = path + <usize>i * ENTRY;
    store<i32>(entry, load<i32>(entry + ENTRY));
    store<f64>(entry, load<f64>(entry + ENTRY, ZERO), ZERO);
    store<f64>(entry, load<f64>(entry + ENTRY, ONE), ONE);
  }
}

/** The sum of the weights of the path without an entry. */
function unwoundSum(path: usize, last: i32, zero: f64, one: f64): f64 {
  let sum: f64 = 0;
  if (one != 0) {
    let next = load<f64>(path + <usize>last * ENTRY, WEIGHT);
    for (let i = last - 1; i >= 0; i--) {
      const part = next / (<f64>(i + 1) * one);
      sum += part;
      next = load<f64>(path + <usize>i * ENTRY, WEIGHT) - part * zero * <f64>(last - i);
    }
  } else
    for (let i = last - 1; i >= 0; i--)
      sum += load<f64>(path + <usize>i * ENTRY, WEIGHT) / (zero * <f64>(last - i));
  return sum * <f64>(last + 1);
}

function addLeaf(value: f64, path: usize, last: i32): void {
  for (let k = 1; k <= last; k++) {
    const entry = path + <usize>k * ENTRY;
    const zero = load<f64>(entry, ZERO);
    const one = load<f64>(entry, ONE);
    const sum = sums + ((<usize>load<i32>(entry)) << 3);
    store<f64>(sum, load<f64>(sum) + unwoundSum(path, last, zero, one) * (one - zero) * value);
  }
}

/** `length` entries of the parent's path begin at `from`; the node's own follow them. */
function visit(node: i32, length: i32, from: usize, zero: f64, one: f64, feature: i32): void {
  const path = from + <usize>length * ENTRY;
  memory.copy(path, from, <usize>length * ENTRY);
  extend(path, length, zero, one, feature);
  if (node < 0) addLeaf(load<f64>(values + ((<usize>~node) << 3)), path, length);
  else split(node, path, length);
}

function split(node: i32, path: usize, length: i32): void {
  const feature = load<i32>(features + ((<usize>node) << 2));
  const x = load<f64>(row + ((<usize>feature) << 3));
  const goesLeft =
    x != x ? load<u8>(defaultLeft + <usize>node) == 1 : x <= load<f64>(thresholds + ((<usize>node) << 3));
  const left = load<i32>(lefts + ((<usize>node) << 2));
  const right = load<i32>(rights + ((<usize>node) << 2));
  const hot = goesLeft ? left : right;
  const cold = goesLeft ? right : left;
  let zero: f64 = 1;
  let one: f64 = 1;
  let last = length;
  let k = 1;
  while (k <= length && load<i32>(path + <usize>k * ENTRY) != feature) k++;
  if (k <= length) {
    zero = load<f64>(path + <usize>k * ENTRY, ZERO);
    one = load<f64>(path + <usize>k * ENTRY, ONE);
    unwind(path, length, k);
    last--;
  }
  const cover = load<f64>(nodeCovers + ((<usize>node) << 3));
  visit(hot, last + 1, path, (zero * coverOf(hot)) / cover, one, feature);
  visit(cold, last + 1, path, (zero * coverOf(cold)) / cover, 0, feature);
}

/** Says where the trees lie. */
export function setTrees(
  featuresAt: usize,
  thresholdsAt: usize,
  defaultLeftAt: usize,
  leftsAt: usize,
  rightsAt: usize,
  valuesAt: usize,
  nodeCoversAt: usize,
  leafCoversAt: usize,
): void {
  features = featuresAt;
  thresholds = thresholdsAt;
  defaultLeft = defaultLeftAt;
  lefts = leftsAt;
  rights = rightsAt;
  values = valuesAt;
  nodeCovers = nodeCoversAt;
  leafCovers = leafCoversAt;
}

/** Contributions of `count` rows, row by row; `out` begins as zeros. */
export function explain(
  roots: usize,
  trees: i32,
  rows: usize,
  count: i32,
  width: i32,
  out: usize,
  paths: usize,
): void {
  for (let i = 0; i < count; i++) {
    row = rows + <usize>i * <usize>width * 8;
    sums = out + <usize>i * <usize>width * 8;
    for (let tree = 0; tree < trees; tree++)
      visit(load<i32>(roots + ((<usize>tree) << 2)), 0, paths, 1, 1, -1);
  }
}
