import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import { buildNode, buildTensor, buildTensorInfo } from './build-node.ts';
import { decodeOnnx } from './decode-onnx.ts';
import type { OnnxFile } from './onnx-types.ts';
import { matchOnnx, openOnnx } from './open-onnx.ts';
import { readOnnxFile } from './read-onnx-file.ts';
import { summariseOnnx } from './summarise-onnx.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;
const runs = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

const modelPaths = ['credit_data', 'mlc_churn'].flatMap((dataset) =>
  readdirSync(`${fixtures}${dataset}/models`)
    .filter((file) => file.endsWith('.onnx'))
    .map((file) => `${dataset}/models/${file}`),
);

function fixtureBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fixtures + path));
}

function refusal(bytes: Uint8Array, name = 'model.onnx'): FormatError {
  try {
    openOnnx(bytes, name);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error(`${name} was opened`);
}

describe('openOnnx on the fixtures', () => {
  it('has 27 files to read', () => expect(modelPaths.length).toBe(27));

  for (const path of modelPaths) {
    it(`opens ${path}`, () => {
      const bytes = fixtureBytes(path);
      expect(matchOnnx(bytes.subarray(0, 64))).toBe(true);
      const model = openOnnx(bytes, path);
      const summary = summariseOnnx(model, 'id');
      expect(summary.classLabels).toEqual(['0', '1']);
      expect(summary.inputs.length).toBeGreaterThan(0);
      expect(model.outputs.length).toBeGreaterThanOrEqual(2);
      expect(model.outputs.every(({ type }) => type.kind === 'tensor')).toBe(true);
      // Only a ZipMap is a reason to hand ONNX Runtime other bytes than the file's.
      expect(model.runnableBytes === bytes).toBe(!path.includes('.zipmap.onnx'));
    });
  }

  it('reads the raw pipeline as its index entry says', () => {
    const path = 'credit_data/models/sklearn_gradient_boosting_raw_pipeline.onnx';
    const summary = summariseOnnx(openOnnx(fixtureBytes(path), 'pipeline.onnx'), 'abc');
    expect(summary).toMatchObject({
      id: 'abc',
      name: 'pipeline.onnx',
      format: 'onnx',
      byteLength: 178_513,
      producer: 'skl2onnx 1.14.0',
      opsets: [
        { domain: 'ai.onnx', version: 11 },
        { domain: 'ai.onnx.ml', version: 1 },
      ],
      featureNames: null,
      notices: [],
    });
    expect(summary.inputs.map(({ name }) => name)).toEqual([
      ...['Seniority', 'Time', 'Age', 'Expenses', 'Income', 'Assets', 'Debt', 'Amount', 'Price'],
      ...['Home', 'Marital', 'Records', 'Job'],
    ]);
    expect(summary.inputs[0]).toEqual({
      name: 'Seniority',
      kind: 'number',
      elementType: 'float32',
      columns: 1,
      knownValues: null,
    });
    expect(summary.inputs[12]).toMatchObject({
      name: 'Job',
      kind: 'string',
      knownValues: ['', 'fixed', 'freelance', 'others', 'partime'],
    });
    expect(summary.operators).toContainEqual({ name: 'ai.onnx.ml:OneHotEncoder', count: 4 });
  });

  it('makes the tensor before ZipMap the output', () => {
    const model = openOnnx(fixtureBytes('credit_data/models/lightgbm_small_dart.zipmap.onnx'), 'm');
    expect(model.outputs.map(({ name }) => name)).toEqual(['label', 'lgbmprobabilities']);
    const rewritten = readOnnxFile(model.runnableBytes, 'm');
    expect(rewritten.graph.nodes.map(({ operator }) => operator)).not.toContain('ZipMap');
    expect(rewritten.graph.nodes.length).toBe(model.file.graph.nodes.length - 1);
    expect(rewritten.opsets).toEqual(model.file.opsets);
  });
});

describe('readOnnxFile and writeOnnxFile', () => {
  it.each(modelPaths.filter((path) => !path.includes('.zipmap.onnx')))('give %s back', (path) => {
    const file = readOnnxFile(fixtureBytes(path), path);
    expect(readOnnxFile(writeOnnxFile(file), path)).toEqual(file);
  });

  it('keep every kind of attribute and tensor', () => {
    const file: OnnxFile = {
      irVersion: 9,
      producerName: 'test',
      producerVersion: '1',
      opsets: [{ domain: '', version: 20 }],
      metadata: [{ key: 'k', value: 'straße' }],
      graph: {
        name: 'g',
        nodes: [
          buildNode('com.acme:Op', ['x', ''], ['y'], {
            f: { float: 0.5 },
            i: -(2n ** 63n),
            s: 'text',
            fs: Float32Array.of(1, Number.NaN, Number.NEGATIVE_INFINITY),
            is: BigInt64Array.of(2n ** 63n - 1n, -1n),
            ss: ['', 'ä'],
            t: buildTensor('inner', [2], Float64Array.of(0.1, -0)),
          }),
        ],
        initializers: [
          buildTensor('a', [1, 2], ['x', 'y']),
          buildTensor('b', [1], BigInt64Array.of(7n)),
          { ...buildTensor('c', [2], Float32Array.of()), rawData: Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64) },
        ],
        inputs: [buildTensorInfo('x', 1, [null, 3])],
        outputs: [buildTensorInfo('y', 11, null)],
      },
    };
    expect(readOnnxFile(writeOnnxFile(file), 'all.onnx')).toEqual(file);
  });
});

describe('what is no ONNX model', () => {
  const text = (content: string) => new TextEncoder().encode(content);

  it.each([
    ['notes.txt', text('hello'), /is neither a table nor a model that opens/],
    ['noise.bin', Uint8Array.of(255, 254, 253, 252), /is neither a table nor a model that opens/],
    ['noise.onnx', Uint8Array.of(255, 254, 253, 252), /is not an ONNX model: its first bytes/],
    ['model.pkl', Uint8Array.of(0x80, 4, 0x95), /pickle or joblib/],
  ])('%s is refused by name', (name, content, message) => {
    const error = refusal(content, name);
    expect(error.code).toBe('not-a-model');
    expect(error.message).toContain(name);
    expect(error.message).toMatch(message);
    expect(error.advice).not.toBe('');
    expect(matchOnnx(content)).toBe(false);
  });

  it('an empty file is empty', () => {
    expect(refusal(new Uint8Array(0)).code).toBe('empty-file');
    expect(matchOnnx(new Uint8Array(0))).toBe(false);
  });

  it('a model without a graph is damaged, and the message has the byte', () => {
    const error = refusal(Uint8Array.of(8, 7));
    expect(error.code).toBe('corrupt-model');
    expect(error.place).toEqual({ file: 'model.onnx', byteOffset: 2 });
  });

  it('weights in another file are said', () => {
    const path = 'credit_data/models/sklearn_mlp_pipeline.no_zipmap.onnx';
    const file = readOnnxFile(fixtureBytes(path), path);
    const [first, ...others] = file.graph.initializers;
    const external = { ...first!, int64s: new BigInt64Array(0), rawData: null, externalLocation: 'w.bin' };
    const moved = { ...file, graph: { ...file.graph, initializers: [external, ...others] } };
    const model = openOnnx(writeOnnxFile(moved), 'moved.onnx');
    expect(model.notices).toMatchObject([{ code: 'external-data', count: 1 }]);
  });
});

describe('laws: any bytes open or throw FormatError, nothing else', () => {
  const small = fixtureBytes('credit_data/models/sklearn_logistic_pipeline.no_zipmap.onnx');
  const zipped = fixtureBytes('credit_data/models/lightgbm_small_dart.zipmap.onnx');
  const trees = fixtureBytes('credit_data/models/lightgbm_small_zero_as_missing.no_zipmap.onnx');

  function opensOrRefuses(bytes: Uint8Array): void {
    try {
      // The summary reads the graph, so whatever opens must be readable by it too.
      const model = openOnnx(bytes, 'mutated.onnx');
      summariseOnnx(model, 'id');
      // A graph that makes no sense is no error: it has no known core, and ONNX Runtime is asked.
      decodeOnnx(model);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
    }
    expect(() => matchOnnx(bytes)).not.toThrow();
  }

  it('every truncation of a pipeline', () => {
    for (let length = 0; length < small.length; length++) opensOrRefuses(small.subarray(0, length));
  });

  it('mutated bytes', () => {
    const change = fc.tuple(fc.nat(small.length - 1), fc.nat(255));
    fc.assert(
      fc.property(
        fc.constantFrom(small, zipped, trees),
        fc.array(change, { minLength: 1, maxLength: 12 }),
        (file, changes) => {
          const bytes = file.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          opensOrRefuses(bytes);
        },
      ),
      { numRuns: runs },
    );
  });

  it('pieces left out, doubled and put elsewhere', () => {
    const piece = fc.tuple(fc.nat(small.length), fc.nat(200), fc.nat(small.length));
    fc.assert(
      fc.property(fc.constantFrom(small, trees), piece, (file, [from, length, to]) => {
        const cut = file.subarray(from, from + length);
        opensOrRefuses(Uint8Array.from([...file.subarray(0, to), ...cut, ...file.subarray(to + length)]));
      }),
      { numRuns: runs },
    );
  });

  it('tree attributes changed at random are decoded or not, and never hang', () => {
    const [node] = openOnnx(trees, 'trees.onnx').file.graph.nodes;
    const file = openOnnx(trees, 'trees.onnx').file;
    const change = fc.tuple(fc.nat(30), fc.nat(1000), fc.integer({ min: -3, max: 200 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
        const attributes = node!.attributes.map((a) => ({
          ...a,
          ints: a.ints.slice(),
          floats: a.floats.slice(),
        }));
        for (const [which, at, value] of changes) {
          const { ints, floats } = attributes[which % attributes.length]!;
          if (ints.length > 0) ints[at % ints.length] = BigInt(value);
          if (floats.length > 0) floats[at % floats.length] = value;
        }
        const nodes = [{ ...node!, attributes }, ...file.graph.nodes.slice(1)];
        opensOrRefuses(writeOnnxFile({ ...file, graph: { ...file.graph, nodes } }));
      }),
      { numRuns: runs },
    );
  });

  it('noise behind a plausible beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        opensOrRefuses(Uint8Array.from([8, 8, 0x3a, ...noise]));
      }),
      { numRuns: runs },
    );
  });

  it('lengths that claim gigabytes', () => {
    const claims = Uint8Array.of(8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x0a);
    expect(refusal(claims).message).toMatch(/claims 2147483647 bytes/);
  });

  it('graphs nested without end', () => {
    let nested = Uint8Array.of();
    const wrap = (tag: number, body: Uint8Array): Uint8Array<ArrayBuffer> => {
      const length = body.length;
      return Uint8Array.from([tag, (length & 127) | 128, ((length >> 7) & 127) | 128, length >> 14, ...body]);
    };
    // node (1) of graph -> attribute (5) -> graph (6), 200 times.
    for (let i = 0; i < 200; i++) nested = wrap(0x0a, wrap(0x2a, wrap(0x32, nested)));
    const error = refusal(Uint8Array.from([8, 8, ...wrap(0x3a, nested)]));
    expect(error.message).toMatch(/nested too deeply/);
  });
});
