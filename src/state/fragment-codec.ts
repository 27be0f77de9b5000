/**
 * ViewState <-> URL fragment. A short state is written in readable keys, a long one (over 4 kB) deflated under `z`.
 * What equals the initial state is left out, and the order of keys is fixed, so that equal states give equal links.
 *
 *     demo=credit
 *     table=<sha256>:loans.csv     model=<sha256>:model.onnx     score=<column>
 *     roles=<column>:<role>,...    kinds=<column>:<kind>,...    map=<feature>:<column>,...    order=<column>,...
 *     target=<column>:<value>,...  (values are the positive ones)                 exclude=<value>,...
 *     split=<column>:<value>       scenario=lending,amount:<column>,lossRate:0.8,reviewCost:50,...
 *     recall=0.75  precision=0.6  capacity=500  (parameters of the strategies)   threshold=0.19  pinned=0.39
 */
import type { ViewState } from '../contracts/saved-state.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { Notice } from '../core/table/summary.ts';
import { parseKinds, parseRoles, parseScenarioPart } from './fragment-parts.ts';
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
  const { demo, table, model, scoreColumn, roles, mapping, target, split, scenario, strategies } = state;
  const parts: string[] = [];
  const put = (key: string, value: string | null): void => {
    if (value !== null) parts.push(`${key}=${value}`);
  };
  put('demo', demo === null ? null : encodeAtom(demo));
  put('table', table === null ? null : encodePair(table.id, table.name));
  put('model', model === null ? null : encodePair(model.id, model.name));
  put('score', scoreColumn === null ? null : encodeAtom(scoreColumn));
  put('roles', encodeRecord(roles) || null);
  put('kinds', encodeRecord(state.kinds) || null);
  put('map', encodeRecord(mapping.columnOf) || null);
  put('order', mapping.order === null ? null : encodeList(mapping.order));
  put('target', target === null ? null : `${encodeAtom(target.column)}:${encodeList(target.positive)}`);
  put('exclude', target === null ? null : encodeList(target.excluded) || null);
  put('split', split === null ? null : encodePair(split.column, split.value));
  put('scenario', scenario === null ? null : encodeScenario(scenario));
  const initial = initialChoices.strategies;
  const number = (value: number | null, initialValue: number | null): string | null =>
    value === null || value === initialValue ? null : encodeAtom(String(value));
  put('recall', number(strategies.recallAtLeast, initial.recallAtLeast));
  put('precision', number(strategies.precisionAtLeast, initial.precisionAtLeast));
  put('capacity', number(strategies.capacity, initial.capacity));
  put('threshold', number(state.threshold, null));
  put('pinned', number(state.pinned, null));
  return parts.join('&');
}

function encodeScenario(scenario: Scenario): string {
  const amount =
    'column' in scenario.amount
      ? encodePair('amount', scenario.amount.column)
      : encodePair('constant', String(scenario.amount.constant));
  return [
    scenario.template,
    amount,
    encodePair('lossRate', String(scenario.lossRate)),
    encodePair('reviewCost', String(scenario.reviewCost)),
    ...(scenario.name === '' ? [] : [encodePair('name', scenario.name)]),
    ...(scenario.currency === '' ? [] : [encodePair('currency', scenario.currency)]),
  ].join(',');
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

/** Collects what a fragment says that cannot be used. */
class PartReader {
  readonly notices: Notice[] = [];

  refuse(key: string, why: string): null {
    this.notices.push({ code: 'link-part-unused', message: `The link’s “${key}” ${why}; it was left out.` });
    return null;
  }
}

const KEYS = new Set(
  'demo table model score roles kinds map order target exclude split scenario recall precision capacity threshold pinned'.split(
    ' ',
  ),
);

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
  const share = (text: string): number | null => inRange(decodeNumber(text), 0, 1);
  const initial = initialChoices.strategies;
  return {
    demo: read('demo', decodeDemo, 'is not the name of a demo'),
    table: read('table', decodeFile, 'is not a file’s hash and name'),
    model: read('model', decodeFile, 'is not a file’s hash and name'),
    scoreColumn: read('score', decodeAtom, 'is not a column name'),
    roles: parseRoles(decodePairs(parts.get('roles') ?? ''), refused),
    kinds: parseKinds(decodePairs(parts.get('kinds') ?? ''), refused),
    mapping: {
      columnOf: decodeColumnOf(parts.get('map') ?? '', reader),
      order: read('order', decodeList, 'is not a list of columns'),
    },
    target: decodeTarget(parts, reader),
    split: read('split', decodeSplit, 'is not a column and a value'),
    scenario: read('scenario', parseScenarioPart, 'is not a scenario'),
    strategies: {
      recallAtLeast: read('recall', share, 'is not between 0 and 1') ?? initial.recallAtLeast,
      precisionAtLeast: read('precision', share, 'is not between 0 and 1') ?? initial.precisionAtLeast,
      capacity: read('capacity', decodeCount, 'is not a whole number of rows') ?? initial.capacity,
    },
    threshold: read('threshold', decodeNumber, 'is not a number'),
    pinned: read('pinned', decodeNumber, 'is not a number'),
  };
}

function decodeNumber(atom: string): number | null {
  return parseDecimal(decodeAtom(atom));
}

function inRange(value: number | null, low: number, high: number): number | null {
  return value !== null && value >= low && value <= high ? value : null;
}

function decodeCount(text: string): number | null {
  const value = decodeNumber(text);
  return value !== null && Number.isSafeInteger(value) && value >= 1 ? value : null;
}

/** A demo is a folder name that ends up in a request: letters, digits and hyphens only. */
function decodeDemo(text: string): string | null {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(text) ? text : null;
}

function decodeFile(text: string): { id: string; name: string } | null {
  const pair = decodePair(text);
  return pair === null || !/^[\w.-]{8,200}$/.test(pair[0]) ? null : { id: pair[0], name: pair[1] };
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
