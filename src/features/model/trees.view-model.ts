/** What is inside a model: its trees and the features they use, or the coefficients of a linear model. */
import type { TableTwin } from '../../charts/table-twin.ts';
import type { LinearFacts, TreeStatistics } from '../../core/model/signature.ts';
import { formatCount, formatCountOf, formatRate, formatValue } from '../../design/format.ts';
import type { FactLine } from './engine.view-model.ts';

const COVERS = {
  count: 'rows of training per node',
  hessian: 'sums of hessians per node',
} as const;

export function treeLines(trees: TreeStatistics): readonly FactLine[] {
  const { treeCount, leafCount, nodeCount, maxDepth, meanDepth, maxLeavesOfTree, categoricalSplits, covers } =
    trees;
  return [
    { name: 'Trees', value: formatCount(treeCount) },
    { name: 'Leaves', value: `${formatCount(leafCount)}, at most ${formatCount(maxLeavesOfTree)} a tree` },
    { name: 'Splits', value: formatCount(nodeCount) },
    { name: 'Depth', value: `at most ${formatCount(maxDepth)}, ${meanDepth.toFixed(1)} on average` },
    {
      name: 'Splits on categories',
      value:
        categoricalSplits === 0
          ? 'none'
          : `${formatCount(categoricalSplits)} (${formatRate(categoricalSplits / nodeCount)})`,
    },
    { name: 'Covers', value: covers === null ? 'not in the file' : COVERS[covers] },
  ];
}

export type UseMeasure = 'splits' | 'gain';

/** A bar of the picture, with its share of the longest: -1 to 1. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly share: number;
}

export interface BarsView {
  readonly bars: readonly Bar[];
  /** Says which were left out of the picture; null when all are there. */
  readonly leftOut: string | null;
  /** What the picture says in one sentence. */
  readonly message: string;
  readonly twin: TableTwin;
}

/** Bars in the picture; the table twin has every feature. */
export const MOST_BARS = 16;

/** Whether the file says how much each split gained. */
export function hasGain({ featureUse }: TreeStatistics): boolean {
  return featureUse.some(({ gain }) => gain !== null);
}

/** How often each feature is split on, or how much its splits gained in training, the most used first. */
export function featureUseView({ featureUse }: TreeStatistics, measure: UseMeasure): BarsView {
  const used = featureUse.map(({ feature, splits, gain }) => ({
    label: feature,
    value: measure === 'splits' ? splits : (gain ?? 0),
  }));
  const unused = used.filter(({ value }) => value === 0).length;
  const sorted = [...used].sort((a, b) => b.value - a.value);
  const [first] = sorted;
  const what = measure === 'splits' ? 'split on most often' : 'whose splits gained most';
  return {
    ...barsOf(
      sorted.filter(({ value }) => value > 0),
      measure === 'splits' ? formatCount : formatValue,
      unused === 0 ? '' : `${formatCountOf(unused, 'feature is', 'features are')} never split on`,
    ),
    message:
      first === undefined || first.value === 0
        ? 'No feature is split on.'
        : `${first.label} is the feature ${what}.`,
    twin: {
      columns: [
        { name: 'Feature', values: sorted.map(({ label }) => label) },
        {
          name: measure === 'splits' ? 'Splits' : 'Gain',
          values: sorted.map(({ value }) => value),
          format: formatValue,
        },
      ],
    },
  };
}

/** The coefficients of one output, the largest in size first. */
export function coefficientsView({ coefficients }: LinearFacts, output: number): BarsView {
  const sorted = coefficients
    .map(({ feature, values }) => ({ label: feature, value: values[output] ?? 0 }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const [first] = sorted;
  return {
    ...barsOf(sorted, (value) => formatValue(Number(value.toPrecision(3))), ''),
    message:
      first === undefined
        ? 'There is no coefficient.'
        : `${first.label} has the largest coefficient, ${formatValue(first.value)}.`,
    twin: {
      columns: [
        { name: 'Feature', values: sorted.map(({ label }) => label) },
        { name: 'Coefficient', values: sorted.map(({ value }) => value), format: formatValue },
      ],
    },
  };
}

function barsOf(
  sorted: readonly { readonly label: string; readonly value: number }[],
  format: (value: number) => string,
  note: string,
): Pick<BarsView, 'bars' | 'leftOut'> {
  const most = Math.max(...sorted.map(({ value }) => Math.abs(value)), 0);
  const shown = sorted.slice(0, MOST_BARS);
  const rest = sorted.length - shown.length;
  const notes = [rest === 0 ? '' : `${formatCountOf(rest, 'feature')} more in the table`, note].filter(
    (text) => text !== '',
  );
  return {
    bars: shown.map(({ label, value }) => ({
      label,
      value,
      text: format(value),
      share: most === 0 ? 0 : value / most,
    })),
    leftOut: notes.length === 0 ? null : `${notes.join('; ')}.`,
  };
}

const LINKS: Record<LinearFacts['link'], string> = {
  identity: 'none: the sum is the score',
  logistic: 'logistic: 1 / (1 + exp(−sum))',
  softmax: 'softmax over the classes',
};

export function linearLines({ link, intercepts, coefficients }: LinearFacts): readonly FactLine[] {
  return [
    { name: 'Coefficients', value: formatCountOf(coefficients.length, 'feature') },
    {
      name: intercepts.length === 1 ? 'Intercept' : 'Intercepts',
      value: intercepts.map((value) => formatValue(value)).join(', '),
    },
    { name: 'Link', value: LINKS[link] },
  ];
}
