import { performance } from 'node:perf_hooks';
import { compileScenario, defaultScenario } from '../../src/core/money/scenario-templates.ts';
import { bootstrap, bootstrapSliced } from '../../src/core/threshold/bootstrap.ts';
import type { StrategyParameters } from '../../src/core/threshold/decision.ts';
import { rankScores } from '../../src/core/threshold/ranked-scores.ts';
import { strategiesOf } from '../../src/core/threshold/strategies.ts';
import type { BenchRow } from '../row.ts';
import type { ScoredRows } from './scored-rows.ts';

const RUNS = 5;
const SEED = 20240501;

/**
 * The bootstrap of all strategies on rows that are sorted already: 1,000 replicates without and with money, beside the strategies
 * alone; the cases take turns, so that a slow minute of the machine meets them all.
 */
export function bootstrapRows(
  size: string,
  { scores, labels, amounts }: ScoredRows,
  parameters: StrategyParameters,
): BenchRow[] {
  const ranked = rankScores(scores, labels, [amounts]);
  const model = compileScenario(defaultScenario('lending', 'Amount'), ['Amount']);
  const question = { parameters, threshold: 0.3, replicates: 1000, seed: SEED };
  const cases = {
    money: () => bootstrap(ranked, { ...question, model }),
    counts: () => bootstrap(ranked, { ...question, model: null }),
    strategies: () => strategiesOf(ranked, model, parameters),
  };
  const times = { money: [] as number[], counts: [] as number[], strategies: [] as number[] };
  for (let run = 0; run <= RUNS; run++) {
    for (const name of Object.keys(cases) as (keyof typeof cases)[]) {
      const start = performance.now();
      cases[name]();
      if (run > 0) times[name].push(performance.now() - start);
    }
  }
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
  const { bins, isExact, strategies } = bootstrap(ranked, { ...question, model, replicates: 1 });
  return [
    {
      name: `bootstrap/${size}`,
      value: median(times.money),
      unit: 'ms',
      note: `1,000 replicates of ${strategies.length} strategies and a fixed threshold, with money; ${bins} bins${isExact ? ', one a score' : ''}`,
    },
    { name: `bootstrap/counts/${size}`, value: median(times.counts), unit: 'ms', note: 'without a scenario' },
    {
      name: `bootstrap/longest-slice/${size}`,
      value: longestSliceMs(() => bootstrapSliced(ranked, { ...question, model })),
      unit: 'ms',
      note: 'how long a question about a threshold may have to wait for it',
    },
    {
      name: `strategies/${size}`,
      value: median(times.strategies),
      unit: 'ms',
      note: 'all rules over every distinct score, once',
    },
  ];
}

function longestSliceMs(start: () => Iterator<unknown>): number {
  const slices = start();
  let longest = 0;
  for (let done = false; !done; ) {
    const from = performance.now();
    done = slices.next().done === true;
    longest = Math.max(longest, performance.now() - from);
  }
  return longest;
}
