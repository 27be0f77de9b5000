import type { ExplanationPlan } from '../../core/explain/explanation.ts';
import { countText } from '../../core/sanity/figure-text.ts';
import type { Notice } from '../../core/table/summary.ts';
import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';

/** Fewer background rows than this leave the base value to chance. */
const FEW_BACKGROUND_ROWS = 100;

/** What a reader of contributions must know about where the covers of a tree model come from. */
export function coverNotices(
  covers: ExplanationPlan['covers'],
  { link, classCount }: TreeEnsemble,
): Notice[] {
  if (covers === null) return [];
  if (covers.source === 'model') return covers.kind === 'hessian' ? [hessianCovers()] : [];
  // Averaged class shares without a link: what scikit-learn's forests are in ONNX.
  const isForest = link.kind === 'identity' && classCount > 1;
  return [coversFromRows(covers.rows), ...(isForest ? [bootstrapLost()] : [])];
}

/** What a reader must know about the margin of trees that a model averages: contributions add up to the sum. */
export function averageNotices({ averageOver }: TreeEnsemble): Notice[] {
  if (averageOver === 1) return [];
  return [
    {
      code: 'margin-not-averaged',
      message: `The model divides the sum of its trees by ${averageOver}. Contributions and base value add up to the sum itself, as those of LightGBM do: divide them by ${averageOver} for parts of the average.`,
      count: averageOver,
    },
  ];
}

/** What a reader must know about the rows that contributions are measured against. */
export function rowsNotices(
  { covers, background }: Pick<ExplanationPlan, 'covers' | 'background'>,
  hasSplit: boolean,
): Notice[] {
  const usesRows = background !== null || covers?.source === 'reference-rows';
  const notices = usesRows && !hasSplit ? [noSplit()] : [];
  if (background === null || background.rows >= FEW_BACKGROUND_ROWS) return notices;
  return [...notices, fewRows(background.rows)];
}

/** What a reader of sampled contributions must know. */
export function sampledNotice(mostRows: number): Notice {
  return {
    code: 'contributions-sampled',
    message: `Contributions are estimated by sampling, in the space of the score, until the order of the top features is settled or the budget of answers is spent; figures over many rows rest on ${mostRows} of them at most.`,
  };
}

function hessianCovers(): Notice {
  return {
    code: 'covers-are-hessians',
    message:
      'The covers of this file are sums of hessians, not counts of rows: rows that training was sure of count less. Another library that counts rows gives other contributions for the same trees.',
  };
}

function coversFromRows(rows: number): Notice {
  return {
    code: 'covers-from-reference-rows',
    message: `${countText(rows)} reference rows were sent through the trees to count their covers, which the file does not hold: the contributions depend on these rows.`,
    count: rows,
  };
}

function bootstrapLost(): Notice {
  return {
    code: 'bootstrap-not-recovered',
    message:
      'A random forest counts its covers on a bootstrap sample for each tree, which cannot be recovered: its own library gives somewhat other contributions.',
  };
}

function noSplit(): Notice {
  return {
    code: 'reference-rows-are-all',
    message:
      'There is no split, so that the rows to compare with are taken from all rows, judged ones among them.',
  };
}

function fewRows(rows: number): Notice {
  return {
    code: 'few-background-rows',
    message: `${rows} background rows are few: with ${FEW_BACKGROUND_ROWS} or more, the base value and the contributions are steadier.`,
    count: rows,
  };
}
