/** Telling a table from a model by what is in the file; the name decides only when the content says nothing. */

export type FileKind = 'table' | 'model';

/** As many bytes as the decision looks at. */
export const HEAD_BYTES = 4096;

/** First bytes of table files that are no text: Parquet, an Arrow file, gzip. */
const TABLE_STARTS: readonly (readonly number[])[] = [
  [...'PAR1'].map((letter) => letter.charCodeAt(0)),
  [...'PARE'].map((letter) => letter.charCodeAt(0)),
  [...'ARROW1'].map((letter) => letter.charCodeAt(0)),
  [0x1f, 0x8b],
];

/**
 * What a file is, from its first bytes (at most {@link HEAD_BYTES}). Cheap, never throws.
 *
 * An ONNX file is a protobuf ModelProto: it begins with field 1 (`ir_version`, a small integer), then another of its
 * fields. Parquet, Arrow, gzip and text are tables, except texts that begin as LightGBM or XGBoost models do, which then
 * are refused by name; a line of JSON that ends where the line ends is a row. Other binary content goes where the name
 * says, so that a damaged model is called a damaged model.
 */
export function fileKindOf(head: Uint8Array, name: string): FileKind {
  if (isOnnx(head)) return 'model';
  if (isBinaryTable(head)) return 'table';
  const namedModel = /\.(onnx|ubj|pb|pkl|joblib|pt|bin)$/i.test(name);
  if (head.includes(0)) return namedModel ? 'model' : 'table';
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join('');
  if (isModelText(text)) return 'model';
  return namedModel && !/[\n,;\t]/.test(text.slice(0, 64)) ? 'model' : 'table';
}

function isOnnx(head: Uint8Array): boolean {
  const [tag, version, next] = head;
  if (tag !== 0x08 || version === undefined || version === 0 || version > 63) return false;
  // producer_name, producer_version, domain, model_version, doc_string, graph, opset_import, metadata_props
  return next !== undefined && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72].includes(next);
}

function isBinaryTable(head: Uint8Array): boolean {
  const startsWith = (bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  // An Arrow stream begins with the mark of its first message and that message's length.
  const isArrowStream = startsWith([0xff, 0xff, 0xff, 0xff]) && head.length >= 8;
  return isArrowStream || TABLE_STARTS.some(startsWith);
}

/** LightGBM's first line, or the two names that an XGBoost model's JSON begins with, unless the object ends with its line. */
function isModelText(text: string): boolean {
  if (/^tree\r?\n(version|num_class)/.test(text)) return true;
  return /^\s*\{\s*"(learner|version)"\s*:/.test(text) && !/^\{.*\}\r?\n\s*\{/.test(text);
}
