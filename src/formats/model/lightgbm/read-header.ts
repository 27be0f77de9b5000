import type { Fields } from './fields.ts';

/** The lines before the first tree. */
export interface LightgbmHeader {
  /** As in `v4`. */
  readonly version: string;
  /** Trees per iteration: margins per row. */
  readonly outputCount: number;
  readonly featureCount: number;
  readonly featureNames: readonly string[];
  /** Per feature `none`, `[min:max]` or its categories as `1:0:2`; null when the file has no such line. */
  readonly featureInfos: readonly string[] | null;
  /** In the file's words; null when it names none. */
  readonly objective: string | null;
}

export const headerKeys: ReadonlySet<string> = new Set([
  ...['version', 'num_class', 'num_tree_per_iteration', 'max_feature_idx', 'objective'],
  ...['feature_names', 'feature_infos'],
]);

const MAX_INT32 = 2_147_483_647;

/**
 * Reads the header. Its counts are checked against its lists, so none of them can ask for memory that the file does not
 * pay for; the number of outputs is checked against the trees once they are read.
 *
 * @throws {FormatError} `corrupt-model`
 */
export function readHeader(fields: Fields): LightgbmHeader {
  const outputs = fields.get('num_tree_per_iteration') ?? fields.require('num_class');
  const highest = fields.require('max_feature_idx');
  const featureCount = fields.integer(highest, 0, MAX_INT32 - 1) + 1;
  const objective = fields.get('objective');
  const featureNames = listOf(fields, 'feature_names', featureCount);
  if (featureNames === null) throw fields.damage('the line "feature_names=" is missing');
  const twice = firstRepeated(featureNames);
  if (twice !== null) throw fields.damage(`two features have the name "${twice}"`);
  return {
    version: fields.text(fields.require('version')).trim(),
    outputCount: fields.integer(outputs, 1, MAX_INT32),
    featureCount,
    featureNames,
    featureInfos: listOf(fields, 'feature_infos', featureCount),
    objective: objective === null ? null : fields.text(objective).trim(),
  };
}

function listOf(fields: Fields, key: string, count: number): readonly string[] | null {
  const field = fields.get(key);
  if (field === null) return null;
  const items = fields
    .text(field)
    .split(' ')
    .filter((item) => item !== '');
  if (items.length === count) return items;
  throw fields.damage(
    `"${key}" has ${items.length} entries, and the model has ${count} features`,
    field.line,
  );
}

function firstRepeated(names: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
