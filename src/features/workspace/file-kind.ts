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

const ZIP_START: readonly number[] = [0x50, 0x4b, 3, 4];

/** Bytes of UBJSON's whole numbers, by their mark. */
const UBJSON_LENGTHS: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8 };

/**
 * What a file is, from its first bytes (at most {@link HEAD_BYTES}). Cheap, never throws.
 *
 * An ONNX file is a protobuf ModelProto: it begins with field 1 (`ir_version`, a small integer), then another of its
 * fields. XGBoost's UBJSON is an object whose first key is one of two. A zip is a model folder, unless its first entry is
 * a table or the part of an office document, whose reader names it; a pickle is a model that is refused by name. Parquet,
 * Arrow, gzip and text are tables, except texts that begin as LightGBM or XGBoost models do; a line of JSON that ends
 * where the line ends is a row. Other binary content goes where the name says, so that a damaged model is called a
 * damaged model.
 */
export function fileKindOf(head: Uint8Array, name: string): FileKind {
  if (isOnnx(head) || isUbjson(head) || isPickle(head)) return 'model';
  if (isBinaryTable(head)) return 'table';
  if (startsWith(head, ZIP_START)) return holdsTable(head) ? 'table' : 'model';
  const namedModel = /\.(onnx|ubj|xgb|lgb|bst|model|pb|pkl|pickle|joblib|pth?|h5|keras|cbm|bin)$/i.test(name);
  if (head.includes(0)) return namedModel ? 'model' : 'table';
  const text = latin(head);
  if (isModelText(text)) return 'model';
  return namedModel && !/[\n,;\t]/.test(text.slice(0, 64)) ? 'model' : 'table';
}

function isOnnx(head: Uint8Array): boolean {
  const [tag, version, next] = head;
  if (tag !== 0x08 || version === undefined || version === 0 || version > 63) return false;
  // producer_name, producer_version, domain, model_version, doc_string, graph, opset_import, metadata_props
  return next !== undefined && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72].includes(next);
}

/** `{`, the type of the first key's length (i, U, I, l or L), that length, and the key. */
function isUbjson(head: Uint8Array): boolean {
  const lengthBytes = UBJSON_LENGTHS[String.fromCharCode(head[1] ?? 0)];
  if (head[0] !== 0x7b || lengthBytes === undefined) return false;
  const key = latin(head.subarray(2 + lengthBytes, 9 + lengthBytes));
  return key === 'learner' || key === 'version';
}

/** Protocols 2 to 5 begin with their number; an earlier one is text. */
function isPickle([mark, protocol]: Uint8Array): boolean {
  return mark === 0x80 && protocol !== undefined && protocol >= 2 && protocol <= 5;
}

function isBinaryTable(head: Uint8Array): boolean {
  // An Arrow stream begins with the mark of its first message and that message's length.
  const isArrowStream = startsWith(head, [0xff, 0xff, 0xff, 0xff]) && head.length >= 8;
  return isArrowStream || TABLE_STARTS.some((bytes) => startsWith(head, bytes));
}

/** Whether the first entry of a zip is a table or the part of an office document. Its name's length is at byte 26, the name at 30. */
function holdsTable(head: Uint8Array): boolean {
  const length = (head[26] ?? 0) + 256 * (head[27] ?? 0);
  const entry = latin(head.subarray(30, 30 + length));
  return /\.(csv|tsv|parquet|feather|arrow|jsonl|ndjson)$|^\[Content_Types\]|^(mimetype$|_rels\/|docProps\/|xl\/)/i.test(
    entry,
  );
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/**
 * LightGBM's first line, or that of its JSON dump; the two names that an XGBoost model's JSON begins with, unless the object
 * ends with its line.
 */
function isModelText(text: string): boolean {
  if (/^tree\r?\n(version|num_class)/.test(text) || /^\s*\{\s*"name"\s*:\s*"tree"\s*,\s*"version"/.test(text))
    return true;
  return /^\s*\{\s*"(learner|version)"\s*:/.test(text) && !/^\{.*\}\r?\n\s*\{/.test(text);
}
