import { draftTableSize } from '../../core/explain/draft-table-size.ts';
import { prepareInterventional } from '../../core/explain/interventional-shap.ts';
import { preparePatternShap } from '../../core/explain/pattern-shap.ts';
import type { PreparedShap } from '../../core/explain/prepared-shap.ts';
import { prepareInteractions } from '../../core/explain/quadrature-interactions.ts';
import { preparePathDependent } from '../../core/explain/quadrature-shap.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { drain, type Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { createQuadratureExplainer, quadratureRefusal } from './quadrature-kernel.ts';
import { createTableInteractions, tableInteractionRefusal } from './table-interactions.ts';
import { createTableExplainer, tableRefusal } from './table-kernel.ts';
import { TABLE_MEMORY } from './table-plan.ts';

/** Something that answers one `ShapQuestion` for any number of rows, in this thread. */
export interface TreeExplainer {
  /** What computes the contributions, for reports. The number in it changes with anything that could change a result. */
  readonly name: string;
  /** The expected margin: base + Σ of a row's contributions = its margin. */
  readonly baseValue: number;
  /**
   * Contributions of all rows of a block. Those of a row do not depend on the rows beside it.
   *
   * @returns columnCount x rowCount, column by column: those of column c begin at c x rowCount
   * @throws {ModelError} `session-failed` after `release`
   */
  explain(block: FeatureBlock): Float64Array;
  /** {@link explain} in slices of rows or of trees x rows, so that a long block can be cancelled: the same bits. */
  explainSliced(block: FeatureBlock): Sliced<Float64Array>;
  /** Lets the memory go; the explainer is of no use afterwards. */
  release(): void;
}

/** Like {@link TreeExplainer} for pairs of columns. */
export interface InteractionExplainer {
  readonly name: string;
  readonly baseValue: number;
  /**
   * Interactions of all rows of a block: symmetric, and a row of the matrix adds up to the column's contribution.
   *
   * @returns rowCount x columnCount x columnCount, row by row
   * @throws {ModelError} `session-failed` after `release`
   */
  explain(block: FeatureBlock): Float64Array;
  explainSliced(block: FeatureBlock): Sliced<Float64Array>;
  release(): void;
}

/**
 * Fewer rows than this are done by quadrature before tables are built. One worker breaks even at about 2,300 rows, for 100
 * trees of 31 leaves as for 500 of 63 (docs/bench.md); of several, each would build the tables for its share of the rows.
 */
const FEW_ROWS = 4000;

/** The same for plain TypeScript, where the rows are slower and the tables are not. */
const FEW_PLAIN_ROWS = 200;

/**
 * Tables that are not kept are built again for every block of rows. Bytes that are built in the time in which quadrature
 * takes one row through one node: 16 to 32 were measured, for 6 to 14 features on a path.
 */
const BYTES_PER_VISIT = 20;

/** Rows of a block at most, and contributions (row-explainer.ts); a job has three blocks or more (explanation-chunks.ts). */
const BLOCK_ROWS = 1 << 15;
const BLOCK_VALUES = 1 << 22;
const LEAST_BLOCKS = 3;

/** Whether tables save more time than they take to build: 300 trees of 2,000 leaves can ask for hundreds of GB. */
function tablesPay({ ensemble, output, columnCount }: ShapQuestion, totalRows: number): boolean {
  const { contributions, nodes } = draftTableSize(ensemble, output);
  const rows = Math.min(totalRows / LEAST_BLOCKS, BLOCK_ROWS, BLOCK_VALUES / Math.max(1, columnCount));
  return contributions <= Math.max(TABLE_MEMORY.keptBytes, BYTES_PER_VISIT * nodes * rows);
}

/**
 * The fastest explainer that can answer a question in this thread. All give the same contributions but for rounding, and
 * the choice depends on question and job alone, so that every chunk of a job is answered by the same one.
 *
 * Path-dependent: quadrature for few rows, for paths too long for a table and for trees whose tables take longer to build
 * than they save; tables for the others. Interventional: tables, which the first row pays for already. Where there is no
 * WebAssembly SIMD, or a kernel refuses, plain TypeScript: the same choice, with fewer rows being few.
 *
 * @param totalRows rows of the whole job, over all workers and chunks
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `empty-sample` for a background without rows
 */
export function createTreeExplainer(question: ShapQuestion, totalRows: number): TreeExplainer {
  const isPathDependent = question.expectation.kind === 'path-dependent';
  const byTables = (few: number) => !isPathDependent || (totalRows >= few && tablesPay(question, totalRows));
  if (byTables(FEW_ROWS) && tableRefusal(question) === null) return createTableExplainer(question);
  if (isPathDependent && quadratureRefusal(question) === null) return createQuadratureExplainer(question);
  return totalRows >= FEW_PLAIN_ROWS && byTables(FEW_PLAIN_ROWS)
    ? plainTables(question)
    : plainDirect(question);
}

/** Of pairs, where tables have many more numbers: even at 25 rows on 100 trees of 31 leaves, at 50 on 500 of 63. */
const FEW_PAIR_ROWS = 32;

/** As `BYTES_PER_VISIT`, of the tables of pairs and of plain TypeScript: 2,000 to 6,000 were measured. */
const BYTES_PER_PAIR_VISIT = 2000;

/** Rows of a block of pairs (explaining.ts). */
const BLOCK_PAIR_ROWS = 256;

function pairTablesPay({ ensemble, output }: ShapQuestion, totalRows: number): boolean {
  const { interactions, nodes } = draftTableSize(ensemble, output);
  const rows = Math.min(totalRows, BLOCK_PAIR_ROWS);
  return interactions <= Math.max(TABLE_MEMORY.keptBytes, BYTES_PER_PAIR_VISIT * nodes * rows);
}

/**
 * The fastest explainer of pairs that can answer a question in this thread: tables for many rows, row by row for few and
 * where tables take longer to build, plain TypeScript where the kernel cannot. All give the same interactions but for rounding.
 *
 * @param totalRows rows of the whole job
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `empty-sample` for a background without rows
 */
export function createInteractionExplainer(question: ShapQuestion, totalRows: number): InteractionExplainer {
  const byTables = totalRows >= FEW_PAIR_ROWS && pairTablesPay(question, totalRows);
  if (byTables && tableInteractionRefusal(question) === null) return createTableInteractions(question);
  return fromPrepared(
    'Cutline SHAP interactions 1 (plain TypeScript, float64)',
    prepareInteractions(question),
  );
}

/** Row by row, without tables, in plain TypeScript. */
function plainDirect(question: ShapQuestion): TreeExplainer {
  return question.expectation.kind === 'path-dependent'
    ? fromPrepared('Cutline SHAP quadrature 1 (plain TypeScript, float64)', preparePathDependent(question))
    : fromPrepared(
        'Cutline SHAP by pairs of rows 1 (plain TypeScript, float64)',
        prepareInterventional(question),
      );
}

function plainTables(question: ShapQuestion): TreeExplainer {
  return fromPrepared('Cutline SHAP tables 1 (plain TypeScript, float64)', preparePatternShap(question));
}

function fromPrepared(name: string, { baseValue, explain }: PreparedShap): TreeExplainer {
  return {
    name,
    baseValue,
    explain: (block) => drain(explain(block)),
    explainSliced: explain,
    release: () => undefined,
  };
}
