import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/**
 * All scores of a scoring run as a CSV file to save: header `row,score`, one line per table row in file order from 0,
 * 17 significant digits, an empty score where there is none. Written in the worker.
 * @throws {DataError} `unknown-handle` when these scores are no longer open
 */
export async function scoresCsv(
  scoresId: string,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<Blob> {
  const { csv } = await compute.run('scores/csv', { scoresId }, options);
  return new Blob([csv], { type: 'text/csv;charset=utf-8' });
}
