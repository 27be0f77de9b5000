import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ViewState } from '../contracts/saved-state.ts';
import type { ColumnKind } from '../core/table/column.ts';
import type { ColumnRole } from '../core/table/roles.ts';
import { decodeFragment, encodeFragment } from './fragment-codec.ts';
import { pack } from './fragment-text.ts';
import { initialChoices } from './workspace-store.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const hash = 'ab12'.repeat(16);

const table: readonly (readonly [string, Partial<ViewState>, string])[] = [
  ['nothing chosen', {}, ''],
  ['a demo', { demo: 'credit' }, 'demo=credit'],
  ['a threshold', { threshold: 0.191, pinned: 0.389 }, 'threshold=0.191&pinned=0.389'],
  ['own files', { table: { id: hash, name: 'my loans.csv' } }, `table=${hash}:my%20loans.csv`],
  ['a score column', { scoreColumn: 'p(bad)' }, 'score=p%28bad%29'],
  ['roles in order of name', { roles: { b: 'split', a: 'id' } }, 'roles=a:id,b:split'],
  ['kinds', { kinds: { zip: 'category' } }, 'kinds=zip:category'],
  [
    'a target',
    { target: { column: 'Status', positive: ['bad', 'a,b'], excluded: ['?'] } },
    'target=Status:bad,a%2Cb&exclude=%3F',
  ],
  ['a target without a positive value', { target: { column: 'y', positive: [], excluded: [] } }, 'target=y:'],
  ['an empty value', { target: { column: 'y', positive: [''], excluded: [] } }, 'target=y:~'],
  ['a split', { split: { column: 'split', value: 'test' } }, 'split=split:test'],
  ['a mapping', { mapping: { columnOf: { f0: 'Age' }, order: ['a', 'b'] } }, 'map=f0:Age&order=a,b'],
  ['consent to no columns', { mapping: { columnOf: {}, order: [] } }, 'order='],
  [
    'a scenario',
    {
      scenario: {
        template: 'lending',
        name: '',
        currency: '',
        amount: { column: 'Amount' },
        lossRate: 0.8,
        reviewCost: 50,
      },
    },
    'scenario=lending,amount:Amount,lossRate:0.8,reviewCost:50',
  ],
  [
    'one changed strategy',
    { strategies: { recallAtLeast: 0.9, precisionAtLeast: 0.6, capacity: 500 } },
    'recall=0.9',
  ],
];

describe('encodeFragment and decodeFragment', () => {
  it.each(table)('%s', (_name, change, fragment) => {
    const state = { ...initialChoices, ...change };
    expect(encodeFragment(state)).toBe(fragment);
    expect(decodeFragment(fragment)).toEqual({ state, notices: [] });
    expect(decodeFragment(`#${fragment}`)).toEqual({ state, notices: [] });
  });

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(anyState(), (state) => {
        expect(decodeFragment(encodeFragment(state))).toEqual({ state, notices: [] });
      }),
      { numRuns: runs },
    );
  });

  it('writes equal states alike, whatever the order of their keys', () => {
    fc.assert(
      fc.property(anyState(), (state) => {
        const reversed = { ...state, roles: Object.fromEntries(Object.entries(state.roles).reverse()) };
        expect(encodeFragment(reversed)).toBe(encodeFragment(state));
      }),
      { numRuns: runs },
    );
  });

  it('packs a state of more than 4 kB, and reads it again', () => {
    const kinds = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`column ${i}`, 'category' as const]),
    );
    const state = { ...initialChoices, kinds };
    const fragment = encodeFragment(state);
    expect(fragment).toMatch(/^z=[\w-]+$/);
    expect(fragment.length).toBeLessThan(4096);
    expect(decodeFragment(fragment)).toEqual({ state, notices: [] });
  });
});

describe('a damaged fragment', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['threshold=high', 'threshold'],
    ['threshold=0x1', 'threshold'],
    ['threshold=Infinity', 'threshold'],
    ['recall=1.5', 'recall'],
    ['capacity=2.5', 'capacity'],
    ['capacity=0', 'capacity'],
    ['demo=../../etc', 'demo'],
    ['table=zz:loans.csv', 'table'],
    ['model=nothing', 'model'],
    ['target=Status', 'target'],
    ['split=Status', 'split'],
    ['roles=a:boss', 'roles'],
    ['roles=a', 'roles'],
    ['kinds=a:integer', 'kinds'],
    ['map=%E0%A4%A:x', 'map'],
    ['order=%', 'order'],
    ['score=%', 'score'],
    ['scenario=fraud', 'scenario'],
    ['scenario=lending,amount:a,lossRate:2,reviewCost:1', 'scenario'],
    ['scenario=lending,lossRate:0.5,reviewCost:1', 'scenario'],
    ['scenario=lending,constant:5,lossRate:0.5,reviewCost:-1', 'scenario'],
    ['colour=red', 'colour'],
    ['nonsense', 'nonsense'],
  ];

  it.each(refused)('%s: names the part and uses the rest', (part, key) => {
    const { state, notices } = decodeFragment(`${part}&pinned=0.25`);
    expect(state).toEqual({ ...initialChoices, pinned: 0.25 });
    expect(notices).toHaveLength(1);
    expect(notices[0]?.message).toContain(`“${key}”`);
  });

  it('keeps the sound roles beside a broken one, and one column per role', () => {
    const { state, notices } = decodeFragment('roles=a:id,b:id,c:ignore,d:ignore,e:boss');
    expect(state.roles).toEqual({ a: 'id', c: 'ignore', d: 'ignore' });
    expect(notices.map((notice) => notice.message).join()).toMatch(/“b”.*“e”/);
  });

  it('uses the first of two', () => {
    const { state, notices } = decodeFragment('threshold=0.1&threshold=0.2');
    expect(state.threshold).toBe(0.1);
    expect(notices).toHaveLength(1);
  });

  it('a value is not positive and excluded at once', () => {
    const { state } = decodeFragment('target=y:1,2&exclude=2,3');
    expect(state.target).toEqual({ column: 'y', positive: ['1', '2'], excluded: ['3'] });
  });

  it('says so when a packed link was cut short', () => {
    const kinds = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`column ${i}`, 'date' as const]));
    const fragment = encodeFragment({ ...initialChoices, kinds });
    const { state, notices } = decodeFragment(fragment.slice(0, fragment.length / 2));
    expect(state).toEqual(initialChoices);
    expect(notices.map((notice) => notice.code)).toEqual(['link-unreadable']);
  });

  it('refuses a packed link that unfolds without end', () => {
    const { state, notices } = decodeFragment(`z=${pack(`score=${'a'.repeat(5_000_000)}`)}`);
    expect(state).toEqual(initialChoices);
    expect(notices.map((notice) => notice.code)).toEqual(['link-unreadable']);
  });

  it('never throws, whatever it is given', () => {
    const fragmentLike = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.tuple(fc.constantFrom('target', 'roles', 'scenario', 'map', 'z', 'table'), fc.string()))
        .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&')),
    );
    fc.assert(
      fc.property(fragmentLike, (fragment) => {
        const { state } = decodeFragment(fragment);
        expect(decodeFragment(encodeFragment(state)).state).toEqual(state);
      }),
      { numRuns: runs },
    );
  });
});

/** Any state the screen can produce: one column per role, numbers in range, texts of any script. */
function anyState(): fc.Arbitrary<ViewState> {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  const file = fc.record({ id: fc.constant(hash), name: text });
  const positive = (max: number): fc.Arbitrary<number> => fc.double({ min: 0, max, noNaN: true });
  const roles = fc.uniqueArray(text, { maxLength: 6 }).map((names): Record<string, ColumnRole> => {
    const kinds: readonly ColumnRole[] = ['id', 'target', 'split', 'amount', 'ignore', 'ignore'];
    return Object.fromEntries(names.map((name, i) => [name, kinds[i] as ColumnRole]));
  });
  const target = fc
    .record({ column: text, values: fc.uniqueArray(text, { maxLength: 6 }), cut: fc.nat(6) })
    .map(({ column, values, cut }) => ({
      column,
      positive: values.slice(0, cut),
      excluded: values.slice(cut),
    }));
  const scenario = fc.record({
    template: fc.constant('lending' as const),
    name: text,
    currency: fc.constantFrom('', 'EUR'),
    amount: fc.oneof(fc.record({ column: text }), fc.record({ constant: positive(1e9) })),
    lossRate: positive(1),
    reviewCost: positive(1e6),
  });
  return fc.record({
    demo: fc.constantFrom(null, 'credit'),
    table: fc.option(file),
    model: fc.option(file),
    scoreColumn: fc.option(text),
    roles,
    kinds: fc.dictionary(text, fc.constantFrom<ColumnKind>('number', 'category', 'date', 'text'), {
      noNullPrototype: true,
    }),
    mapping: fc.record({
      columnOf: fc.dictionary(text, text, { noNullPrototype: true }),
      order: fc.option(fc.array(text, { maxLength: 5 })),
    }),
    target: fc.option(target),
    split: fc.option(fc.record({ column: text, value: text })),
    scenario: fc.option(scenario),
    strategies: fc.record({
      recallAtLeast: positive(1),
      precisionAtLeast: positive(1),
      capacity: fc.integer({ min: 1, max: 1e9 }),
    }),
    threshold: fc.option(positive(1)),
    pinned: fc.option(positive(1)),
  });
}
