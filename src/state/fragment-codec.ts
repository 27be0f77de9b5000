/**
 * ViewState <-> URL fragment. A short state is written in readable keys, a long one (over 4 kB) deflated under `z`.
 * What equals the initial state is left out, and the order of keys is fixed, so that equal states give equal links.
 *
 *     demo=credit
 *     table=<sha256>:loans.csv     columns=<column>,...         model=<sha256>:model.onnx     score=<column>
 *     models=, joins=, beside=     see fragment-files.ts        readings=                     see fragment-readings.ts
 *     roles=<column>:<role>,...    map=<feature>:<column>,...   order=<column>,...
 *     target=<column>:<value>,...  (values are the positive ones)                             exclude=<value>,...
 *     split=<column>:<value>       scenario=, scenarios=, versus=                             see fragment-scenarios.ts
 *     recall=, precision=, fpr=, beta=, plateau=, capacity=  see fragment-strategies.ts   threshold=0.19  pinned=0.39
 *     view=, recalibrate=, bands=, cascade=, impact=         see fragment-decision-design.ts
 *     explain=                                               see fragment-explain.ts
 *
 * Links made before readings could be changed say `kinds=<column>:<kind>,...`; they still open.
 */
import type { ViewState } from '../contracts/saved-state.ts';
import type { Notice } from '../core/table/summary.ts';
import {
  decodeRecalibration,
  decodeView,
  encodeBands,
  encodeCascade,
  encodeImpact,
  parseBands,
  parseCascade,
  parseImpact,
} from './fragment-decision-design.ts';
import { encodeExplain, parseExplain } from './fragment-explain.ts';
import {
  decodeBeside,
  decodeFile,
  encodeBeside,
  encodeFile,
  encodeJoins,
  encodeModels,
  parseJoins,
  parseModels,
} from './fragment-files.ts';
import { encodeReadings, parseReadings } from './fragment-readings.ts';
import { parseRoles } from './fragment-roles.ts';
import { encodeScenario, parseScenario, parseScenarios } from './fragment-scenarios.ts';
import { encodeStrategies, parseStrategies, STRATEGY_KEYS } from './fragment-strategies.ts';
import {
  decodeAtom,
  decodeList,
  decodePair,
  decodePairs,
  encodeAtom,
  encodeList,
  encodePair,
  encodeRecord,
  pack,
  parseDecimal,
  unpack,
} from './fragment-text.ts';
import { initialChoices } from './workspace-store.ts';

/** Above this a link becomes unwieldy in mail and chat; ARCHITECTURE "URL state". */
const READABLE_LIMIT = 4096;

/** What a fragment says: the state, with initial values where it says nothing, and what could not be used. */
export interface DecodedFragment {
  readonly state: ViewState;
  readonly notices: readonly Notice[];
}

/**
 * The fragment (without `#`) that names a state; empty for the initial state. Deterministic.
 */
export function encodeFragment(state: ViewState): string {
  const text = encodeReadable(state);
  return text.length > READABLE_LIMIT ? `z=${pack(text)}` : text;
}

function encodeReadable(state: ViewState): string {
  const { demo, table, columns, model, scoreColumn, mapping, target, split, scenario, versus } = state;
  const parts: string[] = [];
  const put = (key: string, value: string | null): void => {
    if (value !== null) parts.push(`${key}=${value}`);
  };
  put('demo', demo === null ? null : encodeAtom(demo));
  put('table', table === null ? null : encodeFile(table));
  put('columns', columns === null ? null : encodeList(columns));
  put('model', model === null ? null : encodeFile(model));
  put('models', encodeModels(state.otherModels) || null);
  put('beside', state.besideForm === null ? null : encodeBeside(state.besideForm));
  put('score', scoreColumn === null ? null : encodeAtom(scoreColumn));
  put('roles', encodeRecord(state.roles) || null);
  put('readings', encodeReadings(state.readings) || null);
  put('joins', encodeJoins(state.joins) || null);
  put('map', encodeRecord(mapping.columnOf) || null);
  put('order', mapping.order === null ? null : encodeList(mapping.order));
  put('target', target === null ? null : `${encodeAtom(target.column)}:${encodeList(target.positive)}`);
  put('exclude', target === null ? null : encodeList(target.excluded) || null);
  put('split', split === null ? null : encodePair(split.column, split.value));
  put('scenario', scenario === null ? null : encodeScenario(scenario));
  put('scenarios', state.scenarios.map(encodeScenario).join(';') || null);
  put('versus', versus === null ? null : encodeScenario(versus));
  putDecision(state, put);
  return parts.join('&');
}

function putDecision(state: ViewState, put: (key: string, text: string | null) => void): void {
  const { strategies, threshold, pinned, thresholdsView, recalibration, bands, cascade, impact } = state;
  const number = (value: number | null): string | null => (value === null ? null : encodeAtom(String(value)));
  for (const [key, text] of encodeStrategies(strategies, initialChoices.strategies)) put(key, text);
  put('threshold', number(threshold));
  put('pinned', number(pinned));
  put('view', thresholdsView === initialChoices.thresholdsView ? null : thresholdsView);
  put('recalibrate', recalibration);
  put('bands', bands === null ? null : encodeBands(bands));
  put('cascade', cascade === null ? null : encodeCascade(cascade));
  put('impact', encodeImpact(impact, initialChoices.impact) || null);
  put('explain', encodeExplain(state.explain, initialChoices.explain) || null);
}

/**
 * The state that a fragment names (with or without its leading `#`). Never throws: a part that cannot be used becomes
 * a notice and keeps its initial value, everything else is used. The empty fragment is the initial state.
 */
export function decodeFragment(fragment: string): DecodedFragment {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  const reader = new PartReader();
  const parts = text.startsWith('z=') ? unpackedParts(text, reader) : partsOf(text, reader);
  return { state: decodeState(parts, reader), notices: reader.notices };
}

/** A damaged list of a thousand items says so in a few lines; the page under them stays in sight. */
const MOST_NOTICES = 12;

/** Collects what a fragment says that cannot be used. */
class PartReader {
  readonly notices: Notice[] = [];

  refuse(key: string, why: string): null {
    if (this.notices.length < MOST_NOTICES)
      this.notices.push({
        code: 'link-part-unused',
        message: `The link’s “${key}” ${why}; it was left out.`,
      });
    return null;
  }
}

const KEYS: ReadonlySet<string> = new Set([
  ...[
    'demo',
    'table',
    'columns',
    'model',
    'models',
    'beside',
    'score',
    'roles',
    'readings',
    'kinds',
    'joins',
    'map',
    'order',
  ],
  ...['target', 'exclude', 'split', 'scenario', 'scenarios', 'versus'],
  ...STRATEGY_KEYS,
  ...['threshold', 'pinned', 'view', 'recalibrate', 'bands', 'cascade', 'impact', 'explain'],
]);

function unpackedParts(text: string, reader: PartReader): Map<string, string> {
  const readable = unpack(text.slice(2));
  if (readable !== null) return partsOf(readable, reader);
  reader.notices.push({
    code: 'link-unreadable',
    message: 'The link was cut short or changed on its way and cannot be read. Ask for it again.',
  });
  return new Map();
}

function partsOf(text: string, reader: PartReader): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    if (!KEYS.has(key) || equals < 0) reader.refuse(shortened(key), 'is not something this version knows');
    else if (parts.has(key)) reader.refuse(key, 'is given twice, the second time');
    else parts.set(key, part.slice(equals + 1));
  }
  return parts;
}

/** Long nonsense is cut, so that a notice stays one line. */
function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function decodeState(parts: ReadonlyMap<string, string>, reader: PartReader): ViewState {
  const read = <T>(key: string, decode: (text: string) => T | null, why: string): T | null => {
    const text = parts.get(key);
    return text === undefined ? null : (decode(text) ?? reader.refuse(key, why));
  };
  const refused = reader.refuse.bind(reader);
  const text = (key: string): string => parts.get(key) ?? '';
  const { strategies, thresholdsView, impact, explain } = initialChoices;
  const model = read('model', decodeFile, 'is not a file’s hash and name');
  return {
    demo: read('demo', decodeDemo, 'is not the name of a demo'),
    table: read('table', decodeFile, 'is not a file’s hash and name'),
    columns: read('columns', decodeList, 'is not a list of columns'),
    model,
    otherModels: parseModels(text('models'), model, refused),
    besideForm: read('beside', decodeBeside, 'is neither a model’s hash nor a column'),
    scoreColumn: read('score', decodeAtom, 'is not a column name'),
    roles: parseRoles(text('roles'), refused),
    readings: parseReadings({ readings: text('readings'), kinds: text('kinds') }, refused),
    joins: parseJoins(text('joins'), refused),
    mapping: {
      columnOf: decodeColumnOf(text('map'), reader),
      order: read('order', decodeList, 'is not a list of columns'),
    },
    target: decodeTarget(parts, reader),
    split: read('split', decodeSplit, 'is not a column and a value'),
    scenario: read('scenario', parseScenario, 'is not a scenario'),
    scenarios: parseScenarios(text('scenarios'), refused),
    versus: read('versus', parseScenario, 'is not a scenario'),
    strategies: parseStrategies(parts, strategies, refused),
    threshold: read('threshold', decodeNumber, 'is not a number'),
    pinned: read('pinned', decodeNumber, 'is not a number'),
    thresholdsView: read('view', decodeView, 'is not a part of the page') ?? thresholdsView,
    recalibration: read('recalibrate', decodeRecalibration, 'is not a way to recalibrate'),
    bands: read('bands', parseBands, 'is not two cut-offs and a reviewer'),
    cascade: read('cascade', parseCascade, 'is not second scores, a band and costs'),
    impact: read('impact', (text) => parseImpact(text, impact), 'is not a floor or an investment') ?? impact,
    explain:
      read('explain', (text) => parseExplain(text, explain), 'is not a way to explain a model') ?? explain,
  };
}

function decodeNumber(atom: string): number | null {
  return parseDecimal(decodeAtom(atom));
}

/** A demo is a folder name that ends up in a request: letters, digits and hyphens only. */
function decodeDemo(text: string): string | null {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(text) ? text : null;
}

function decodeSplit(text: string): { column: string; value: string } | null {
  const pair = decodePair(text);
  return pair === null ? null : { column: pair[0], value: pair[1] };
}

function decodeTarget(parts: ReadonlyMap<string, string>, reader: PartReader): ViewState['target'] {
  const text = parts.get('target');
  const excluded =
    decodeList(parts.get('exclude') ?? '') ?? reader.refuse('exclude', 'is not a list of values');
  if (text === undefined) return null;
  const colon = text.indexOf(':');
  const column = colon < 0 ? null : decodeAtom(text.slice(0, colon));
  const positive = colon < 0 ? null : decodeList(text.slice(colon + 1));
  if (column === null || positive === null)
    return reader.refuse('target', 'is not a column and its positive values');
  return { column, positive, excluded: (excluded ?? []).filter((value) => !positive.includes(value)) };
}

function decodeColumnOf(text: string, reader: PartReader): Readonly<Record<string, string>> {
  const pairs = decodePairs(text).filter(
    (pair) => pair !== null || reader.refuse('map', 'has a broken pair'),
  );
  return Object.fromEntries(pairs.filter((pair) => pair !== null));
}
