import { describe, expect, it } from 'vitest';
import { CanceledError } from '../core/errors.ts';
import { LatestWins } from './latest-wins.ts';

/** Jobs that end when told to, in the order in which they were started. */
function workshop() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const job = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { started, job, end: (name: string) => ends.get(name)?.() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('LatestWins', () => {
  it('of many moves of one slider sends the first and the last', async () => {
    const { started, job, end } = workshop();
    const lane = new LatestWins();
    let move = new AbortController();
    const outcomes: Promise<unknown>[] = [];
    for (let i = 0; i < 50; i++) {
      move.abort();
      move = new AbortController();
      outcomes.push(lane.run(job(`move ${i}`), move.signal).catch((error: unknown) => error));
    }
    expect(started).toEqual(['move 0']);
    end('move 0');
    await settled();
    expect(started).toEqual(['move 0', 'move 49']);
    end('move 49');
    const results = await Promise.all(outcomes);
    expect(results[49]).toBe('move 49');
    expect(results.slice(0, 49).every((result) => result instanceof CanceledError)).toBe(true);
  });

  it('never drops a request that nobody aborted', async () => {
    const { started, job, end } = workshop();
    const lane = new LatestWins();
    const all = ['current', 'pinned', 'third'].map((name) => lane.run(job(name)));
    for (let i = 0; i < 3; i++) {
      end(started.at(-1)!);
      await settled();
    }
    expect(await Promise.all(all)).toEqual(['current', 'pinned', 'third']);
    expect(started).toEqual(['current', 'third', 'pinned']);
  });

  it('gives a running request up at once, but holds the lane until its job is done', async () => {
    const { started, job, end } = workshop();
    const lane = new LatestWins();
    const first = new AbortController();
    const given = lane.run(job('first'), first.signal);
    const second = lane.run(job('second'));
    first.abort();
    await expect(given).rejects.toBeInstanceOf(CanceledError);
    expect(started).toEqual(['first']);
    end('first');
    await settled();
    end('second');
    expect(await second).toBe('second');
  });

  it('goes on after a request that failed', async () => {
    const lane = new LatestWins();
    await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lane.run(() => Promise.resolve(1))).toBe(1);
  });

  it('goes on after a job that throws before it returns a promise', async () => {
    const lane = new LatestWins();
    const job = () => {
      throw new Error('at once');
    };
    await expect(lane.run(job)).rejects.toThrow('at once');
    expect(await lane.run(() => Promise.resolve(1))).toBe(1);
  });

  it('does not start a request that is aborted already', async () => {
    const { started, job } = workshop();
    const signal = AbortSignal.abort();
    await expect(new LatestWins().run(job('late'), signal)).rejects.toBeInstanceOf(CanceledError);
    expect(started).toEqual([]);
  });
});
