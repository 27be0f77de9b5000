import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import type { TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { decodeLatin1 } from '../decode-text.ts';
import type { NativeModel } from '../opened-model.ts';
import { EnsembleBuilder } from './build-ensemble.ts';
import { damagedFile } from './damaged-file.ts';
import { Fields } from './fields.ts';
import { nativeFeatures } from './native-features.ts';
import { parsePandasCategories } from './pandas-categories.ts';
import { headerKeys, type LightgbmHeader, readHeader } from './read-header.ts';
import { readObjective } from './read-objective.ts';
import { readTrailer, type Trailer } from './read-trailer.ts';
import { readTree, treeKeys } from './read-tree.ts';
import { TextLines } from './text-lines.ts';

/** Versions of the text format that are read; they say the same in the same words. */
const readVersions: ReadonlySet<string> = new Set(['v2', 'v3', 'v4']);

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * Tells from the first bytes whether a file is a LightGBM text model: the line `tree`, then a line of its header.
 *
 * @param head the first bytes of the file, 64 or more are enough
 * Never throws. False for an empty head.
 */
export function matchLightgbm(head: Uint8Array): boolean {
  const start = textStart(head);
  return /^tree\r?\n(version|num_class)=/.test(decodeLatin1(head.subarray(start, start + 32)));
}

/**
 * Opens a LightGBM text model (versions v2 to v4) with every kind of split, missing value, leaf and objective.
 *
 * @param bytes the whole file; not kept
 * @param name  file name, for messages
 * @throws {FormatError} `empty-file`; `not-a-model` for other content; `corrupt-model` with the tree and line where the
 *   file stops being what the format says, also when it is cut short; `unknown-format` for versions that are not read;
 *   `unsupported-type` when it cannot be told to which columns its categories belong. Any bytes open or throw one of
 *   these, nothing else.
 * Memory is bounded by the file's size: no number in it is believed before as many values were found. O(file size).
 * Source: LightGBM 4.6 `gbdt_model_text.cpp`, `tree.cpp`, `basic.py`.
 */
export function openLightgbm(bytes: Uint8Array, name: string): NativeModel {
  refuseOtherContent(bytes, name);
  const lines = new TextLines(bytes, textStart(bytes));
  lines.next();
  const { header, isAveraged } = readHeaderLines(lines, name);
  const builder = readTrees(lines, name, header.featureCount);
  const trailer = readTrailer(lines, name);
  const { outputCount, featureCount } = header;
  if (builder.treeCount === 0) throw damagedFile(name, 'it holds no trees');
  if (builder.treeCount % outputCount !== 0) {
    const what = `it holds ${builder.treeCount} trees, which is no multiple of its ${outputCount} per iteration`;
    throw damagedFile(name, what);
  }
  const objective = readObjective(header.objective, outputCount);
  if (typeof objective === 'string') throw damagedFile(name, objective);
  const { link, classCount } = objective;
  const ensemble = builder.build({ featureCount, outputCount, classCount, isAveraged, link });
  return {
    name,
    byteLength: bytes.length,
    formatName: `LightGBM text (${header.version})`,
    producer: 'LightGBM',
    objective: header.objective === null || header.objective === '' ? 'custom' : header.objective,
    features: featuresOf(header, ensemble, trailer, name),
    classLabels: classCount === 0 ? null : Array.from({ length: classCount }, (_, label) => String(label)),
    ensemble,
    notices: [...objective.notices, ...nameNotices(header)],
  };
}

function textStart(bytes: Uint8Array): number {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
}

function refuseOtherContent(bytes: Uint8Array, name: string): void {
  if (bytes.length === 0) {
    throw new FormatError('empty-file', `"${name}" is empty.`, {
      place: { file: name },
      advice: 'Save the model again with `booster.save_model("model.txt")`.',
    });
  }
  if (matchLightgbm(bytes.subarray(0, 64))) return;
  throw new FormatError('not-a-model', `"${name}" is not a LightGBM text model.`, {
    place: { file: name },
    advice:
      'A LightGBM model is saved with `booster.save_model("model.txt")` and begins with the line "tree".',
  });
}

/** Reads up to the first tree, whose line is then the current one. */
function readHeaderLines(lines: TextLines, name: string): { header: LightgbmHeader; isAveraged: boolean } {
  const fields = new Fields(name, lines.bytes, headerKeys, null);
  let isAveraged = false;
  while (lines.next() && !lines.startsWith('Tree=') && !lines.is('end of trees')) {
    isAveraged ||= lines.is('average_output');
    const field = lines.field();
    if (field !== null) fields.add(field);
  }
  const version = fields.get('version');
  const said = version === null ? 'none' : fields.text(version).trim();
  if (!readVersions.has(said)) {
    throw new FormatError(
      'unknown-format',
      `"${name}" is a LightGBM model of ${version === null ? 'no stated version' : `version "${said.slice(0, 40)}"`}; Cutline reads v2, v3 and v4.`,
      {
        place: { file: name, ...(version === null ? {} : { line: version.line }) },
        advice: 'Load it with LightGBM 4 and save it again with `booster.save_model("model.txt")`.',
      },
    );
  }
  return { header: readHeader(fields), isAveraged };
}

/** Reads all trees, from the current line to `end of trees`. */
function readTrees(lines: TextLines, name: string, featureCount: number): EnsembleBuilder {
  const builder = new EnsembleBuilder();
  while (lines.startsWith('Tree=')) {
    const node = `tree ${builder.treeCount}`;
    if (!lines.is(`Tree=${builder.treeCount}`)) {
      const what = `line ${lines.line} begins "${lines.beginning()}" where tree ${builder.treeCount} should begin`;
      throw damagedFile(name, what, { line: lines.line });
    }
    const fields = new Fields(name, lines.bytes, treeKeys, node);
    while (lines.next() && !lines.startsWith('Tree=') && !lines.is('end of trees')) {
      if (lines.isBlank()) continue;
      const field = lines.field();
      if (field === null) {
        if (lines.isLast()) throw cutShort(lines, name, builder.treeCount);
        throw fields.damage('there is a line that says nothing', lines.line);
      }
      fields.add(field);
    }
    // The last tree of a file that lacks its end lacks lines of its own, too: that they are missing is no news.
    if (lines.isAtEnd()) throw cutShort(lines, name, builder.treeCount);
    const wrong = builder.add(readTree(fields, featureCount));
    if (wrong !== null) throw fields.damage(wrong);
  }
  if (lines.is('end of trees')) return builder;
  throw cutShort(lines, name, 0);
}

function cutShort({ line }: TextLines, name: string, tree: number): FormatError {
  return damagedFile(name, `it is cut short: it ends within tree ${tree}`, { line });
}

function featuresOf(
  header: LightgbmHeader,
  ensemble: TreeEnsemble,
  { pandasCategories, categoricalFeatures }: Trailer,
  name: string,
): NativeModel['features'] {
  const lists = pandasCategories === null ? [] : parsePandasCategories(pandasCategories.text);
  if (lists === null) {
    throw damagedFile(name, '"pandas_categorical" is not a list of lists of categories', {
      line: pandasCategories?.line ?? 0,
    });
  }
  const features = nativeFeatures(header, ensemble, lists, categoricalFeatures);
  if (features !== null) return features;
  throw new FormatError(
    'unsupported-type',
    `"${name}" lists the categories of ${lists.length === 1 ? 'one column' : `${lists.length} columns`} but does not say of which.`,
    {
      place: { file: name },
      advice:
        'Train on unordered pandas categories with categorical_feature="auto", or turn categories into numbers before training.',
    },
  );
}

function nameNotices({ featureNames }: LightgbmHeader): readonly Notice[] {
  const garbled = featureNames.filter((name) => name.includes('\uFFFD'));
  if (garbled.length === 0) return [];
  const message = `${garbled.length} feature names are not UTF-8 text ("${garbled[0]}"), so they match no column by themselves.`;
  return [{ code: 'garbled-names', message, count: garbled.length }];
}
