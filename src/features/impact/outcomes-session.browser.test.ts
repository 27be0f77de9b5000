import { afterEach, describe, expect, it } from 'vitest';
import { defaultCompute } from '../../compute/run.ts';
import type { OutcomesReading } from '../../core/impact/impact-figures.ts';
import {
  addOutcomes,
  checkAgain,
  confirmOutcomes,
  leaveCheck,
  removeOutcomes,
  useOutcomes,
} from './outcomes-session.ts';

afterEach(() => {
  removeOutcomes();
  defaultCompute().stop();
});

const fileOf = (name: string, last: string) => new File([`id,end\na,bad\nb,good\n${last}\n`], name);
const reading: OutcomesReading = {
  ...{ idColumn: 'id', decisionIdColumn: 'id', outcomeColumn: 'end', amount: null },
  ...{ positive: ['bad'], undecided: [], dateColumn: null },
};
const state = () => useOutcomes.getState();

async function read(name: string, last: string): Promise<string> {
  await addOutcomes(fileOf(name, last));
  return state().toCheck!.id;
}

async function joined(name: string, last: string): Promise<string> {
  const id = await read(name, last);
  confirmOutcomes('decisions', state().toCheck!, reading);
  return id;
}

function isOpen(tableId: string): boolean {
  try {
    defaultCompute().madeOf(tableId);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'unknown-handle' });
    return false;
  }
}

describe('another file of outcomes', () => {
  it('leaves the one in force where it is when its dialog is cancelled', async () => {
    const first = await joined('first.csv', 'c,bad');
    const second = await read('second.csv', 'c,good');
    expect(state()).toMatchObject({ inForce: { summary: { id: first } }, toCheck: { name: 'second.csv' } });
    leaveCheck();
    expect(state()).toMatchObject({ inForce: { summary: { id: first }, reading }, toCheck: null });
    expect(isOpen(first)).toBe(true);
    expect(isOpen(second)).toBe(false);
  });

  it('takes its place once it is confirmed, and the earlier one leaves the memory', async () => {
    const first = await joined('first.csv', 'c,bad');
    const second = await joined('second.csv', 'c,good');
    expect(state().inForce?.summary).toMatchObject({ id: second, name: 'second.csv' });
    expect(isOpen(first)).toBe(false);
    expect(isOpen(second)).toBe(true);
  });

  it('that cannot be read, or is cancelled while it is read, takes nothing away', async () => {
    const first = await joined('first.csv', 'c,bad');
    await addOutcomes(new File([], 'empty.csv'));
    expect(state()).toMatchObject({ error: { code: 'empty-file' }, inForce: { summary: { id: first } } });
    const reads = addOutcomes(fileOf('second.csv', 'c,good'));
    state().loading?.cancel();
    await reads;
    expect(state()).toMatchObject({ loading: null, toCheck: null, inForce: { summary: { id: first } } });
    expect(isOpen(first)).toBe(true);
  });

  it('with the same bytes stays open whichever way its dialog is left', async () => {
    const first = await joined('first.csv', 'c,bad');
    expect(await read('copy.csv', 'c,bad')).toBe(first);
    leaveCheck();
    expect(isOpen(first)).toBe(true);
    expect(await joined('copy.csv', 'c,bad')).toBe(first);
    checkAgain();
    confirmOutcomes('decisions', state().toCheck!, reading);
    expect(isOpen(first)).toBe(true);
    removeOutcomes();
    expect(state().inForce).toBeNull();
    expect(isOpen(first)).toBe(false);
  });
});
