import { parseDocument } from 'yaml';
import { FormatError } from '../../../core/errors.ts';
import { decodeText } from '../decode-text.ts';

/** Real files have some kilobytes, with thousands of columns in the signature some hundred. */
const MAX_BYTES = 2_000_000;

/** What the file MLmodel of a folder says, as far as it is of use here. */
export interface Mlmodel {
  /** By name; of each where its model file lies, relative to the folder, and the Python class, where said. */
  readonly flavors: ReadonlyMap<string, { readonly data: string | null; readonly loader: string | null }>;
  readonly mlflowVersion: string | null;
  readonly runId: string | null;
  readonly createdAt: string | null;
  /** Names of the signature's columns, in order; null when it has none, or speaks of tensors. */
  readonly inputNames: readonly string[] | null;
}

/**
 * Reads the file MLmodel, which is YAML.
 *
 * @param name the folder and path, for messages
 * @throws {FormatError} `too-large` above 2 MB; `corrupt-model` when it is not YAML or names no flavor
 * Source: MLflow 2.17 and 3.5, "MLflow Model format". Values are taken as texts, so that a run id of digits stays one.
 */
export function readMlmodel(bytes: Uint8Array, name: string): Mlmodel {
  if (bytes.length > MAX_BYTES) {
    throw new FormatError('too-large', `${name} is larger than 2 MB, which no description of a model is.`, {
      place: { file: name },
      advice: 'Bring the model file itself.',
    });
  }
  const root = asRecord(parseYaml(bytes, name));
  const flavors = Object.entries(asRecord(root.flavors)).map(([flavor, value]) => {
    const { data, loader_module: loader } = asRecord(value);
    return [flavor, { data: asText(data), loader: asText(loader) }] as const;
  });
  if (flavors.length === 0) throw damaged(name, 'it names no flavor');
  return {
    flavors: new Map(flavors),
    mlflowVersion: asText(root.mlflow_version),
    runId: asText(root.run_id),
    createdAt: asText(root.utc_time_created),
    inputNames: namesOf(asText(asRecord(root.signature).inputs)),
  };
}

function damaged(name: string, reason: string, cause?: unknown): FormatError {
  return new FormatError('corrupt-model', `${name} is damaged: ${reason}.`, {
    place: { file: name },
    advice: 'Log or download the model again, or bring the model file itself.',
    cause,
  });
}

function parseYaml(bytes: Uint8Array, name: string): unknown {
  try {
    const document = parseDocument(decodeText(bytes), {
      schema: 'failsafe',
      prettyErrors: false,
      logLevel: 'silent',
    });
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS({ maxAliasCount: 10 });
  } catch (cause) {
    throw damaged(name, 'it is not YAML', cause);
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== 'null' ? value : null;
}

/** The signature's inputs are JSON within the YAML: columns with names, or tensors. */
function namesOf(inputs: string | null): readonly string[] | null {
  if (inputs === null) return null;
  try {
    const columns: unknown = JSON.parse(inputs);
    if (!Array.isArray(columns) || columns.length === 0) return null;
    const names = columns.map((column: unknown) => {
      const { name, type } = asRecord(column);
      return typeof name === 'string' && type !== 'tensor' ? name : null;
    });
    return names.every((name) => name !== null) ? names : null;
  } catch {
    // A signature is a help, not a need: the model file is read without it.
    return null;
  }
}
