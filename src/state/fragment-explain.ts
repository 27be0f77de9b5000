/**
 * How the Explain page explains, in a fragment; each part left out where it is the initial one.
 *
 *     explain=method:interventional,background:passed,size:200,over:judged
 *     explain=background:cohort/<column>/<value>/<value>
 */
import type { ExplainBackground, ExplainChoice } from '../contracts/saved-state.ts';
import { decodeAtom, decodeFields, decodeList, encodeList, parseDecimal } from './fragment-text.ts';

const METHODS: ReadonlySet<string> = new Set<ExplainChoice['method']>([
  'auto',
  'path-dependent',
  'interventional',
  'sampling',
]);

/** A background of fewer rows is noise, one of more costs time and changes nothing (core/explain/explanation.ts). */
const LEAST_SIZE = 100;
const MOST_SIZE = 1000;

/** The empty text where nothing differs from `initial`. */
export function encodeExplain(choice: ExplainChoice, initial: ExplainChoice): string {
  const background = encodeBackground(choice.background);
  return [
    choice.method === initial.method ? '' : `method:${choice.method}`,
    background === encodeBackground(initial.background) ? '' : `background:${background}`,
    choice.size === initial.size ? '' : `size:${choice.size}`,
    choice.over === initial.over ? '' : `over:${choice.over}`,
  ]
    .filter((part) => part !== '')
    .join(',');
}

function encodeBackground(background: ExplainBackground): string {
  if (background.kind !== 'cohort') return background.kind;
  return `cohort/${encodeList([background.column, ...background.values], '/')}`;
}

/** What a text says over `initial`; null when it names something else, something twice, or a value that cannot be. */
export function parseExplain(text: string, initial: ExplainChoice): ExplainChoice | null {
  const fields = decodeFields(text.split(','));
  if (fields === null || new Set(fields.map(([name]) => name)).size !== fields.length) return null;
  let choice = initial;
  for (const [name, raw] of fields) {
    const change = parseField(name, raw);
    if (change === null) return null;
    choice = { ...choice, ...change };
  }
  return choice;
}

function parseField(name: string, raw: string): Partial<ExplainChoice> | null {
  if (name === 'method') return METHODS.has(raw) ? { method: raw as ExplainChoice['method'] } : null;
  if (name === 'over') return raw === 'all' || raw === 'judged' ? { over: raw } : null;
  if (name === 'size') {
    const size = parseDecimal(decodeAtom(raw));
    const isSound = size !== null && Number.isInteger(size) && size >= LEAST_SIZE && size <= MOST_SIZE;
    return isSound ? { size } : null;
  }
  const background = name === 'background' ? parseBackground(raw) : null;
  return background === null ? null : { background };
}

function parseBackground(raw: string): ExplainBackground | null {
  if (raw === 'all' || raw === 'passed' || raw === 'flagged') return { kind: raw };
  if (!raw.startsWith('cohort/')) return null;
  const [column, ...values] = decodeList(raw.slice('cohort/'.length), '/') ?? [];
  return column === undefined || values.length === 0 ? null : { kind: 'cohort', column, values };
}
