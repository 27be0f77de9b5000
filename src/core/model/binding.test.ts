import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../fixtures/table-of-csv.ts';
import type { Column, Table } from '../table/column.ts';
import { encodeUtf8 } from '../table/utf8.ts';
import { bindInputs, columnsWithoutRole } from './binding.ts';
import type { MappingChoices, MappingReport } from './mapping.ts';
import { missingText } from './missing-text.ts';
import type { ModelInput, ModelSummary } from './signature.ts';

const none: MappingChoices = { columnOf: {}, order: null };

function input(name: string, changes: Partial<ModelInput> = {}): ModelInput {
  return { name, kind: 'number', elementType: 'float32', columns: 1, knownValues: null, ...changes };
}

function textInput(name: string, knownValues: readonly string[] | null = null): ModelInput {
  return input(name, { kind: 'string', elementType: 'string', knownValues });
}

function model(inputs: readonly ModelInput[], featureNames: readonly string[] | null = null): ModelSummary {
  return {
    id: 'id',
    name: 'model.onnx',
    format: 'onnx',
    formatName: 'ONNX',
    objective: null,
    core: null,
    trees: null,
    package: null,
    byteLength: 1,
    inputs,
    featureNames,
    classLabels: ['0', '1'],
    producer: '',
    opsets: [],
    operators: [],
    notices: [],
  };
}

function table(...columns: readonly Column[]): Table {
  return { name: 'loans.csv', rowCount: 2, columns };
}

function textColumn(name: string, texts: readonly string[]): Column {
  const parts = texts.map(encodeUtf8);
  const offsets = Uint32Array.from([
    0,
    ...parts.map((_, i) => parts.slice(0, i + 1).reduce((n, p) => n + p.length, 0)),
  ]);
  return { kind: 'text', name, bytes: Uint8Array.from(parts.flatMap((part) => [...part])), offsets };
}

function columnsBound(report: MappingReport): (string | null)[] {
  return report.bindings.map(({ column }) => column);
}

const x = (name: string) => numberColumn(name, [1, 2]);

describe('bindInputs by name', () => {
  it('takes exact names, then names alike, and reports what is left', () => {
    const inputs = [input('Income'), input('loan_amount'), input('Age'), input('Debt')];
    const columns = [x('Loan Amount'), x('Income'), x('zip'), x('id'), x('age')];
    const report = bindInputs(model(inputs), table(...columns), none, ['id']);
    expect(report.bindings).toEqual([
      { feature: 'Income', input: 'Income', position: 0, column: 'Income', how: 'name' },
      { feature: 'loan_amount', input: 'loan_amount', position: 0, column: 'Loan Amount', how: 'name' },
      { feature: 'Age', input: 'Age', position: 0, column: 'age', how: 'name' },
      { feature: 'Debt', input: 'Debt', position: 0, column: null, how: 'none' },
    ]);
    expect(report).toMatchObject({
      missing: ['Debt'],
      extra: ['zip'],
      ready: false,
      needsOrderConsent: false,
    });
  });

  it('does not choose between two columns that are alike', () => {
    const report = bindInputs(
      model([input('loan_amount')]),
      table(x('LoanAmount'), x('Loan Amount')),
      none,
      [],
    );
    expect(report.missing).toEqual(['loan_amount']);
  });

  it('prefers the name with spaces for underscores, as LightGBM writes it, to names that are merely alike', () => {
    const inputs = [input('A_b'), input('a_b'), input('ab')];
    const report = bindInputs(model(inputs), table(x('ab'), x('a b'), x('A b')), none, []);
    expect(columnsBound(report)).toEqual(['A b', 'a b', 'ab']);
    const both = bindInputs(model([input('a_b')]), table(x('a b'), x('a\tb')), none, []);
    expect(columnsBound(both)).toEqual([null]);
    const taken = bindInputs(model([input('a_b'), input('a b')]), table(x('a b')), none, []);
    expect(columnsBound(taken)).toEqual([null, 'a b']);
  });

  it('does not give a column to a second feature because it is alike', () => {
    const report = bindInputs(model([input('age'), input('Age')]), table(x('age')), none, []);
    expect(columnsBound(report)).toEqual(['age', null]);
  });

  it('gives the model a role column that it names', () => {
    const report = bindInputs(model([input('id'), input('Amount')]), table(x('id'), x('Amount')), none, [
      'id',
    ]);
    expect(columnsBound(report)).toEqual(['id', 'Amount']);
    expect(report.ready).toBe(true);
  });

  it('lets the user override, and says when the chosen column is not there', () => {
    const choices: MappingChoices = { columnOf: { a: 'c', b: 'gone' }, order: null };
    const report = bindInputs(model([input('a'), input('b')]), table(x('a'), x('b'), x('c')), choices, []);
    expect(report.bindings.map(({ column, how }) => [column, how])).toEqual([
      ['c', 'user'],
      [null, 'none'],
    ]);
    expect(report.extra).toEqual(['a', 'b']);
    expect(report.missing).toEqual(['b']);
  });

  it('names the columns of a matrix when the file does', () => {
    const report = bindInputs(
      model([input('input', { columns: 2 })], ['b', 'a']),
      table(x('a'), x('b')),
      none,
      [],
    );
    expect(report.bindings.map(({ position, column }) => [position, column])).toEqual([
      [0, 'b'],
      [1, 'a'],
    ]);
    expect(report.ready).toBe(true);
  });
});

describe('bindInputs by order', () => {
  const matrix = model([input('input', { columns: 2 })]);
  const loans = table(x('id'), x('a'), x('b'), x('c'));

  it('binds nothing without consent', () => {
    const report = bindInputs(matrix, loans, none, ['id']);
    expect(columnsBound(report)).toEqual([null, null]);
    expect(report).toMatchObject({
      needsOrderConsent: true,
      ready: false,
      missing: [],
      extra: ['a', 'b', 'c'],
    });
  });

  it('takes the order that the user gives', () => {
    const report = bindInputs(matrix, loans, { columnOf: {}, order: ['b', 'a'] }, ['id']);
    expect(report.bindings.map(({ feature, column, how }) => [feature, column, how])).toEqual([
      ['column 1', 'b', 'order'],
      ['column 2', 'a', 'order'],
    ]);
    expect(report).toMatchObject({ ready: true, extra: ['c'] });
  });

  it.each([[['a']], [['a', 'b', 'c']]])('is not ready with %j for two columns', (order) => {
    const report = bindInputs(matrix, loans, { columnOf: {}, order }, ['id']);
    expect(report.ready).toBe(false);
    expect(report.notices).toMatchObject([{ code: 'order-length' }]);
  });

  it('takes made-up names by name where the table has all of them, unless there is an order', () => {
    const matrix = input('features', { columns: 2, madeUpNames: ['Column_0', 'Column_1'] });
    const columns = [x('Column_1'), x('other'), x('Column_0')];
    const report = bindInputs(model([matrix]), table(...columns), none, []);
    expect(report.bindings.map(({ feature, column, how }) => [feature, column, how])).toEqual([
      ['column 1', 'Column_0', 'name'],
      ['column 2', 'Column_1', 'name'],
    ]);
    expect(report).toMatchObject({ ready: true, needsOrderConsent: false });
    const partly = bindInputs(model([matrix]), table(...columns.slice(0, 2)), none, []);
    expect(partly).toMatchObject({ ready: false, needsOrderConsent: true });
    expect(columnsBound(partly)).toEqual([null, null]);
    const order = ['other', 'Column_1'];
    const ordered = bindInputs(model([matrix]), table(...columns), { columnOf: {}, order }, []);
    expect(columnsBound(ordered)).toEqual(order);
  });

  it('offers the columns without a role in file order', () => {
    expect(columnsWithoutRole(loans, ['id', 'b'])).toEqual(['a', 'c']);
  });

  it('fills a matrix of open width with the whole order', () => {
    const open = model([input('input', { columns: null })]);
    expect(bindInputs(open, loans, none, ['id'])).toMatchObject({ needsOrderConsent: true, ready: false });
    const report = bindInputs(open, loans, { columnOf: {}, order: ['a', 'b', 'c'] }, ['id']);
    expect(columnsBound(report)).toEqual(['a', 'b', 'c']);
    expect(report.ready).toBe(true);
  });

  it('tells the columns of two matrices apart', () => {
    const two = model([
      input('numbers', { columns: 2 }),
      { ...textInput('texts'), columns: 1 },
      input('more', { columns: 2 }),
    ]);
    const columns = [x('a'), x('b'), categoryColumn('texts', ['u', 'v']), x('c'), x('d')];
    const report = bindInputs(two, table(...columns), { columnOf: {}, order: ['a', 'b', 'c', 'd'] }, []);
    expect(report.bindings.map(({ feature, column }) => [feature, column])).toEqual([
      ['numbers column 1', 'a'],
      ['numbers column 2', 'b'],
      ['texts', 'texts'],
      ['more column 1', 'c'],
      ['more column 2', 'd'],
    ]);
    expect(report.ready).toBe(true);
  });
});

describe('bindInputs on kinds', () => {
  const date: Column = { kind: 'date', name: 'x', values: Float64Array.of(0, 1) };
  const spelled = (spelling: 'shortest' | 'float' | 'mixed'): Column => ({
    ...(x('x') as Extract<Column, { kind: 'number' }>),
    spelling,
  });
  const boolean = input('x', { kind: 'boolean', elementType: 'bool' });

  it.each<[string, ModelInput, Column, string | null]>([
    ['numbers on a number input', input('x'), x('x'), null],
    ['a category on a number input', input('x'), categoryColumn('x', ['a', 'b']), 'category'],
    ['true and false on a number input', input('x'), categoryColumn('x', ['True', null, 'false']), null],
    ['nothing on a number input', input('x'), categoryColumn('x', [null, null]), null],
    ['texts on a number input', input('x'), textColumn('x', ['a', 'b']), 'text'],
    ['dates on a number input', input('x'), date, 'date'],
    ['a category on a string input', textInput('x'), categoryColumn('x', ['a', 'b']), null],
    ['texts on a string input', textInput('x'), textColumn('x', ['a', 'b']), null],
    ['dates on a string input', textInput('x'), date, 'date'],
    ['numbers on a string input', textInput('x'), spelled('shortest'), null],
    ['numbers as Python writes them', textInput('x'), spelled('float'), null],
    ['numbers in several forms', textInput('x'), spelled('mixed'), 'number written in several forms'],
    ['0 and 1 on a boolean input', boolean, numberColumn('x', [0, 1]), null],
    ['other numbers on a boolean input', boolean, x('x'), 'number other than 0 and 1'],
    ['true and false', boolean, categoryColumn('x', ['True', 'false']), null],
    ['yes and no', boolean, categoryColumn('x', ['yes', 'no']), 'category'],
  ])('%s', (_, feature, column, found) => {
    const report = bindInputs(model([feature]), table(column), none, []);
    const expected = found === null ? [] : [{ feature: 'x', column: 'x', expected: feature.kind, found }];
    expect(report.mistyped).toEqual(expected);
    expect(report.ready).toBe(found === null);
  });
});

describe('bindInputs on values', () => {
  const job = ['fixed', 'pilot', null, 'sailor', 'pilot', 'fixed'];
  const jobs = (column: Column): Table => ({ name: 't', rowCount: 6, columns: [column] });

  it('lists unseen categories over all rows, the most frequent first', () => {
    const known = textInput('Job', ['', 'fixed', 'freelance']);
    const report = bindInputs(model([known]), jobs(categoryColumn('Job', job)), none, []);
    expect(report.unseen).toEqual([
      {
        feature: 'Job',
        column: 'Job',
        values: [
          { value: 'pilot', count: 2 },
          { value: 'sailor', count: 1 },
        ],
      },
    ]);
    expect(report.ready).toBe(true);
    const texts = bindInputs(
      model([known]),
      jobs(
        textColumn(
          'Job',
          job.map((text) => text ?? ''),
        ),
      ),
      none,
      [],
    );
    expect(texts.unseen).toEqual(report.unseen);
  });

  it('takes true and false as the codes 1 and 0', () => {
    const coded = input('x', { knownValues: ['0', '2'] });
    const truths = categoryColumn('x', ['True', 'False']);
    const report = bindInputs(model([coded]), table(truths), none, []);
    expect(report.unseen).toEqual([{ feature: 'x', column: 'x', values: [{ value: 'True', count: 1 }] }]);
    expect(report.ready).toBe(true);
  });

  it('compares codes as numbers', () => {
    const coded = input('x', { elementType: 'int64', knownValues: ['1', '2'] });
    const report = bindInputs(model([coded]), table(numberColumn('x', [1, 3])), none, []);
    expect(report.unseen).toEqual([{ feature: 'x', column: 'x', values: [{ value: '3', count: 1 }] }]);
  });

  it('takes a number on a text input as the text that the encoder gets', () => {
    const unseenOf = (known: readonly string[], column: Column) =>
      bindInputs(model([textInput('x', known)]), table(column), none, []).unseen.flatMap(
        ({ values }) => values,
      );
    expect(unseenOf(['1', '2'], numberColumn('x', [1, 2]))).toEqual([]);
    const spelledAsFloat: Column = {
      kind: 'number',
      name: 'x',
      values: Float64Array.of(1, 2),
      spelling: 'float',
    };
    expect(unseenOf(['1', '2'], spelledAsFloat)).toEqual([
      { value: '1.0', count: 1 },
      { value: '2.0', count: 1 },
    ]);
    // The empty text, an encoder's word for missing, is not the number 0.
    expect(unseenOf(['', '1'], numberColumn('x', [0, 1]))).toEqual([{ value: '0', count: 1 }]);
  });

  it('knows the values per column of a string matrix', () => {
    const matrix: ModelInput = { ...textInput('input'), columns: 2, knownValuesOfColumns: [['a'], null] };
    const columns = [categoryColumn('p', ['a', 'z']), categoryColumn('q', ['y', 'z'])];
    const report = bindInputs(model([matrix]), table(...columns), { columnOf: {}, order: ['p', 'q'] }, []);
    expect(report.unseen).toEqual([{ feature: 'column 1', column: 'p', values: [{ value: 'z', count: 1 }] }]);
  });

  it('cuts a list that is longer than anyone reads, and says so', () => {
    const texts = Array.from({ length: 1500 }, (_, i) => `v${i}`);
    for (const column of [textColumn('Job', texts), categoryColumn('Job', texts)]) {
      const report = bindInputs(
        model([textInput('Job', ['fixed'])]),
        { name: 't', rowCount: 1500, columns: [column] },
        none,
        [],
      );
      expect(report.unseen[0]?.values.length).toBe(1000);
      expect(report.notices).toMatchObject([{ code: 'unseen-values-cut', column: 'Job', count: 500 }]);
    }
  });

  it.each([
    [['', 'fixed', 'pilot', 'sailor'], null],
    [['missing', 'fixed', 'pilot', 'sailor'], 'missing-as-known-text'],
    [['fixed', 'pilot', 'sailor'], 'missing-unknown-to-model'],
    [null, 'missing-as-empty-text'],
  ])('says how a missing category reaches an encoder that knows %j', (known, code) => {
    const report = bindInputs(model([textInput('Job', known)]), jobs(categoryColumn('Job', job)), none, []);
    expect(report.notices.map((notice) => notice.code)).toEqual(code === null ? [] : [code]);
    if (code !== null) expect(report.notices[0]).toMatchObject({ column: 'Job', count: 1 });
  });

  it('warns of numbers that float32 cannot hold', () => {
    const stamps = numberColumn('x', [1_600_000_030_664, 16_777_216]);
    const report = bindInputs(model([input('x')]), table(stamps), none, []);
    expect(report.notices).toMatchObject([{ code: 'float32-precision', column: 'x', count: 1 }]);
    const doubles = bindInputs(model([input('x', { elementType: 'float64' })]), table(stamps), none, []);
    expect(doubles.notices).toEqual([]);
  });

  it('has nothing to say of what a native file does by itself: missing values, and comparing in float32', () => {
    const native = { ...model([input('x'), textInput('Job', ['fixed'])]), format: 'xgboost' } as const;
    const columns = [numberColumn('x', [1_600_000_030_664, 1]), categoryColumn('Job', [null, 'fixed'])];
    const report = bindInputs(native, { name: 't', rowCount: 2, columns }, none, []);
    expect(report).toMatchObject({ ready: true, notices: [] });
    // A category called "missing" is a value as any other: an empty cell is not it (pandas-code).
    const told = { ...native, inputs: [textInput('Job', ['missing', 'fixed'])] };
    expect(bindInputs(told, { name: 't', rowCount: 2, columns }, none, []).notices).toEqual([]);
  });
});

describe('missingText', () => {
  it.each([
    [null, ''],
    [['a'], ''],
    [['a', 'nan', 'missing'], 'missing'],
    [['NA', 'None'], 'None'],
    [['', 'missing'], ''],
  ])('for %j is "%s"', (known, text) => expect(missingText(known)).toBe(text));
});

describe('laws', () => {
  const name = fc.constantFrom('a', 'A', 'b', 'b_1', 'B 1', 'c', 'd');

  it('what binds by name does not depend on the order of the columns', () => {
    const permuted = fc
      .uniqueArray(name, { minLength: 1 })
      .chain((names) =>
        fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })),
      );
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), permuted, (features, [names, shuffled]) => {
        const summary = model(features.map((feature) => input(feature)));
        const one = bindInputs(summary, table(...names.map(x)), none, []);
        const other = bindInputs(summary, table(...shuffled.map(x)), none, []);
        expect(other).toEqual({ ...one, extra: expect.any(Array) });
        expect(other.extra.toSorted()).toEqual(one.extra.toSorted());
        const used = columnsBound(one).filter((column) => column !== null);
        // By name, a column never feeds two features.
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });
});
