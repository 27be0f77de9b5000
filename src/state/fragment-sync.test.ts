import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DecodedFragment } from './fragment-codec.ts';
import { type FragmentHost, fragmentAction, startFragmentSync } from './fragment-sync.ts';
import { linkTo } from './link.ts';
import { initialChoices, useWorkspace } from './workspace-store.ts';

/** A window with a history of entries, as far as the sync can tell. */
class FakeWindow implements FragmentHost {
  entries: { url: string; state: unknown }[];
  index = 0;
  replaceCount = 0;
  private listeners = new Map<string, Set<() => void>>();

  constructor(url: string) {
    this.entries = [{ url, state: null }];
  }

  private get entry(): { url: string; state: unknown } {
    return this.entries[this.index] as { url: string; state: unknown };
  }

  get location() {
    const url = new URL(this.entry.url, 'http://localhost');
    return { pathname: url.pathname, search: url.search, hash: url.hash };
  }

  get url(): string {
    return this.entry.url;
  }

  history: FragmentHost['history'] = Object.defineProperty(
    {
      replaceState: (state: unknown, _unused: string, url: string) => {
        this.replaceCount++;
        this.entries[this.index] = { url, state };
        this.emit('replaceState');
      },
    } as FragmentHost['history'],
    'state',
    { get: () => this.entry.state },
  );

  /** What wouter does on navigation, and its event. */
  push(url: string): void {
    this.entries = [...this.entries.slice(0, this.index + 1), { url, state: null }];
    this.index++;
    this.emit('pushState');
  }

  /** A link pasted into the address bar of the same tab: a new entry, popstate and hashchange. */
  paste(url: string): void {
    this.entries = [...this.entries.slice(0, this.index + 1), { url, state: null }];
    this.index++;
    this.emit('popstate');
    this.emit('hashchange');
  }

  go(step: number): void {
    this.index += step;
    this.emit('popstate');
  }

  emit(type: string): void {
    for (const listener of this.listeners.get(type) ?? []) listener();
  }

  addEventListener(type: string, listener: () => void): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: () => void): void {
    this.listeners.get(type)?.delete(listener);
  }
}

let stop = (): void => {};
const opened: DecodedFragment[] = [];
const open = (link: DecodedFragment): void => {
  opened.push(link);
  useWorkspace.getState().choose(link.state);
};

beforeEach(() => {
  vi.useFakeTimers();
  useWorkspace.getState().reset();
  opened.length = 0;
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function start(url: string): FakeWindow {
  const host = new FakeWindow(url);
  stop = startFragmentSync(host, open);
  return host;
}

describe('startFragmentSync', () => {
  it('opens the fragment of the first address, once', () => {
    const host = start('/thresholds#demo=credit&threshold=0.2');
    expect(opened).toHaveLength(1);
    expect(opened[0]?.state).toEqual({ ...initialChoices, demo: 'credit', threshold: 0.2 });
    expect(host.url).toBe('/thresholds#demo=credit&threshold=0.2');
  });

  it('opens nothing without a fragment', () => {
    start('/');
    expect(opened).toHaveLength(0);
  });

  it('takes an unreadable part out of the address', () => {
    expect(start('/#demo=credit&threshold=high').url).toBe('/#demo=credit');
    expect(opened[0]?.notices).toHaveLength(1);
  });

  it('writes choices, keeping path and query', () => {
    const host = start('/thresholds?x=1');
    vi.advanceTimersByTime(1000);
    useWorkspace.getState().choose({ threshold: 0.5 });
    expect(host.url).toBe('/thresholds?x=1#threshold=0.5');
  });

  it('does not flood the history while the threshold is dragged, and the last value stands', () => {
    const host = start('/');
    const before = host.replaceCount;
    for (let step = 1; step <= 300; step++) {
      useWorkspace.getState().choose({ threshold: step / 1000 });
      vi.advanceTimersByTime(10);
    }
    expect(host.replaceCount - before).toBeLessThanOrEqual(8);
    vi.advanceTimersByTime(400);
    expect(host.url).toBe('/#threshold=0.3');
  });

  it('names other data at once, for a reload that follows', () => {
    const host = start('/');
    useWorkspace.getState().choose({ threshold: 0.1 });
    const id = 'ab'.repeat(32);
    useWorkspace.getState().choose({ table: { id, name: 'april.csv' } });
    expect(host.url).toContain(`table=${id}:april.csv`);
  });

  it('writes what is pending when the page is left', () => {
    const host = start('/');
    useWorkspace.getState().choose({ threshold: 0.1 });
    useWorkspace.getState().choose({ threshold: 0.2 });
    host.emit('pagehide');
    expect(host.url).toBe('/#threshold=0.2');
  });

  it('goes with the router to another page', () => {
    const host = start('/#threshold=0.5');
    host.push('/thresholds');
    expect(host.url).toBe('/thresholds#threshold=0.5');
  });

  it('keeps the choices when Back returns to an older entry of the same data', () => {
    const host = start('/#threshold=0.5');
    host.push('/thresholds');
    vi.advanceTimersByTime(1000);
    useWorkspace.getState().choose({ threshold: 0.7 });
    host.go(-1);
    expect(opened).toHaveLength(1);
    expect(host.url).toBe('/#threshold=0.7');
  });

  it('opens a link pasted into the same tab, once, and goes back to the data before it', () => {
    const host = start('/#demo=credit&threshold=0.5');
    host.paste('/#demo=churn&threshold=0.1');
    expect(opened.map((link) => link.state.demo)).toEqual(['credit', 'churn']);
    host.go(-1);
    expect(opened.map((link) => link.state.demo)).toEqual(['credit', 'churn', 'credit']);
  });

  it('opens a pasted link that differs in the threshold alone', () => {
    const host = start('/#threshold=0.5');
    host.paste('/#threshold=0.1');
    expect(useWorkspace.getState().choices.threshold).toBe(0.1);
  });

  it('loses nothing when Back reaches an entry without a fragment', () => {
    const host = start('/');
    host.push('/thresholds');
    useWorkspace.getState().choose({ demo: 'credit' });
    host.entries[0] = { url: '/', state: null };
    host.go(-1);
    expect(opened).toHaveLength(0);
    expect(host.url).toBe('/#demo=credit');
  });

  it('tries again later when the browser refuses to write', () => {
    const host = start('/');
    const replace = vi.spyOn(host.history, 'replaceState').mockImplementationOnce(() => {
      throw new Error('SecurityError');
    });
    vi.advanceTimersByTime(1000);
    useWorkspace.getState().choose({ threshold: 0.5 });
    expect(host.url).toBe('/');
    vi.advanceTimersByTime(4000);
    expect(replace).toHaveBeenCalledTimes(2);
    expect(host.url).toBe('/#threshold=0.5');
  });

  it('is silent after it was stopped', () => {
    const host = start('/');
    stop();
    useWorkspace.getState().choose({ threshold: 0.5 });
    host.push('/thresholds');
    vi.advanceTimersByTime(1000);
    expect(host.url).toBe('/thresholds');
  });
});

describe('fragmentAction', () => {
  const current = { ...initialChoices, demo: 'credit', threshold: 0.5 };
  it.each([
    ['an entry without a fragment', '', false, initialChoices, 'keep'],
    ['what is on screen already', 'x', false, current, 'keep'],
    ['a pasted link', 'x', false, { ...current, threshold: 0.1 }, 'open'],
    ['our own entry of the same data', 'x', true, { ...current, threshold: 0.1 }, 'keep'],
    ['our own entry of other data', 'x', true, { ...current, demo: 'churn' }, 'open'],
  ] as const)('%s', (_name, fragment, marked, linked, action) => {
    expect(fragmentAction({ fragment, marked, linked, current })).toBe(action);
  });
});

describe('linkTo', () => {
  const here = { origin: 'http://localhost:4173', pathname: '/thresholds' };
  it('names the page and the state', () => {
    expect(linkTo({ ...initialChoices, threshold: 0.5 }, here)).toBe(
      'http://localhost:4173/thresholds#threshold=0.5',
    );
    expect(linkTo(initialChoices, here)).toBe('http://localhost:4173/thresholds');
  });
});
