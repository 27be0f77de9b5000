import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import { recogniseOtherFormat, refuseOtherFormat } from '../other-formats.ts';
import { type Siblings, withExternalData } from './external-data.ts';
import type { OnnxModel } from './onnx-model.ts';
import type { OnnxFile, OnnxTensor } from './onnx-types.ts';
import { readOnnxFile } from './read-onnx-file.ts';
import { withoutZipMap } from './without-zipmap.ts';

/** Protobuf's own limit for one message; no ONNX file in one piece can be larger. */
const MAX_FILE_BYTES = 2_147_483_647;

/** Fields of ModelProto and their wire types: what an ONNX file can begin with. */
const modelFields: ReadonlyMap<number, WireType> = new Map([
  [1, WireType.Varint],
  [2, WireType.LengthDelimited],
  [3, WireType.LengthDelimited],
  [4, WireType.LengthDelimited],
  [5, WireType.Varint],
  [6, WireType.LengthDelimited],
  [7, WireType.LengthDelimited],
  [8, WireType.LengthDelimited],
  [14, WireType.LengthDelimited],
  [20, WireType.LengthDelimited],
  [25, WireType.LengthDelimited],
]);

/**
 * Tells from the first bytes whether a file looks like ONNX: the IR version (1 to 255) among the leading fields of
 * a ModelProto, and nothing that a ModelProto cannot hold before it.
 *
 * @param head the first bytes of the file, 64 or more are enough
 * Never throws. False for an empty head.
 */
export function matchOnnx(head: Uint8Array): boolean {
  if (recogniseOtherFormat(head) !== null) return false;
  const reader = new BinaryReader(head);
  try {
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      if (modelFields.get(field) !== wireType) return false;
      if (field === 1) {
        const irVersion = Number(reader.uint64());
        return irVersion >= 1 && irVersion <= 255;
      }
      reader.skip(wireType, field);
    }
  } catch {
    return false;
  }
  return false;
}

/**
 * Opens an ONNX file: decodes it, removes ZipMap nodes, and checks that it is a graph that can be fed and read.
 *
 * @param bytes the whole file; kept (not copied) in the result
 * @param name file name, for messages
 * @param siblings the files beside it, when it came in a folder: weights that it keeps in other files are read there
 * @throws {FormatError} `empty-file`; `not-a-model` for other formats, named where recognised; `corrupt-model` for
 *   truncated or damaged bytes; `too-large` above protobuf's 2 GB. Any bytes open or throw one of these, nothing else.
 */
export function openOnnx(bytes: Uint8Array, name: string, siblings: Siblings | null = null): OnnxModel {
  if (bytes.length === 0) {
    throw new FormatError('empty-file', `${name} is empty (0 bytes).`, {
      place: { file: name },
      advice: 'Export or download the model again.',
    });
  }
  if (bytes.length > MAX_FILE_BYTES) {
    throw new FormatError('too-large', `${name} is larger than 2 GB, which no single ONNX file can be.`, {
      place: { file: name },
    });
  }
  refuseOtherFormats(bytes, name);
  const written = readOnnxFile(bytes, name);
  refuseUselessGraph(written, name);
  const { file, externalData } =
    siblings === null ? { file: written, externalData: [] } : withExternalData(written, siblings, name);
  const runnable = withoutZipMap(bytes, file);
  const initialized = new Set(file.graph.initializers.map((tensor) => tensor.name));
  return {
    name,
    byteLength: bytes.length,
    file,
    inputs: file.graph.inputs.filter((input) => !initialized.has(input.name)),
    outputs: runnable.outputs,
    runnableBytes: runnable.bytes,
    externalData,
    notices: externalDataNotices(file),
  };
}

function refuseOtherFormats(bytes: Uint8Array, name: string): void {
  refuseOtherFormat(recogniseOtherFormat(bytes), name);
  // A protobuf file begins with the tag of a known field; anything else never was ONNX, and "damaged" would mislead.
  const firstTag = bytes[0]!;
  if (modelFields.get(firstTag >> 3) !== (firstTag & 7)) {
    throw new FormatError(
      'not-a-model',
      /\.onnx$/i.test(name)
        ? `${name} is not an ONNX model: its first bytes are not those of a ModelProto.`
        : `${name} is neither a table nor a model that opens.`,
      {
        place: { file: name, byteOffset: 0 },
        advice:
          'Models open as ONNX, LightGBM text, XGBoost JSON or UBJSON, and as MLflow folders (also as a zip) with one of them.',
      },
    );
  }
}

function refuseUselessGraph(file: OnnxFile, name: string): void {
  const { graph } = file;
  const lacking =
    file.irVersion < 1
      ? 'IR version'
      : file.opsets.length === 0
        ? 'operator set'
        : graph.nodes.length === 0
          ? 'node in its graph'
          : graph.outputs.length === 0
            ? 'output'
            : null;
  if (lacking === null) return;
  throw new FormatError('corrupt-model', `${name} is damaged: it has no ${lacking}.`, {
    place: { file: name },
    advice: 'Export or download the ONNX file again.',
  });
}

function externalDataNotices(file: OnnxFile): Notice[] {
  const tensors: readonly OnnxTensor[] = file.graph.initializers.filter((t) => t.externalLocation !== null);
  const [first] = tensors;
  if (first === undefined) return [];
  return [
    {
      code: 'external-data',
      message: `The weights are kept in a separate file (${first.externalLocation}), so this model cannot be run from this file alone. Save it as one file with onnx.save(model, path, save_as_external_data=False).`,
      count: tensors.length,
    },
  ];
}
