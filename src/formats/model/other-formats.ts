/** A model (or table) format that this version recognises and does not read as a model. */
export interface OtherFormat {
  /** As in "This is {format}". */
  readonly format: string;
  /** What the user can do, as one sentence. */
  readonly advice: string;
}

/** Bytes looked at: enough for every signature below, cheap for files of any size. */
const HEAD_BYTES = 65_536;

const exportAdvice = {
  sklearn: 'Convert it to ONNX with skl2onnx (`to_onnx(model, X[:1])`) and open the .onnx file.',
  lightgbm: 'Convert it to ONNX with onnxmltools (`convert_lightgbm`) and open the .onnx file.',
  xgboost: 'Convert it to ONNX with onnxmltools (`convert_xgboost`) and open the .onnx file.',
  keras: 'Convert it to ONNX with tf2onnx and open the .onnx file.',
  torch: 'Export it with `torch.onnx.export` and open the .onnx file.',
  catboost: 'Save it with `model.save_model("model.onnx", format="onnx")` and open the .onnx file.',
  table: 'Open it as the table; a model comes as an .onnx file.',
  unpack: 'Unpack it and open the .onnx file inside.',
} as const;

/**
 * Names the format of bytes that are not ONNX, by their first bytes, or null when none is recognised.
 *
 * Never throws. Text of an unknown kind counts as a table when its first line holds a delimiter.
 * Sources: the formats' own specifications and files written by LightGBM 4.6, XGBoost 1.7 and 3.1, Keras 3, PyTorch 2.
 */
export function recogniseOtherFormat(bytes: Uint8Array): OtherFormat | null {
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  return recogniseBinary(bytes, head) ?? recogniseText(head);
}

function recogniseBinary(bytes: Uint8Array, head: string): OtherFormat | null {
  if (bytes[0] === 0x80 && isWithin(bytes[1], 2, 5)) {
    return { format: 'a Python pickle or joblib file', advice: exportAdvice.sklearn };
  }
  if (bytes[0] === 0x78 && (bytes[1] === 0x01 || bytes[1] === 0x9c || bytes[1] === 0xda)) {
    return { format: 'a compressed joblib file', advice: exportAdvice.sklearn };
  }
  if (head.startsWith('\x89HDF\r\n'))
    return { format: 'an HDF5 file (Keras .h5)', advice: exportAdvice.keras };
  if (head.startsWith('PK\x03\x04')) return recogniseZip(bytes, head);
  if (head.startsWith('\x1f\x8b')) return { format: 'a gzip file', advice: exportAdvice.unpack };
  if (head.startsWith('CBM1')) return { format: 'a CatBoost model', advice: exportAdvice.catboost };
  if (head.slice(4, 8) === 'TFL3') return { format: 'a TensorFlow Lite model', advice: exportAdvice.keras };
  if (head.slice(4, 8) === 'ORTM') {
    return { format: 'a model in the ORT format', advice: 'Open the .onnx file that it was made from.' };
  }
  if (head.startsWith('PAR1')) return { format: 'a Parquet table', advice: exportAdvice.table };
  if (head.startsWith('binf') || head.startsWith('bs64')) {
    return { format: 'an XGBoost model in the old binary form', advice: exportAdvice.xgboost };
  }
  // UBJSON writes a key as its length's type and length, so the second byte is never white space or a quote.
  if (/^\{[^\s"]/.test(head) && head.slice(0, 256).includes('learner')) {
    return { format: 'an XGBoost UBJSON model', advice: exportAdvice.xgboost };
  }
  if (isSavedModel(head)) return { format: 'a TensorFlow saved model', advice: exportAdvice.keras };
  return null;
}

/**
 * A SavedModel begins with schema version 1 and a graph message whose first field is a message again;
 * an ONNX file of IR version 1 has the producer's name, which is text, in that place.
 */
function isSavedModel(head: string): boolean {
  if (!head.startsWith('\x08\x01\x12')) return false;
  // The length before the inner message is a varint: bytes with the high bit set, then one without.
  let at = 3;
  while (head.charCodeAt(at) >= 0x80) at += 1;
  return head[at + 1] === '\n' && head.includes('serve');
}

function recogniseZip(bytes: Uint8Array, head: string): OtherFormat {
  const tail = latin1(bytes.subarray(Math.max(0, bytes.length - HEAD_BYTES)));
  const names = head + tail;
  if (names.includes('model.weights.h5'))
    return { format: 'a Keras model (.keras)', advice: exportAdvice.keras };
  if (names.includes('data.pkl')) return { format: 'a PyTorch model', advice: exportAdvice.torch };
  return { format: 'a zip archive', advice: exportAdvice.unpack };
}

function recogniseText(head: string): OtherFormat | null {
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^tree\r?\n(version=|num_class=)/.test(text))
    return { format: 'a LightGBM text model', advice: exportAdvice.lightgbm };
  if (text.startsWith('{') && text.includes('"learner"')) {
    return { format: 'an XGBoost JSON model', advice: exportAdvice.xgboost };
  }
  if (text.startsWith('{') && text.includes('"tree_info"')) {
    return { format: 'a LightGBM JSON dump', advice: exportAdvice.lightgbm };
  }
  if (/^<(\?xml[^>]*>\s*(<!--[\s\S]*?-->\s*)*)?<?PMML/.test(text)) {
    return { format: 'a PMML model', advice: 'Export the model as ONNX from the tool it was trained with.' };
  }
  const firstLine = text.split(/\r?\n/, 1)[0] ?? '';
  const isText = firstLine !== '' && ![...text].some(isControl);
  if (isText && /[,;\t|]/.test(firstLine) && !/^[{[<]/.test(text)) {
    return { format: 'a delimited text table', advice: exportAdvice.table };
  }
  return null;
}

/** A character that no text file holds: tabs, line ends and form feeds are none. */
function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 9 || isWithin(code, 14, 31);
}

function isWithin(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}

function latin1(bytes: Uint8Array): string {
  // In pieces: a call with 65,536 arguments is beyond what some engines allow.
  let text = '';
  for (let start = 0; start < bytes.length; start += 4096) {
    text += String.fromCharCode(...bytes.subarray(start, start + 4096));
  }
  return text;
}
