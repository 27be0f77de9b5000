/** Shapley values of the score of any model that can be scored, whatever computes it. */
import type { HybridRows } from '../../core/explain/hybrid-rows.ts';
import {
  DEFAULT_SAMPLING,
  permutationShap,
  type SampledContributions,
  type SamplingOptions,
} from '../../core/explain/permutation-shap.ts';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { Table } from '../../core/table/column.ts';
import { type ScoreProgress, scoreRows } from '../score-rows.ts';
import type { Scorer } from '../scorer.ts';
import { fedColumns, hybridTable, isSameCell } from './hybrid-table.ts';

/** Explains rows of one table by the scores of a model on hybrid rows. */
export interface SampledExplainer {
  /**
   * Contributions to the scores of some rows, a column per feature of the mapping. A table column that feeds several
   * features is one player; its contribution stands at the first of them, and 0 at the others.
   *
   * Yields after each chunk of scored hybrid rows, as answers spent of the budget: fewer may do.
   *
   * @param rows table rows. Sampling ends when the order of their top features is settled, taken together.
   * @returns `permutationShap` says what is exact, the errors, and why sampling ended
   * @throws as `scoreRows` does; {@link DataError} `empty-sample` without background rows
   */
  explain(rows: Uint32Array): AsyncGenerator<ScoreProgress, SampledContributions, void>;
}

/**
 * Readies a scorer to explain rows of a table. What is explained is the score that `scoreRows` gives for the same positive
 * values; the scorer stays the caller's, to be released after use.
 *
 * @param report         the mapping of the model and table; must be ready
 * @param backgroundRows table rows that stand for absent features, at least one
 * @throws {DataError} `column-missing` for a mapped column that the table does not have
 */
export function sampledExplainer(
  scorer: Scorer,
  table: Table,
  report: MappingReport,
  positiveValues: readonly string[],
  backgroundRows: Uint32Array,
  options: Partial<SamplingOptions> = {},
): SampledExplainer {
  const fed = fedColumns(table, report);
  const sampling = { ...DEFAULT_SAMPLING, ...options };
  const scoresOf = async function* (hybrids: HybridRows, rows: Uint32Array, before: number) {
    const made = hybridTable(table.name, fed, hybrids, rows, backgroundRows);
    const run = scoreRows(scorer, made, report, { rowStart: 0, rowEnd: made.rowCount, positiveValues });
    let step = await run.next();
    for (; step.done !== true; step = await run.next()) {
      const done = before + step.value.done;
      yield { done, total: Math.max(done, sampling.budget) };
    }
    return step.value.scores;
  };
  return {
    explain: async function* (rows) {
      const run = permutationShap({
        ...sampling,
        rows,
        backgroundCount: backgroundRows.length,
        playerCount: fed.columns.length,
        isSame: (explained, background, player) =>
          isSameCell(fed.columns[player]!, rows[explained]!, backgroundRows[background]!),
      });
      let done = 0;
      let step = run.next();
      while (step.done !== true) {
        const hybrids = step.value;
        step = run.next(yield* scoresOf(hybrids, rows, done));
        done += hybrids.count;
      }
      return byFeature(step.value, fed.features, report.bindings.length);
    },
  };
}

/** Contributions per player as contributions per feature of the mapping. */
function byFeature(
  contributions: SampledContributions,
  features: readonly number[],
  featureCount: number,
): SampledContributions {
  if (features.length === featureCount) return contributions;
  const spread = (values: Float64Array) => {
    const wide = new Float64Array(contributions.rows.length * featureCount);
    for (let row = 0; row < contributions.rows.length; row++) {
      for (const [player, feature] of features.entries())
        wide[row * featureCount + feature] = values[row * features.length + player]!;
    }
    return wide;
  };
  const { values, standardErrors, open } = contributions;
  return {
    ...contributions,
    open: open === null ? null : [features[open[0]]!, features[open[1]]!],
    values: spread(values),
    standardErrors: standardErrors === null ? null : spread(standardErrors),
  };
}
