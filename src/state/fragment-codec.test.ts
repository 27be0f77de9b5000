import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  BesideForm,
  CascadeChoice,
  ExplainChoice,
  ThresholdsView,
  ViewState,
} from '../contracts/saved-state.ts';
import type { RecalibrationMethod } from '../core/metrics/calibration-figures.ts';
import type { BandDesign } from '../core/money/bands.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { ColumnKind } from '../core/table/column.ts';
import type { ColumnReading, DateOrder } from '../core/table/column-reading.ts';
import type { Aggregate } from '../core/table/join-spec.ts';
import type { ColumnRole } from '../core/table/roles.ts';
import { decodeFragment, encodeFragment } from './fragment-codec.ts';
import { pack } from './fragment-text.ts';
import { initialChoices } from './workspace-store.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const hash = 'ab12'.repeat(16);
const otherHash = 'cd34'.repeat(16);
const retention = {
  template: 'retention',
  name: 'Cautious',
  currency: 'EUR',
  amount: { constant: 1200 },
  saveRate: 0.3,
  campaignCost: 15,
  fixedCost: 0,
  rowsPerYear: null,
} as const;
const fraud = {
  template: 'fraud',
  name: '',
  currency: '',
  amount: { column: 'Amount' },
  reviewCost: 5,
  frictionCost: 20,
  chargebackCost: 25,
  fixedCost: 0,
  rowsPerYear: null,
} as const;
const cautious = 'retention,constant:1200,saveRate:0.3,campaignCost:15,name:Cautious,currency:EUR';
const caught = 'fraud,amount:Amount,reviewCost:5,frictionCost:20,chargebackCost:25';
const cascade = { low: 0.2, high: 0.6, accurateThreshold: 0.3, fastCost: 0, accurateCost: 0.01 };
const cascadeText = 'low:0.2,high:0.6,accurateThreshold:0.3,fastCost:0,accurateCost:0.01';
const bandsText = 'low:0.2,high:0.6,reviewCost:50,sensitivity:0.9,specificity:0.8,declineCost:0';

const table: readonly (readonly [string, Partial<ViewState>, string])[] = [
  ['nothing chosen', {}, ''],
  ['a demo', { demo: 'credit' }, 'demo=credit'],
  ['a threshold', { threshold: 0.191, pinned: 0.389 }, 'threshold=0.191&pinned=0.389'],
  ['own files', { table: { id: hash, name: 'my loans.csv' } }, `table=${hash}:my%20loans.csv`],
  ['a score column', { scoreColumn: 'p(bad)' }, 'score=p%28bad%29'],
  ['roles in order of name', { roles: { b: 'split', a: 'id' } }, 'roles=a:id,b:split'],
  ['some columns of a file', { columns: ['a', 'b,c', ''] }, 'columns=a,b%2Cc,~'],
  ['no column of a file', { columns: [] }, 'columns='],
  [
    'readings in order of column',
    {
      readings: {
        zip: { kind: 'category', values: ['NA'] },
        income: { missing: ['unknown', '-999', 'n/a'], decimal: ',' },
        opened: { kind: 'date', dateOrder: 'day-first' },
        rate: { missing: [], decimal: '.' },
      },
    },
    'readings=income,missing:unknown/-999/n%2Fa,decimal:comma;opened,kind:date,dates:day-first;rate,missing:,decimal:point;zip,kind:category,values:NA',
  ],
  [
    'models beside the current one',
    {
      otherModels: [
        { id: hash, name: 'b.onnx', mapping: { columnOf: {}, order: null } },
        { id: otherHash, name: 'c.txt', mapping: { columnOf: { f1: 'Age', f0: 'a/b' }, order: [] } },
      ],
    },
    `models=${hash}:b.onnx;${otherHash}:c.txt,map:f0/a%2Fb/f1/Age,order:`,
  ],
  ['the model that is laid beside', { besideForm: { kind: 'model', id: hash } }, `beside=model:${hash}`],
  [
    'the column that is laid beside',
    { besideForm: { kind: 'column', column: 'p:1' } },
    'beside=column:p%3A1',
  ],
  [
    'the champion beside the current one',
    {
      otherModels: [
        { id: hash, name: 'b.onnx', mapping: { columnOf: {}, order: null }, isChampion: true },
        { id: otherHash, name: 'c.txt', mapping: { columnOf: {}, order: null } },
      ],
    },
    `models=${hash}:b.onnx,champion:1;${otherHash}:c.txt`,
  ],
  [
    'a joined table',
    {
      joins: [
        {
          table: { id: hash, name: 'payments.csv' },
          leftKey: 'id',
          rightKey: 'loan',
          orderBy: 'by',
          columns: [
            { aggregate: 'last', column: 'paid', as: 'paid' },
            { aggregate: 'count', column: '', as: 'n payments' },
          ],
        },
        { table: { id: otherHash, name: 'x' }, leftKey: '', rightKey: '', orderBy: null, columns: [] },
      ],
    },
    `joins=${hash}:payments.csv,on:id/loan,by:by,last:paid/paid,count:~/n%20payments;${otherHash}:x,on:~/~`,
  ],
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
        frictionCost: 0,
        fixedCost: 0,
        rowsPerYear: null,
      },
    },
    'scenario=lending,amount:Amount,lossRate:0.8,reviewCost:50',
  ],
  ['a retention scenario', { scenario: retention }, `scenario=${cautious}`],
  ['a fraud scenario', { scenario: fraud }, `scenario=${caught}`],
  [
    'scenarios at hand, and one beside the one in force',
    { scenarios: [retention, fraud], versus: fraud },
    `scenarios=${cautious};${caught}&versus=${caught}`,
  ],
  [
    'one changed strategy',
    { strategies: { ...initialChoices.strategies, recallAtLeast: 0.9 } },
    'recall=0.9',
  ],
  [
    'all strategies changed',
    {
      strategies: {
        recallAtLeast: 0.9,
        precisionAtLeast: 0.5,
        fprAtMost: 0.05,
        beta: 0.5,
        capacity: 20,
        capacityPer: 'day',
        plateauShare: 0.02,
      },
    },
    'recall=0.9&precision=0.5&fpr=0.05&beta=0.5&plateau=0.02&capacity=20:day',
  ],
  ['a capacity of these rows', { strategies: { ...initialChoices.strategies, capacity: 20 } }, 'capacity=20'],
  [
    'the same count in another period',
    { strategies: { ...initialChoices.strategies, capacityPer: 'week' } },
    'capacity=500:week',
  ],
  ['a part of the page', { thresholdsView: 'calibration' }, 'view=calibration'],
  ['recalibrated scores', { recalibration: 'isotonic' }, 'recalibrate=isotonic'],
  [
    'bands',
    {
      bands: {
        low: 0.2,
        high: 0.6,
        reviewCost: 50,
        sensitivity: 0.9,
        specificity: 0.8,
        declineCost: 0,
        capacity: 300,
      },
    },
    'bands=low:0.2,high:0.6,reviewCost:50,sensitivity:0.9,specificity:0.8,declineCost:0,capacity:300',
  ],
  [
    'bands without a limit of reviews',
    {
      bands: {
        low: -1,
        high: 6,
        reviewCost: 0,
        sensitivity: 1,
        specificity: 0,
        declineCost: 120,
        capacity: null,
      },
    },
    'bands=low:-1,high:6,reviewCost:0,sensitivity:1,specificity:0,declineCost:120',
  ],
  [
    'a cascade',
    { cascade: { ...cascade, other: { kind: 'column', column: 'p,1' }, current: 'fast' } },
    `cascade=fast,column:p%2C1,${cascadeText}`,
  ],
  [
    'a cascade with another model before this one',
    { cascade: { ...cascade, other: { kind: 'model', id: hash }, current: 'accurate' } },
    `cascade=accurate,model:${hash},${cascadeText}`,
  ],
  [
    'what the Impact page measures against',
    { impact: { roiFloor: 0.5, investment: 120000 } },
    'impact=roiFloor:0.5,investment:120000',
  ],
  [
    'an explanation against those just passed',
    { explain: { method: 'interventional', background: { kind: 'passed' }, size: 200, over: 'judged' } },
    'explain=method:interventional,background:passed,size:200,over:judged',
  ],
  [
    'an explanation against a cohort',
    {
      explain: {
        ...initialChoices.explain,
        background: { kind: 'cohort', column: 'Home/rent', values: ['a,b', 'c:d', ''] },
      },
    },
    'explain=background:cohort/Home%2Frent/a%2Cb/c%3Ad/~',
  ],
  ['an investment alone', { impact: { roiFloor: 0, investment: 0 } }, 'impact=investment:0'],
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
        const reversed = { ...state, roles: backwards(state.roles), readings: backwards(state.readings) };
        expect(encodeFragment(reversed)).toBe(encodeFragment(state));
      }),
      { numRuns: runs },
    );
  });

  it('packs a state of more than 4 kB, and reads it again', () => {
    const state = { ...initialChoices, readings: manyReadings() };
    const fragment = encodeFragment(state);
    expect(fragment).toMatch(/^z=[\w-]+$/);
    expect(fragment.length).toBeLessThan(4096);
    expect(decodeFragment(fragment)).toEqual({ state, notices: [] });
  });
});

describe('a link of an earlier version', () => {
  it('names kinds, which are readings now', () => {
    const { state, notices } = decodeFragment('demo=credit&kinds=zip:category,opened:date');
    const readings = { zip: { kind: 'category' }, opened: { kind: 'date' } };
    expect({ state, notices }).toEqual({
      state: { ...initialChoices, demo: 'credit', readings },
      notices: [],
    });
    expect(encodeFragment(state)).toBe('demo=credit&readings=opened,kind:date;zip,kind:category');
  });

  it('a reading goes over the kind of the same column', () => {
    const { state } = decodeFragment('readings=zip,values:NA&kinds=zip:category');
    expect(state.readings).toEqual({ zip: { kind: 'category', values: ['NA'] } });
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
    ['capacity=20:year', 'capacity'],
    ['capacity=20:day:day', 'capacity'],
    ['fpr=-0.1', 'fpr'],
    ['beta=0', 'beta'],
    ['plateau=0', 'plateau'],
    ['plateau=1', 'plateau'],
    ['view=money', 'view'],
    ['view=', 'view'],
    ['recalibrate=beta', 'recalibrate'],
    ['bands=', 'bands'],
    ['bands=low:0.2,high:0.6', 'bands'],
    [`bands=${bandsText},capacity:none`, 'bands'],
    [`bands=${bandsText},capacity:-1`, 'bands'],
    [`bands=${bandsText},colour:1`, 'bands'],
    [`bands=${bandsText},low:0.3`, 'bands'],
    [`bands=${bandsText.replace('0.6', '0.1')}`, 'bands'],
    [`bands=${bandsText.replace('0.9', '1.1')}`, 'bands'],
    [`bands=${bandsText.replace('50', '-50')}`, 'bands'],
    [`cascade=slow,column:p,${cascadeText}`, 'cascade'],
    [`cascade=fast,table:p,${cascadeText}`, 'cascade'],
    [`cascade=fast,column:p,${cascadeText},low:0.1`, 'cascade'],
    [`cascade=fast,column:p,${cascadeText.replace('0.01', '-1')}`, 'cascade'],
    [`cascade=fast,column:p,${cascadeText.replace('0.6', '0')}`, 'cascade'],
    ['cascade=fast,column:p', 'cascade'],
    ['impact=roiFloor:x', 'impact'],
    ['impact=investment:-1', 'impact'],
    ['impact=floor:1', 'impact'],
    ['explain=', 'explain'],
    ['explain=method:lime', 'explain'],
    ['explain=over:some', 'explain'],
    ['explain=size:99', 'explain'],
    ['explain=size:1001', 'explain'],
    ['explain=size:150.5', 'explain'],
    ['explain=size:100,size:200', 'explain'],
    ['explain=background:near', 'explain'],
    ['explain=background:passed/0.5', 'explain'],
    ['explain=background:cohort', 'explain'],
    ['explain=background:cohort/Home', 'explain'],
    ['explain=background:cohort/Home/%', 'explain'],
    ['explain=seed:1', 'explain'],
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
    ['columns=%', 'columns'],
    ['readings=a', 'readings'],
    ['readings=a,kind:integer', 'readings'],
    ['readings=a,colour:red', 'readings'],
    ['readings=%,kind:date', 'readings'],
    ['readings=a,decimal:dot', 'readings'],
    ['readings=a,dates:last-first', 'readings'],
    ['readings=a,missing:%', 'readings'],
    ['models=zz:b', 'models'],
    [`models=${hash}:b.onnx,map:f0`, 'models'],
    [`models=${hash}:b.onnx,order:%`, 'models'],
    [`models=${hash}:b.onnx,champion:2`, 'models'],
    ['beside=model:zz', 'beside'],
    [`beside=table:${hash}`, 'beside'],
    ['beside=p', 'beside'],
    ['joins=zz:b,on:a/b', 'joins'],
    [`joins=${hash}:b`, 'joins'],
    [`joins=${hash}:b,on:a`, 'joins'],
    [`joins=${hash}:b,on:a/b,by:%`, 'joins'],
    [`joins=${hash}:b,on:a/b,median:c/d`, 'joins'],
    [`joins=${hash}:b,on:a/b,sum:c`, 'joins'],
    ['scenario=fraud', 'scenario'],
    ['scenario=leasing,amount:a,lossRate:0.5,reviewCost:1', 'scenario'],
    ['scenario=lending,amount:a,lossRate:0.5,reviewCost:1,saveRate:0.5', 'scenario'],
    ['scenario=lending,amount:a,lossRate:0.5,reviewCost:1,reviewCost:2', 'scenario'],
    ['scenario=lending,amount:a,lossRate:0.5,reviewCost:1,currency:euro', 'scenario'],
    ['scenario=retention,amount:a,saveRate:1.5,campaignCost:1', 'scenario'],
    ['scenario=fraud,amount:a,reviewCost:1,frictionCost:-1,chargebackCost:1', 'scenario'],
    ['scenarios=;', 'scenarios'],
    ['versus=lending', 'versus'],
    ['scenario=lending,amount:a,lossRate:2,reviewCost:1', 'scenario'],
    ['scenario=lending,lossRate:0.5,reviewCost:1', 'scenario'],
    ['scenario=lending,constant:5,lossRate:0.5,reviewCost:-1', 'scenario'],
    ['colour=red', 'colour'],
    ['nonsense', 'nonsense'],
  ];

  it.each(refused)('%s: names the part and uses the rest', (part, key) => {
    const { state, notices } = decodeFragment(`${part}&pinned=0.25`);
    expect(state).toEqual({ ...initialChoices, pinned: 0.25 });
    expect(notices[0]?.message).toContain(`“${key}”`);
    expect(notices).toHaveLength(part === 'scenarios=;' ? 2 : 1);
  });

  it('keeps the sound roles beside a broken one, and one column per role', () => {
    const { state, notices } = decodeFragment('roles=a:id,b:id,c:ignore,d:ignore,e:boss');
    expect(state.roles).toEqual({ a: 'id', c: 'ignore', d: 'ignore' });
    expect(notices.map((notice) => notice.message).join()).toMatch(/“b”.*“e”/);
  });

  it('keeps the sound items of a list beside a broken one', () => {
    const other = `${otherHash}:c.txt`;
    const links: readonly (readonly [string, Partial<ViewState>])[] = [
      [`scenarios=lending;${cautious};${cautious}`, { scenarios: [retention] }],
      ['readings=a,kind:integer;b,kind:date', { readings: { b: { kind: 'date' } } }],
      [
        `model=${hash}:b&models=${hash}:b;zz:c;${other};${other}`,
        {
          model: { id: hash, name: 'b' },
          otherModels: [{ id: otherHash, name: 'c.txt', mapping: { columnOf: {}, order: null } }],
        },
      ],
      [
        `models=${hash}:b,champion:1;${other},champion:1`,
        {
          otherModels: [
            { id: hash, name: 'b', mapping: { columnOf: {}, order: null }, isChampion: true as const },
          ],
        },
      ],
    ];
    for (const [link, change] of links) {
      const { state, notices } = decodeFragment(link);
      expect(state).toEqual({ ...initialChoices, ...change });
      expect(notices.length).toBeGreaterThan(0);
    }
  });

  it('does not say everything of a list that is broken throughout', () => {
    expect(decodeFragment(`readings=${';'.repeat(5000)}`).notices).toHaveLength(12);
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
    const fragment = encodeFragment({ ...initialChoices, readings: manyReadings() });
    const { state, notices } = decodeFragment(fragment.slice(0, fragment.length / 2));
    expect(state).toEqual(initialChoices);
    expect(notices.map((notice) => notice.code)).toEqual(['link-unreadable']);
  });

  it('refuses a packed link that unfolds without end', () => {
    const { state, notices } = decodeFragment(`z=${pack(`score=${'a'.repeat(5_000_000)}`)}`);
    expect(state).toEqual(initialChoices);
    expect(notices.map((notice) => notice.code)).toEqual(['link-unreadable']);
  });

  it('never throws, whatever it is given, and reads again what it made of it', () => {
    fc.assert(
      fc.property(fc.oneof(anyParts(), anyMutated(), fc.string({ unit: 'binary' })), (fragment) => {
        const { state } = decodeFragment(fragment);
        expect(decodeFragment(encodeFragment(state)).state).toEqual(state);
      }),
      { numRuns: 2 * runs },
    );
  });
});

/** Known keys with any text, and with the pieces that the codec looks for. */
function anyParts(): fc.Arbitrary<string> {
  const keys = ['target', 'roles', 'scenario', 'scenarios', 'versus', 'map', 'z', 'table', 'columns'];
  const designs = ['capacity', 'beta', 'view', 'recalibrate', 'bands', 'cascade', 'impact', 'explain'];
  const key = fc.constantFrom(...keys, ...designs, 'readings', 'kinds', 'models', 'joins', '__proto__');
  const piece = fc.constantFrom(
    ',',
    ':',
    ';',
    '/',
    '~',
    '%',
    'kind',
    'date',
    'missing',
    'lending',
    'fast',
    'column',
    'low',
    '0.5',
    'on',
    'a',
    hash,
  );
  const value = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  );
  return fc.array(fc.tuple(key, value)).map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
}

/** A sound fragment with a stretch replaced. */
function anyMutated(): fc.Arbitrary<string> {
  return fc
    .tuple(anyState(), fc.nat(), fc.nat(6), fc.string({ maxLength: 4 }))
    .map(([state, at, length, instead]) => {
      const sound = encodeFragment(state);
      const start = at % (sound.length + 1);
      return sound.slice(0, start) + instead + sound.slice(start + length);
    });
}

function backwards<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).reverse());
}

function manyReadings(): Record<string, ColumnReading> {
  return Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`column ${i}`, { kind: 'category' }]));
}

function anyReading(text: fc.Arbitrary<string>): fc.Arbitrary<ColumnReading> {
  const tokens = fc.array(text, { maxLength: 3 });
  return fc
    .record(
      {
        kind: fc.constantFrom<ColumnKind>('number', 'category', 'date', 'text'),
        missing: tokens,
        values: tokens,
        dateOrder: fc.constantFrom<DateOrder>('year-first', 'day-first', 'month-first'),
        decimal: fc.constantFrom('.' as const, ',' as const),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .filter((reading) => Object.keys(reading).length > 0);
}

const positive = (max: number): fc.Arbitrary<number> => fc.double({ min: 0, max, noNaN: true });

function anyScenario(text: fc.Arbitrary<string>): fc.Arbitrary<Scenario> {
  const base = {
    name: text,
    currency: fc.constantFrom('', 'EUR'),
    amount: fc.oneof(fc.record({ column: text }), fc.record({ constant: positive(1e9) })),
    fixedCost: positive(1e9),
    rowsPerYear: fc.option(fc.integer({ min: 1, max: 1e9 })),
  };
  const cost = positive(1e6);
  return fc.oneof(
    fc.record({
      template: fc.constant('lending' as const),
      ...base,
      lossRate: positive(1),
      reviewCost: cost,
      frictionCost: cost,
    }),
    fc.record({
      template: fc.constant('retention' as const),
      ...base,
      saveRate: positive(1),
      campaignCost: cost,
    }),
    fc.record({
      template: fc.constant('fraud' as const),
      ...base,
      reviewCost: cost,
      frictionCost: cost,
      chargebackCost: cost,
    }),
  );
}

function anyForm(text: fc.Arbitrary<string>): fc.Arbitrary<BesideForm> {
  return fc.oneof(
    fc.record({ kind: fc.constant('model' as const), id: fc.constant(otherHash) }),
    fc.record({ kind: fc.constant('column' as const), column: text }),
  );
}

const anyNumber = (most: number): fc.Arbitrary<number> =>
  fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0);

/** Cut-offs in order, on scores of any scale. */
const cutOffs = fc
  .tuple(anyNumber(50), anyNumber(50))
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

function anyBands(): fc.Arbitrary<BandDesign> {
  const reviewer = fc.record({
    reviewCost: positive(1e6),
    sensitivity: positive(1),
    specificity: positive(1),
    declineCost: positive(1e6),
    capacity: fc.option(positive(1e9)),
  });
  return fc.tuple(cutOffs, reviewer).map(([cuts, rest]) => ({ ...cuts, ...rest }));
}

function anyCascade(text: fc.Arbitrary<string>): fc.Arbitrary<CascadeChoice> {
  const rest = fc.record({
    accurateThreshold: anyNumber(50),
    fastCost: positive(10),
    accurateCost: positive(10),
    other: anyForm(text),
    current: fc.constantFrom('fast' as const, 'accurate' as const),
  });
  return fc.tuple(cutOffs, rest).map(([cuts, choice]) => ({ ...cuts, ...choice }));
}

/** Any state the screen can produce: one column per role, numbers in range, texts of any script. */
function anyState(): fc.Arbitrary<ViewState> {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  const file = fc.record({ id: fc.constant(hash), name: text });
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
  const scenario = anyScenario(text);
  const mapping = fc.record({
    columnOf: fc.dictionary(text, text, { noNullPrototype: true }),
    order: fc.option(fc.array(text, { maxLength: 5 })),
  });
  const otherModel = fc.record({ id: fc.constantFrom(otherHash, `${otherHash}~2`), name: text, mapping });
  const joinedColumn = fc.record({
    column: text,
    aggregate: fc.constantFrom<Aggregate>('value', 'count', 'sum', 'mean', 'last'),
    as: text,
  });
  const join = fc.record({
    table: file,
    leftKey: text,
    rightKey: text,
    orderBy: fc.option(text),
    columns: fc.array(joinedColumn, { maxLength: 3 }),
  });
  return fc.record({
    demo: fc.constantFrom(null, 'credit'),
    table: fc.option(file),
    model: fc.option(file),
    besideForm: fc.option(anyForm(text)),
    scoreColumn: fc.option(text),
    roles,
    columns: fc.option(fc.array(text, { maxLength: 4 })),
    otherModels: fc.uniqueArray(otherModel, { maxLength: 2, selector: ({ id }) => id }),
    readings: fc.dictionary(text, anyReading(text), { noNullPrototype: true }),
    joins: fc.array(join, { maxLength: 2 }),
    mapping,
    target: fc.option(target),
    split: fc.option(fc.record({ column: text, value: text })),
    scenario: fc.option(scenario),
    scenarios: fc.uniqueArray(scenario, { maxLength: 3, selector: ({ name }) => name }),
    versus: fc.option(scenario),
    strategies: fc.record({
      recallAtLeast: positive(1),
      precisionAtLeast: positive(1),
      fprAtMost: positive(1),
      beta: fc.double({ min: 0.01, max: 100, noNaN: true }),
      capacity: fc.integer({ min: 1, max: 1e9 }),
      capacityPer: fc.constantFrom('rows' as const, 'day' as const, 'week' as const),
      plateauShare: fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
    }),
    threshold: fc.option(positive(1)),
    pinned: fc.option(positive(1)),
    thresholdsView: fc.constantFrom<ThresholdsView>(
      ...(['decision', 'sensitivity', 'ranking', 'calibration'] as const),
      ...(['bands', 'cascade', 'policy'] as const),
    ),
    recalibration: fc.constantFrom<RecalibrationMethod | null>(null, 'isotonic', 'platt', 'intercept'),
    bands: fc.option(anyBands()),
    cascade: fc.option(anyCascade(text)),
    impact: fc.record({ roiFloor: anyNumber(1e3), investment: fc.option(positive(1e9)) }),
    explain: anyExplain(text),
  });
}

function anyExplain(text: fc.Arbitrary<string>): fc.Arbitrary<ExplainChoice> {
  return fc.record({
    method: fc.constantFrom<ExplainChoice['method']>('auto', 'path-dependent', 'interventional', 'sampling'),
    background: fc.oneof(
      fc.record({ kind: fc.constantFrom('all' as const, 'passed' as const, 'flagged' as const) }),
      fc.record({
        kind: fc.constant('cohort' as const),
        column: text,
        values: fc.array(text, { minLength: 1, maxLength: 3 }),
      }),
    ),
    size: fc.integer({ min: 100, max: 1000 }),
    over: fc.constantFrom('all' as const, 'judged' as const),
  });
}
