import { FormatError } from '../../core/errors.ts';
import { decodeLatin1 } from './decode-text.ts';
import { matchXgboost } from './xgboost/match-xgboost.ts';

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
  pickle:
    'Save the model itself: LightGBM with `model.booster_.save_model("model.txt")`, XGBoost with `model.get_booster().save_model("model.json")`, scikit-learn as ONNX with skl2onnx (`to_onnx(model, X[:1])`).',
  lightgbm: 'Save the model itself: `booster.save_model("model.txt")`.',
  xgboost: 'Save the model itself: `booster.save_model("model.json")`.',
  json: 'A model is saved with `booster.save_model("model.json")` in XGBoost and `booster.save_model("model.txt")` in LightGBM.',
  keras: 'Convert it to ONNX with tf2onnx and open the .onnx file.',
  torch: 'Export it with `torch.onnx.export` and open the .onnx file.',
  catboost: 'Save it with `model.save_model("model.onnx", format="onnx")` and open the .onnx file.',
  table: 'Open it as the table; a model is an ONNX, LightGBM or XGBoost file, or an MLflow model folder.',
} as const;

/**
 * Old binary forms of XGBoost: names at the beginning, or 136 bytes of parameters followed by the objective, with its
 * length in 8 bytes before it (`model.xgb` of MLflow with XGBoost up to 2.0).
 */
const OLD_XGBOOST = /^(binf|bs64|CONFIG-offset:|[\s\S]{137}\0{7}(binary|reg|multi|count|rank|survival):)/;

/**
 * Names the format of bytes that no reader of models takes, by their first bytes, or null when none is recognised: then
 * the bytes may be a model. What a zip holds is told by {@link recogniseZipEntries}.
 *
 * Never throws. Text of an unknown kind counts as a table when its first line holds a delimiter.
 * Sources: the formats' own specifications and files written by LightGBM 4.6, XGBoost 1.7 and 3.1, Keras 3, PyTorch 2.
 */
export function recogniseOtherFormat(bytes: Uint8Array): OtherFormat | null {
  const head = decodeLatin1(bytes.subarray(0, HEAD_BYTES));
  return recogniseBinary(bytes, head) ?? recogniseText(bytes, head);
}

/**
 * Refuses a recognised format by name, with what to do; does nothing for null.
 *
 * @param name file name, for messages
 * @throws {FormatError} `not-a-model`
 */
export function refuseOtherFormat(other: OtherFormat | null, name: string): void {
  if (other === null) return;
  throw new FormatError('not-a-model', `${name} is ${other.format}, which is not opened as a model.`, {
    place: { file: name },
    advice: other.advice,
  });
}

function recogniseBinary(bytes: Uint8Array, head: string): OtherFormat | null {
  if (bytes[0] === 0x80 && isWithin(bytes[1], 2, 5)) {
    return { format: 'a Python pickle or joblib file', advice: exportAdvice.pickle };
  }
  if (bytes[0] === 0x78 && (bytes[1] === 0x01 || bytes[1] === 0x9c || bytes[1] === 0xda)) {
    return { format: 'a compressed joblib file', advice: exportAdvice.pickle };
  }
  if (head.startsWith('\x89HDF\r\n'))
    return { format: 'an HDF5 file (Keras .h5)', advice: exportAdvice.keras };
  if (head.startsWith('\x1f\x8b'))
    return { format: 'a gzip file', advice: 'Unpack it and open the model inside.' };
  if (head.startsWith('CBM1')) return { format: 'a CatBoost model', advice: exportAdvice.catboost };
  if (head.slice(4, 8) === 'TFL3') return { format: 'a TensorFlow Lite model', advice: exportAdvice.keras };
  if (head.slice(4, 8) === 'ORTM') {
    return { format: 'a model in the ORT format', advice: 'Open the .onnx file that it was made from.' };
  }
  if (head.startsWith('PAR1')) return { format: 'a Parquet table', advice: exportAdvice.table };
  if (OLD_XGBOOST.test(head)) {
    return { format: 'an XGBoost model in the old binary form', advice: exportAdvice.xgboost };
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

/**
 * Names the model that a zip is, by the paths of its entries, or null when it is none of its own: then it may hold one.
 */
export function recogniseZipEntries(paths: readonly string[]): OtherFormat | null {
  const holds = (name: string) => paths.some((path) => path === name || path.endsWith(`/${name}`));
  if (holds('model.weights.h5')) return { format: 'a Keras model (.keras)', advice: exportAdvice.keras };
  if (holds('data.pkl') && holds('version')) return { format: 'a PyTorch model', advice: exportAdvice.torch };
  if (holds('saved_model.pb')) return { format: 'a TensorFlow saved model', advice: exportAdvice.keras };
  return null;
}

function recogniseText(bytes: Uint8Array, head: string): OtherFormat | null {
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    return {
      format: 'a pointer of Git LFS, not the file it points to',
      advice: 'Fetch the file itself with `git lfs pull` and open it then.',
    };
  }
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(text)) {
    return {
      format: 'a web page (HTML)',
      advice:
        'The download gave a page instead of the file, often that of a login or an error: download it again.',
    };
  }
  if (/^\[?\s*\{/.test(text) && text.includes('"tree_info"') && !text.includes('"learner"')) {
    return { format: 'a LightGBM JSON dump', advice: exportAdvice.lightgbm };
  }
  if (/^\[\s*\{\s*"nodeid"/.test(text) || /^booster\[\d+\]:?\s/.test(text)) {
    return { format: 'the dump of an XGBoost model', advice: exportAdvice.xgboost };
  }
  if (/^(\{[\s"}]|\[[\s"[{\]\d-])/.test(text) && matchXgboost(bytes) === null) {
    return { format: 'JSON without a model in it', advice: exportAdvice.json };
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
