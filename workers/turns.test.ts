import { afterEach, describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

let turns = new Turns();
afterEach(() => {
  turns.close();
  turns = new Turns();
});

describe('Turns', () => {
  it('lets messages in between two turns, which microtasks never do', async () => {
    let arrived = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      arrived = true;
    };
    port2.postMessage(null);
    for (let i = 0; i < 1000; i++) await Promise.resolve();
    expect(arrived).toBe(false);
    // Node serves up to 1,000 messages of one channel before the next channel; browsers take them in order.
    for (let i = 0; i < 2500 && !arrived; i++) await turns.next('normal');
    port1.close();
    expect(arrived).toBe(true);
  });

  it('lets the most urgent job go first, then the one that waits longest', async () => {
    const order: string[] = [];
    const wait = (name: string, priority: 'urgent' | 'normal' | 'background') =>
      turns.next(priority).then(() => order.push(name));
    await Promise.all([
      wait('b1', 'background'),
      wait('n1', 'normal'),
      wait('n2', 'normal'),
      wait('u1', 'urgent'),
    ]);
    expect(order).toEqual(['u1', 'n1', 'n2', 'b1']);
  });
});
