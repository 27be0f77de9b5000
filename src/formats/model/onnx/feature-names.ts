import type { OnnxModel } from './onnx-model.ts';

/** Keys of `metadata_props` under which exporters and users put the names, once case and separators are dropped. */
const featureNameKeys: ReadonlySet<string> = new Set([
  'featurenames',
  'featurenamesin',
  'features',
  'columns',
  'columnnames',
  'inputfeatures',
  'inputnames',
]);

/**
 * Names of the features of a model with one matrix input, from the file's metadata; null when it carries none.
 *
 * Accepted: a JSON array of strings, or names separated by commas, with as many names as the matrix has columns (any
 * number when the file does not say how many). Names must differ. Never throws.
 */
export function featureNames(model: OnnxModel): readonly string[] | null {
  const [input, ...others] = model.inputs;
  if (input === undefined || others.length > 0 || input.type.kind !== 'tensor') return null;
  const width = input.type.dims?.at(-1) ?? null;
  for (const { key, value } of model.file.metadata) {
    if (!featureNameKeys.has(key.toLowerCase().replace(/[\s_-]/g, ''))) continue;
    const names = parseNames(value);
    const fits = width === null || names.length === width;
    if (fits && names.length > 0 && new Set(names).size === names.length) return names;
  }
  return null;
}

function parseNames(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every((name) => typeof name === 'string')) return parsed;
    return [];
  } catch {
    // Not JSON: names separated by commas.
    return text.split(',').map((name) => name.trim());
  }
}
