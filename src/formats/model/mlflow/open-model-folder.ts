import { FormatError } from '../../../core/errors.ts';
import type { ModelPackage } from '../../../core/model/signature.ts';
import { decodedNative } from '../decode-native.ts';
import { openSingleFile } from '../open-single-file.ts';
import type { NativeModel, OpenedModel } from '../opened-model.ts';
import { recogniseZipEntries, refuseOtherFormat } from '../other-formats.ts';
import { readFlavors, saveAdvice, unreadFlavor } from './flavors.ts';
import { type Mlmodel, readMlmodel } from './read-mlmodel.ts';
import { cleanPath } from './unpack-zip.ts';

/** Files by their path from the folder, with `/`. */
type Files = ReadonlyMap<string, Uint8Array>;

/** Files of a folder that are named in a message. */
const MOST_NAMED = 5;

/**
 * Opens the model in a folder: the one that the file MLmodel of an MLflow model names, in the folder itself or below it;
 * without MLmodel the one file that is a model.
 *
 * A folder with MLmodel fills `package`. An ONNX file's weights in other files are read beside it. Features that the
 * model file does not name take the names of the folder's signature, when it has as many columns; a notice says so.
 *
 * @param given files by their path within the folder
 * @param name  of the folder or archive, for messages and as the model's name
 * @throws {FormatError} `not-a-model` naming what the folder holds instead, or the models when there are several;
 *   `corrupt-model` for damaged files and ones that are missing; others as the format's reader does
 */
export function openModelFolder(given: Files, name: string): OpenedModel {
  const files = new Map(Array.from(given, ([path, bytes]) => [cleanPath(path, name), bytes]));
  const described = findMlmodel(files, name);
  if (described === null) return renamed(openOnlyModel(files, name), name);
  const folder = described.slice(0, described.length - 'MLmodel'.length);
  const mlmodel = readMlmodel(files.get(described)!, `${name}/${described}`);
  const { flavor, path } = modelFileOf(mlmodel, folder, name);
  const opened = openFlavor(files, path, flavor, name);
  const { mlflowVersion, runId, createdAt } = mlmodel;
  return {
    ...withSignatureNames(renamed(opened, name), mlmodel.inputNames),
    package: { dataPath: path, flavor, mlflowVersion, runId, createdAt } satisfies ModelPackage,
  };
}

/** The path of the one MLmodel that lies highest; null when there is none. */
function findMlmodel(files: Files, name: string): string | null {
  const depthOf = (path: string) => path.split('/').length;
  const found = [...files.keys()].filter((path) => path === 'MLmodel' || path.endsWith('/MLmodel'));
  const highest = Math.min(...found.map(depthOf));
  const paths = found.filter((path) => depthOf(path) === highest);
  if (paths.length > 1) throw several(name, 'model folders', paths);
  return paths[0] ?? null;
}

function several(name: string, what: string, paths: readonly string[]): FormatError {
  return new FormatError('not-a-model', `${name} holds ${paths.length} ${what}: ${listed(paths)}.`, {
    place: { file: name },
    advice: 'Open one of them.',
  });
}

function listed(paths: readonly string[]): string {
  const shown = [...paths].sort().slice(0, MOST_NAMED).join(', ');
  return paths.length > MOST_NAMED ? `${shown} and ${paths.length - MOST_NAMED} more` : shown;
}

function modelFileOf(mlmodel: Mlmodel, folder: string, name: string): { flavor: string; path: string } {
  for (const flavor of readFlavors) {
    const data = mlmodel.flavors.get(flavor)?.data ?? null;
    if (data !== null) return { flavor, path: cleanPath(folder + data, name) };
  }
  const loader = mlmodel.flavors.get('python_function')?.loader ?? null;
  const { named, advice } = unreadFlavor([...mlmodel.flavors.keys()], loader);
  throw new FormatError('not-a-model', `${name} holds ${named}, which is not opened as a model.`, {
    place: { file: name },
    advice,
  });
}

function openFlavor(files: Files, path: string, flavor: string, name: string): OpenedModel {
  const bytes = files.get(path);
  if (bytes === undefined) {
    throw new FormatError('corrupt-model', `${name} lacks ${path}, which its MLmodel names as the model.`, {
      place: { file: name },
      advice: 'Bring the whole folder.',
    });
  }
  try {
    return openSingleFile(bytes, `${name}/${path}`, siblingsOf(files, path));
  } catch (error) {
    const advice = saveAdvice[flavor];
    if (!(error instanceof FormatError && error.code === 'not-a-model') || advice === undefined) throw error;
    throw new FormatError('not-a-model', error.message, { place: error.place, advice, cause: error });
  }
}

/** Files by their path from the folder of a file. */
function siblingsOf(files: Files, path: string): (sibling: string) => Uint8Array | null {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return (sibling) => files.get(folder + sibling.replace(/^(\.\/)+/, '')) ?? null;
}

/** The one file of a folder without MLmodel that opens as a model. */
function openOnlyModel(files: Files, name: string): OpenedModel {
  refuseOtherFormat(recogniseZipEntries([...files.keys()]), name);
  const opened = new Map<string, OpenedModel>();
  const refused: FormatError[] = [];
  for (const [path, bytes] of files) {
    try {
      opened.set(path, openSingleFile(bytes, `${name}/${path}`, siblingsOf(files, path)));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused.push(error);
    }
  }
  if (opened.size > 1) throw several(name, 'models', [...opened.keys()]);
  const [model] = opened.values();
  if (model !== undefined) return model;
  // A damaged model is worth its own message; so is the only file there is.
  const telling = refused.find(({ code }) => code !== 'not-a-model' && code !== 'empty-file');
  if (telling !== undefined || refused.length === 1) throw telling ?? refused[0]!;
  throw new FormatError(
    'not-a-model',
    `${name} holds no model: ${listed([...files.keys()]) || 'it is empty'}.`,
    {
      place: { file: name },
      advice: 'Bring an MLflow model folder, or an ONNX, LightGBM or XGBoost file.',
    },
  );
}

function renamed(opened: OpenedModel, name: string): OpenedModel {
  return opened.format === 'onnx'
    ? { ...opened, name, onnx: { ...opened.onnx, name } }
    : { ...opened, name, native: { ...opened.native, name } };
}

function withSignatureNames(opened: OpenedModel, names: readonly string[] | null): OpenedModel {
  if (opened.format === 'onnx' || names === null || names.length !== opened.native.features.length)
    return opened;
  if (opened.native.features.some(({ name }) => name !== null)) return opened;
  const native: NativeModel = {
    ...opened.native,
    features: opened.native.features.map((feature, j) => ({ ...feature, name: names[j]! })),
    notices: [
      ...opened.native.notices,
      {
        code: 'names-from-signature',
        message: `The model file does not name its ${names.length} features; their names are those of the signature in MLmodel, in its order.`,
      },
    ],
  };
  return { ...opened, native, decoded: decodedNative(native) };
}
