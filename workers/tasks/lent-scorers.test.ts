import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { bindInputs } from '../../src/core/model/binding.ts';
import type { Scorer } from '../../src/engine/scorer.ts';
import { openModelFile } from '../../src/formats/model/open-model.ts';
import { summariseModel } from '../../src/formats/model/summarise-model.ts';
import { Shelf } from '../holds.ts';
import { type LentScorers, lentScorers } from './lent-scorers.ts';
import type { HeldModel } from './models.ts';

const credit = join(import.meta.dirname, '../../fixtures/credit_data');
const table = await tableOfCsv(join(credit, 'matrix_native_codes_test.csv'));

let models: Shelf<HeldModel>;
let scorers: LentScorers;

function put(id: string, file: string): void {
  const opened = openModelFile(new Uint8Array(readFileSync(join(credit, 'models', file))), file);
  models.put(id, { opened, summary: summariseModel(opened, id) });
}

/** What row 0 scores, among more rows than are scored without the kernel; refused by one that was freed. */
async function scoreOf(id: string, scorer: Scorer): Promise<number> {
  const report = bindInputs(models.get(id).summary, table, { columnOf: {}, order: null }, []);
  const [output] = await scorer.bind(table, report).run(0, 16, null);
  return output!.data[1]!;
}

/** A use of a model's kernel that lasts until it is told to end. */
function longUse(id: string) {
  let begin = (_scorer: Scorer): void => undefined;
  let end = (): void => undefined;
  const begun = new Promise<Scorer>((resolve) => {
    begin = resolve;
  });
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  const done = scorers.withScorer(id, 'kernel', async (scorer) => {
    begin(scorer);
    await ending;
    return scoreOf(id, scorer);
  });
  return { begun, end, done };
}

beforeEach(() => {
  models = new Shelf<HeldModel>('model');
  scorers = lentScorers(models);
  put('a', 'lightgbm_numeric.txt');
  for (const id of ['b', 'c', 'd']) put(id, 'lightgbm_categorical.txt');
});

it('lends one scorer for a model and an engine, and another one for its other engine', async () => {
  const same = async (scorer: Scorer) => scorer;
  const kernel = await scorers.withScorer('a', 'kernel', same);
  expect(await scorers.withScorer('a', 'kernel', same)).toBe(kernel);
  const reference = await scorers.withScorer('a', 'reference', same);
  expect(reference).not.toBe(kernel);
  expect(await scoreOf('a', reference)).toBe(await scoreOf('a', kernel));
});

it('frees a dropped scorer only after its last use', async () => {
  const { begun, end, done } = longUse('a');
  const scorer = await begun;
  await scorers.dropModel('a');
  expect(await scoreOf('a', scorer)).toBeGreaterThan(0);
  end();
  expect(await done).toBeGreaterThan(0);
  await expect(scoreOf('a', scorer)).rejects.toThrow();
});

it('frees the one used longest ago when there are more than three, but never under a use', async () => {
  const { begun, end, done } = longUse('a');
  const scorer = await begun;
  for (const id of ['b', 'c', 'd']) await scorers.withScorer(id, 'kernel', (other) => scoreOf(id, other));
  expect(await scoreOf('a', scorer)).toBeGreaterThan(0);
  end();
  await done;
  await expect(scoreOf('a', scorer)).rejects.toThrow();
  expect(await scorers.withScorer('a', 'kernel', (again) => scoreOf('a', again))).toBe(await done);
});

it('tries again to make a scorer that could not be made', async () => {
  put('e', 'lightgbm_small_linear_tree.txt');
  const use = () => scorers.withScorer('e', 'kernel', async () => null);
  await expect(use()).rejects.toMatchObject({ code: 'session-failed' });
  put('e', 'lightgbm_numeric.txt');
  expect(await use()).toBeNull();
});
