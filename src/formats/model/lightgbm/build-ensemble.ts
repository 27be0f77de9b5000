import { type Link, missingRule, splitRule, type TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { GrowingArray } from './growing-array.ts';
import { CATEGORICAL_BIT, DEFAULT_LEFT_BIT, type LightgbmTree } from './read-tree.ts';

const missingRules = [missingRule.nanIsZero, missingRule.nanAndZero, missingRule.nan] as const;

/** What the header says about the ensemble as a whole. */
export interface EnsembleFrame {
  readonly featureCount: number;
  readonly outputCount: number;
  readonly classCount: number;
  readonly isAveraged: boolean;
  readonly link: Link;
}

const floats = () => new GrowingArray((length) => new Float64Array(length));
const integers = () => new GrowingArray((length) => new Int32Array(length));
const bytes = () => new GrowingArray((length) => new Uint8Array(length));

/**
 * Puts LightGBM trees into one ensemble. Nodes are renumbered in preorder, so that children have higher numbers than
 * their parents; leaves keep LightGBM's order within each tree, so that leaf numbers minus the tree's first are its own
 * (`pred_leaf`).
 */
export class EnsembleBuilder {
  treeCount = 0;
  private readonly roots = integers();
  private readonly features = integers();
  private readonly rules = bytes();
  private readonly missing = bytes();
  private readonly defaultLeft = bytes();
  private readonly thresholds = floats();
  private readonly left = integers();
  private readonly right = integers();
  private readonly setBoundaries = integers();
  private readonly setWords = new GrowingArray((length) => new Uint32Array(length));
  private readonly leafValues = floats();
  private readonly nodeCounts = floats();
  private readonly leafCounts = floats();
  private readonly gains = floats();
  private readonly constants = floats();
  private readonly termOffsets = integers();
  private readonly termFeatures = integers();
  private readonly coefficients = floats();
  private hasCounts = true;
  private hasGains = true;
  private hasLinearLeaves = false;

  constructor() {
    this.setBoundaries.push(0);
    this.termOffsets.push(0);
  }

  /**
   * @returns what is wrong with the way the nodes hang together, as in `node 3 is reached twice`; null when all is well
   */
  add(tree: LightgbmTree): string | null {
    const firstLeaf = this.leafValues.length;
    const firstNode = this.features.length;
    if (tree.leafCount === 1) this.roots.push(~firstLeaf);
    else {
      const order = preorder(tree);
      if (typeof order === 'string') return order;
      this.roots.push(firstNode);
      const firstSet = this.setBoundaries.length - 1;
      for (const node of order.nodes) this.addNode(tree, node, firstSet);
      const place = (child: number) => (child < 0 ? ~(firstLeaf + ~child) : firstNode + order.places[child]!);
      for (const node of order.nodes) {
        this.left.push(place(tree.left[node]!));
        this.right.push(place(tree.right[node]!));
      }
      this.addSets(tree);
    }
    this.addLeaves(tree);
    this.treeCount += 1;
    return null;
  }

  private addNode(tree: LightgbmTree, node: number, firstSet: number): void {
    const decision = tree.decisions[node]!;
    const isCategorical = (decision & CATEGORICAL_BIT) !== 0;
    this.features.push(tree.features[node]!);
    this.rules.push(isCategorical ? splitRule.inSet : splitRule.lessOrEqual);
    // A missing category is no member of any set, whatever the missing type says.
    this.missing.push(isCategorical ? missingRule.nan : missingRules[decision >> 2]!);
    this.defaultLeft.push(!isCategorical && (decision & DEFAULT_LEFT_BIT) !== 0 ? 1 : 0);
    this.thresholds.push(isCategorical ? firstSet + tree.thresholds[node]! : tree.thresholds[node]!);
    this.hasCounts &&= tree.nodeCounts !== null;
    this.hasGains &&= tree.gains !== null;
    this.nodeCounts.push(tree.nodeCounts?.[node] ?? 0);
    this.gains.push(tree.gains?.[node] ?? 0);
  }

  private addSets({ setBoundaries, setWords }: LightgbmTree): void {
    const firstWord = this.setWords.length;
    for (let set = 1; set < setBoundaries.length; set++)
      this.setBoundaries.push(firstWord + setBoundaries[set]!);
    this.setWords.append(setWords);
  }

  private addLeaves({ leafCount, leafValues, leafCounts, linear }: LightgbmTree): void {
    this.leafValues.append(leafValues);
    // A tree of one leaf needs no count: every row reaches it.
    this.hasCounts &&= leafCounts !== null || leafCount === 1;
    this.leafCounts.append(leafCounts ?? new Float64Array(leafCount));
    this.constants.append(linear?.constants ?? leafValues);
    let offset = this.coefficients.length;
    for (let leaf = 0; leaf < leafCount; leaf++) {
      offset += linear?.termCounts[leaf] ?? 0;
      this.termOffsets.push(offset);
    }
    if (linear === null) return;
    this.hasLinearLeaves = true;
    this.termFeatures.append(linear.features);
    this.coefficients.append(linear.coefficients);
  }

  /** The ensemble of all trees added. Tree t adds to output t % outputCount. */
  build({ featureCount, outputCount, classCount, isAveraged, link }: EnsembleFrame): TreeEnsemble {
    return {
      featureCount,
      outputCount,
      classCount,
      comparison: 'float64',
      sums: 'float64',
      roots: this.roots.toArray(),
      treeOutputs: Int32Array.from({ length: this.treeCount }, (_, tree) => tree % outputCount),
      treeWeights: null,
      features: this.features.toArray(),
      rules: this.rules.toArray(),
      missing: this.missing.toArray(),
      defaultLeft: this.defaultLeft.toArray(),
      thresholds: this.thresholds.toArray(),
      left: this.left.toArray(),
      right: this.right.toArray(),
      categorySets: { boundaries: this.setBoundaries.toArray(), words: this.setWords.toArray() },
      leafWidth: 1,
      leafValues: this.leafValues.toArray(),
      linearLeaves: this.hasLinearLeaves
        ? {
            constants: this.constants.toArray(),
            offsets: this.termOffsets.toArray(),
            features: this.termFeatures.toArray(),
            coefficients: this.coefficients.toArray(),
          }
        : null,
      covers: this.hasCounts
        ? { kind: 'count', nodes: this.nodeCounts.toArray(), leaves: this.leafCounts.toArray() }
        : null,
      gains: this.hasGains ? this.gains.toArray() : null,
      baseValues: new Float64Array(outputCount),
      averageOver: isAveraged ? this.treeCount / outputCount : 1,
      link,
    };
  }
}

interface NodeOrder {
  /** Nodes of the file in the new order. */
  readonly nodes: Int32Array;
  /** Per node of the file: its place in the new order. */
  readonly places: Int32Array;
}

/** The nodes from the root down, left before right, each once; or what is wrong. Children are known to be in range. */
function preorder({ leafCount, left, right }: LightgbmTree): NodeOrder | string {
  const nodeCount = leafCount - 1;
  const nodes = new Int32Array(nodeCount);
  const places = new Int32Array(nodeCount).fill(-1);
  const isLeafReached = new Uint8Array(leafCount);
  // Every node leaves at most one child waiting, so the stack never holds more entries than there are nodes, and one.
  const open = new Int32Array(nodeCount + 1);
  let waiting = 1;
  let count = 0;
  while (waiting > 0) {
    const node = open[--waiting]!;
    if (node < 0) {
      if (isLeafReached[~node] === 1) return `leaf ${~node} is reached twice`;
      isLeafReached[~node] = 1;
      continue;
    }
    if (places[node] !== -1) return `node ${node} is reached twice`;
    places[node] = count;
    nodes[count++] = node;
    open[waiting++] = right[node]!;
    open[waiting++] = left[node]!;
  }
  // A tree with as many nodes as were counted has reached every leaf too, as none is reached twice.
  return count === nodeCount ? { nodes, places } : `${nodeCount - count} nodes are never reached`;
}
