import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Command, offerCommands, offeredCommands, runOnceOffered } from './offered-commands.ts';

const command = (id: string, run: () => void = () => undefined): Command => ({
  id,
  group: 'Data',
  label: id,
  run,
});
const taken: (() => void)[] = [];
const offer = (...commands: Command[]): void => void taken.push(offerCommands({ commands }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const take of taken.splice(0)) take();
  vi.useRealTimers();
});

describe('offerCommands', () => {
  it('lists what is offered until it is taken back', () => {
    offer(command('a'));
    const take = offerCommands({ commands: [command('b')] });
    expect(offeredCommands().flatMap(({ commands }) => commands.map(({ id }) => id))).toEqual(['a', 'b']);
    take();
    expect(offeredCommands()).toHaveLength(1);
  });
});

describe('runOnceOffered', () => {
  it('runs the command once, when the page offers it', () => {
    const run = vi.fn();
    runOnceOffered('forget');
    offer(command('other'));
    expect(run).not.toHaveBeenCalled();
    offer(command('forget', run));
    offer(command('another'));
    expect(run).toHaveBeenCalledOnce();
  });

  it('forgets it when it is not offered in time', () => {
    const run = vi.fn();
    runOnceOffered('forget');
    vi.advanceTimersByTime(3000);
    offer(command('forget', run));
    expect(run).not.toHaveBeenCalled();
  });
});
