import { beforeEach, expect, it } from 'vitest';
import { type LentExplainers, lentExplainers } from './lent-explainers.ts';

let explainers: LentExplainers;
let released: string[];

const owner = (groundId: string) => ({ modelId: `model of ${groundId}`, tableId: 't', groundId });
const make = (name: string) => () => ({ name, release: () => released.push(name) });
const lend = (groundId: string, kind = 'rows') =>
  explainers.withExplainer(owner(groundId), kind, make(`${groundId} ${kind}`), async (own) => own);

/** A use that lasts until it is told to end. */
function longUse(groundId: string) {
  let end = (): void => undefined;
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  const done = explainers.withExplainer(owner(groundId), 'rows', make(`${groundId} rows`), () => ending);
  return { end, done };
}

beforeEach(() => {
  explainers = lentExplainers();
  released = [];
});

it('lends one explainer for a ground and a kind', async () => {
  const first = await lend('a');
  expect(await lend('a')).toBe(first);
  expect(await lend('a', 'pairs')).not.toBe(first);
  expect(released).toEqual([]);
});

it('lets the one used longest ago go before it makes a fourth', async () => {
  for (const id of ['a', 'b', 'a', 'c']) await lend(id);
  const fourth = () => {
    expect(released).toEqual(['b rows']);
    return make('d rows')();
  };
  await explainers.withExplainer(owner('d'), 'rows', fourth, async () => null);
  expect(released).toEqual(['b rows']);
});

it('lets one go that is in use only after its last use', async () => {
  const [first, second] = [longUse('a'), longUse('a')];
  explainers.drop(({ modelId }) => modelId === 'model of a');
  first.end();
  await first.done;
  expect(released).toEqual([]);
  second.end();
  await second.done;
  expect(released).toEqual(['a rows']);
});

it('lends again after one could not be made', async () => {
  const fail = () => {
    throw new Error('no memory');
  };
  await expect(explainers.withExplainer(owner('a'), 'rows', fail, async () => null)).rejects.toThrow(
    'no memory',
  );
  expect((await lend('a')).name).toBe('a rows');
});

it('lends one to one job at a time, in the order of asking, also after one that failed', async () => {
  const steps: string[] = [];
  const use = (name: string, fails = false) =>
    explainers.withExplainer(owner('a'), 'rows', make('a rows'), async () => {
      steps.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      steps.push(`${name} ends`);
      if (fails) throw new Error('did not work');
    });
  await Promise.allSettled([use('first', true), use('second'), use('third')]);
  expect(steps).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
