/** Telling a table from a model by what is in the file; the name decides only when the content says nothing. */

export type FileKind = 'table' | 'model';

/** As many bytes as the decision looks at. */
export const HEAD_BYTES = 4096;

/**
 * What a file is, from its first bytes (at most {@link HEAD_BYTES}). Cheap, never throws.
 *
 * An ONNX file is a protobuf ModelProto: it begins with field 1 (`ir_version`, a small integer), then another of its
 * fields. Gzip and text are tables, except texts that begin as LightGBM or XGBoost models do, which then are refused
 * by name. Other binary content goes where the name says, so that a damaged model is called a damaged model.
 */
export function fileKindOf(head: Uint8Array, name: string): FileKind {
  if (isOnnx(head)) return 'model';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'table';
  const namedModel = /\.(onnx|ubj|pb|pkl|joblib|pt|bin)$/i.test(name);
  if (head.includes(0)) return namedModel ? 'model' : 'table';
  const start = Array.from(head.subarray(0, 64), (byte) => String.fromCharCode(byte)).join('');
  if (/^tree\r?\n(version|num_class)/.test(start) || /^\s*\{\s*"(learner|version)"\s*:/.test(start))
    return 'model';
  return namedModel && !/[\n,;\t]/.test(start) ? 'model' : 'table';
}

function isOnnx(head: Uint8Array): boolean {
  const [tag, version, next] = head;
  if (tag !== 0x08 || version === undefined || version === 0 || version > 63) return false;
  // producer_name, producer_version, domain, model_version, doc_string, graph, opset_import, metadata_props
  return next !== undefined && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72].includes(next);
}
