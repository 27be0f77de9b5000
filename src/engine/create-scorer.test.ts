import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../fixtures/table-of-csv.ts';
import { isCutlineError, ModelError } from '../core/errors.ts';
import { bindInputs } from '../core/model/binding.ts';
import type { Column, Table } from '../core/table/column.ts';
import {
  type AttributeValue,
  buildNode,
  buildTensor,
  buildTensorInfo,
} from '../formats/model/onnx/build-node.ts';
import type { OnnxFile, OnnxNode, OnnxTensor, OnnxValueInfo } from '../formats/model/onnx/onnx-types.ts';
import { openOnnx } from '../formats/model/onnx/open-onnx.ts';
import { readOnnxFile } from '../formats/model/onnx/read-onnx-file.ts';
import { summariseOnnx } from '../formats/model/onnx/summarise-onnx.ts';
import { writeOnnxFile } from '../formats/model/onnx/write-onnx-file.ts';
import { createScorer } from './create-scorer.ts';
import { type ScoreResult, scoreRows } from './score-rows.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;

/** A graph around `nodes` that reads x [N,1] and returns y [N,1]. */
function fileOf(
  nodes: readonly OnnxNode[],
  changes: Partial<OnnxFile> = {},
  graph: Partial<OnnxFile['graph']> = {},
): Uint8Array {
  return writeOnnxFile({
    irVersion: 8,
    producerName: 'create-scorer.test',
    producerVersion: '',
    opsets: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    metadata: [],
    graph: {
      name: 'g',
      nodes,
      initializers: [],
      inputs: [buildTensorInfo('x', 1, [null, 1])],
      outputs: [buildTensorInfo('y', 1, [null, 1])],
      ...graph,
    },
    ...changes,
  });
}

async function sessionRefusal(bytes: Uint8Array): Promise<ModelError> {
  try {
    await createScorer(openOnnx(bytes, 'model.onnx'));
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return error as ModelError;
  }
  throw new Error('the session was created');
}

async function scoresOf(
  bytes: Uint8Array,
  columns: readonly Column[],
  positiveValues: readonly string[] = [],
): Promise<ScoreResult> {
  const [first] = columns;
  const rowCount =
    first?.kind === 'number' ? first.values.length : first?.kind === 'category' ? first.codes.length : 0;
  const table: Table = { name: 't', rowCount, columns };
  const model = openOnnx(bytes, 'model.onnx');
  const order = columns.map(({ name }) => name);
  const report = bindInputs(summariseOnnx(model, 'id'), table, { columnOf: {}, order }, []);
  const scorer = await createScorer(model);
  const run = scoreRows(scorer, table, report, { rowStart: 0, rowEnd: rowCount, positiveValues });
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  return step.value;
}

describe('operators that ONNX Runtime does not have are named', () => {
  it('in a declared foreign domain', async () => {
    const opsets = [
      { domain: '', version: 13 },
      { domain: 'com.acme', version: 2 },
    ];
    const error = await sessionRefusal(
      fileOf([buildNode('com.acme:Riskify', ['x'], ['y'], {}, 'risk')], { opsets }),
    );
    expect(error.code).toBe('unsupported-operator');
    expect(error.message).toBe(
      'model.onnx uses the operator Riskify of operator set com.acme 2 (node "risk"), which ONNX Runtime Web does not have.',
    );
    expect(error.place).toEqual({ file: 'model.onnx', node: 'risk' });
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.advice).not.toBe('');
  });

  it('in a foreign domain that the file does not import', async () => {
    const error = await sessionRefusal(fileOf([buildNode('com.acme:Riskify', ['x'], ['y'], {}, 'risk')]));
    expect(error.code).toBe('unsupported-operator');
    expect(error.message).toContain('Riskify of operator set com.acme, not imported (node "risk")');
  });

  it('in the default domain, without a node name', async () => {
    const error = await sessionRefusal(fileOf([buildNode('Frobnicate', ['x'], ['y'])]));
    expect(error.code).toBe('unsupported-operator');
    expect(error.message).toContain('Frobnicate of operator set ai.onnx 13 (a node without a name)');
    expect(error.place.node).toBe('Frobnicate');
  });

  it('in ai.onnx.ml', async () => {
    const error = await sessionRefusal(fileOf([buildNode('ai.onnx.ml:Frobnicate', ['x'], ['y'], {}, 'f')]));
    expect(error.message).toContain('Frobnicate of operator set ai.onnx.ml 3 (node "f")');
  });

  it('known by its schema, but built without a kernel', async () => {
    const nodes = [
      buildNode('Cast', ['x'], ['half'], { to: 16n }),
      buildNode('Exp', ['half'], ['exp'], {}, 'exp'),
      buildNode('Cast', ['exp'], ['y'], { to: 1n }),
    ];
    const error = await sessionRefusal(fileOf(nodes));
    expect(error.code).toBe('unsupported-operator');
    expect(error.message).toContain('Exp of operator set ai.onnx 13 (node "exp")');
  });
});

describe('other sessions that cannot be created', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'a newer IR',
      fileOf([buildNode('Identity', ['x'], ['y'])], { irVersion: 99 }),
      /IR version 99; versions up to \d+/,
    ],
    [
      'a newer operator set',
      fileOf([buildNode('Identity', ['x'], ['y'])], { opsets: [{ domain: '', version: 99 }] }),
      /operator set ai\.onnx 99; versions up to \d+/,
    ],
    ['a node that reads nothing', fileOf([buildNode('Identity', ['z'], ['y'])]), /'z' is not a graph input/],
    [
      'trees that contradict themselves',
      fileOf([
        buildNode('ai.onnx.ml:TreeEnsembleRegressor', ['x'], ['y'], {
          nodes_treeids: BigInt64Array.of(0n),
          nodes_nodeids: BigInt64Array.of(0n, 1n),
          nodes_modes: ['LEAF'],
        }),
      ]),
      /ONNX Runtime says: n_targets_or_classes must be positive, got 0$/,
    ],
    [
      'an input that no table can feed',
      fileOf([buildNode('Identity', ['x'], ['y'])], {}, { inputs: [buildTensorInfo('x', 14, [null, 1])] }),
      /input "x" of model\.onnx is of type complex64/,
    ],
    [
      'weights in another file',
      fileOf(
        [buildNode('Add', ['x', 'w'], ['y'])],
        {},
        {
          initializers: [{ ...buildTensor('w', [1], Float32Array.of()), externalLocation: 'w.bin' }],
        },
      ),
      /weights in another file \(w\.bin\)/,
    ],
  ])('%s', async (_, bytes, message) => {
    const error = await sessionRefusal(bytes);
    expect(error.code).toBe('session-failed');
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/\/mnt\/|ERROR_CODE/);
  });
});

describe('what the tensors are filled with', () => {
  const graphOf = (
    elementType: number,
    nodes: readonly OnnxNode[],
    initializers: readonly OnnxTensor[] = [],
  ) => {
    const inputs: OnnxValueInfo[] = [buildTensorInfo('x', elementType, [null, 1])];
    return fileOf(nodes, {}, { inputs, initializers });
  };
  const castThrough = (elementType: number) =>
    graphOf(elementType, [buildNode('Cast', ['x'], ['y'], { to: 1n })]);

  it.each([
    ['uint8', 2],
    ['int8', 3],
    ['uint16', 4],
    ['int16', 5],
    ['int32', 6],
    ['int64', 7],
    ['bool', 9],
    ['float64', 11],
    ['uint32', 12],
  ])('%s', async (_, elementType) => {
    const result = await scoresOf(castThrough(elementType), [numberColumn('x', [0, 1, 1])]);
    expect([...result.scores]).toEqual([0, 1, 1]);
  });

  it('whole numbers have no missing value: column and row are named', async () => {
    const run = scoresOf(castThrough(7), [numberColumn('x', [0, Number.NaN])]);
    await expect(run).rejects.toMatchObject({
      code: 'input-missing',
      place: { row: 1, column: 'x', node: 'x' },
    });
  });

  it.each([
    ['a fraction', 0.5, 7],
    ['a number beyond the type', 256, 2],
    ['a negative one', -1, 4],
  ])('%s does not fit', async (_, value, elementType) => {
    const run = scoresOf(castThrough(elementType), [numberColumn('x', [0, value])]);
    await expect(run).rejects.toMatchObject({ code: 'input-mistyped', place: { row: 1, column: 'x' } });
  });

  it('a category of true and false feeds a boolean, and a float', async () => {
    const truths = [categoryColumn('x', ['True', 'FALSE', 'true'])];
    expect(Array.from((await scoresOf(castThrough(1), truths)).scores)).toEqual([1, 0, 1]);
    const result = await scoresOf(castThrough(9), truths);
    expect([...result.scores]).toEqual([1, 0, 1]);
  });

  it('missing numbers are NaN, and a NaN score is kept and counted', async () => {
    const result = await scoresOf(castThrough(11), [numberColumn('x', [0.25, Number.NaN])]);
    expect([...result.scores]).toEqual([0.25, Number.NaN]);
    expect(result.missingScores).toBe(1);
  });

  it('float32 scores are widened, not rounded', async () => {
    const result = await scoresOf(castThrough(1), [numberColumn('x', [0.1])]);
    expect(result.scores[0]).toBe(Math.fround(0.1));
  });

  it('a vector input of rank 1', async () => {
    const bytes = fileOf(
      [buildNode('Identity', ['x'], ['y'])],
      {},
      {
        inputs: [buildTensorInfo('x', 1, [null])],
        outputs: [buildTensorInfo('y', 1, [null])],
      },
    );
    expect([...(await scoresOf(bytes, [numberColumn('x', [0.5, 0.25])])).scores]).toEqual([0.5, 0.25]);
  });

  it('a model made for three rows at a time scores any number', async () => {
    const bytes = fileOf(
      [buildNode('Identity', ['x'], ['y'])],
      {},
      {
        inputs: [buildTensorInfo('x', 1, [3, 1])],
        outputs: [buildTensorInfo('y', 1, [3, 1])],
      },
    );
    const values = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75];
    expect([...(await scoresOf(bytes, [numberColumn('x', values)])).scores]).toEqual(values);
  });

  /** y = 1 where the encoder sees category `category`, of the string input x. */
  const oneHot = (cats: readonly string[], category: number, zeros: bigint) => {
    const attributes: Record<string, AttributeValue> = { cats_strings: cats, zeros };
    return graphOf(
      8,
      [
        buildNode('ai.onnx.ml:OneHotEncoder', ['x'], ['h'], attributes, 'encoder'),
        buildNode('Gather', ['h', 'i'], ['y'], { axis: 2n }),
      ],
      [buildTensor('i', [], BigInt64Array.of(BigInt(category)))],
    );
  };

  it.each([
    ['the text the encoder knows for missing', ['a', 'missing'], 1, [0, 1, 0]],
    ['empty text when it knows that', ['', 'a', 'nan'], 0, [0, 1, 0]],
  ])('a missing category is %s', async (_, cats, category, expected) => {
    const result = await scoresOf(oneHot(cats, category, 1n), [categoryColumn('x', ['a', null, 'a'])]);
    expect([...result.scores]).toEqual(expected);
  });

  it('numbers reach a string input as the table writes them', async () => {
    const column: Column = {
      ...(numberColumn('x', [1, 2.5]) as Extract<Column, { kind: 'number' }>),
      spelling: 'float',
    };
    const result = await scoresOf(oneHot(['1.0', '2.5'], 0, 1n), [column]);
    expect([...result.scores]).toEqual([1, 0]);
  });

  it('an encoder that fails on unknown values is said to', async () => {
    const run = scoresOf(oneHot(['a', 'b'], 0, 0n), [categoryColumn('x', ['a', 'c'])]);
    await expect(run).rejects.toMatchObject({ code: 'run-failed', place: { row: 0 } });
    await expect(run).rejects.toThrow(/rows 0 to 1: a value of a category column is unknown to its encoder/);
  });
});

describe('laws: a damaged model that still opens runs or throws our errors', () => {
  const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;
  const path = 'credit_data/models/sklearn_logistic_pipeline.no_zipmap.onnx';
  const original = new Uint8Array(readFileSync(fixtures + path));
  const columns = readOnnxFile(original, path).graph.inputs.map(({ name, type }) =>
    type.kind === 'tensor' && type.elementType === 8
      ? categoryColumn(name, ['rent', null])
      : numberColumn(name, [1, Number.NaN]),
  );

  it('whatever bytes change', async () => {
    let scored = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 3 }),
        async (changes) => {
          const bytes = original.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            const result = await scoresOf(bytes, columns, ['1']);
            expect(result.scores.length).toBe(2);
            scored += 1;
          } catch (error) {
            if (!isCutlineError(error)) throw error;
          }
        },
      ),
      { numRuns: runs },
    );
    expect(scored).toBeGreaterThan(0);
  });
});
