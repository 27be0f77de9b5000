/**
 * Files in a fragment, by content hash and name: the current ones, the models open beside, the tables joined.
 *
 *     table=<sha256>:loans.csv
 *     models=<sha256>:b.onnx,map:<feature>/<column>/<feature>/<column>,order:<column>/<column>,champion:1;...
 *     beside=model:<sha256>  or  beside=column:<column>
 *     joins=<sha256>:payments.csv,on:<left key>/<right key>,by:<column>,sum:<column>/<name>,count:~/<name>;...
 */
import type { BesideForm, FileName, ModelChoice, TableJoin } from '../contracts/saved-state.ts';
import type { MappingChoices } from '../core/model/mapping.ts';
import type { Aggregate, JoinedColumn } from '../core/table/join-spec.ts';
import {
  decodeAtom,
  decodeFields,
  decodeItems,
  decodeList,
  decodePair,
  encodeAtom,
  encodeList,
  encodePair,
  type Field,
  type Refuse,
} from './fragment-text.ts';

export function encodeFile({ id, name }: FileName): string {
  return encodePair(id, name);
}

/** A file from `hash:name`; null when the hash could not be one. */
export function decodeFile(text: string): FileName | null {
  const pair = decodePair(text);
  return pair === null || !isHash(pair[0]) ? null : { id: pair[0], name: pair[1] };
}

function isHash(text: string): boolean {
  return /^[\w.~+-]{8,200}$/.test(text);
}

export function encodeBeside(form: BesideForm): string {
  return form.kind === 'model' ? encodePair('model', form.id) : encodePair('column', form.column);
}

/** What the model is laid beside; null when it is neither a model nor a column. */
export function decodeBeside(text: string): BesideForm | null {
  const [kind, named = ''] = decodePair(text) ?? [];
  if (kind === 'column') return { kind, column: named };
  return kind === 'model' && isHash(named) ? { kind, id: named } : null;
}

export function encodeModels(models: readonly ModelChoice[]): string {
  return models
    .map((model) =>
      [encodeFile(model), ...mappingParts(model.mapping), ...(model.isChampion ? ['champion:1'] : [])].join(
        ',',
      ),
    )
    .join(';');
}

function mappingParts({ columnOf, order }: MappingChoices): string[] {
  const flat = Object.keys(columnOf)
    .sort()
    .flatMap((feature) => [feature, columnOf[feature] as string]);
  return [
    ...(flat.length === 0 ? [] : [`map:${encodeList(flat, '/')}`]),
    ...(order === null ? [] : [`order:${encodeList(order, '/')}`]),
  ];
}

/** Models beside the current one; one that cannot be read, or is there twice, is refused, the others are used. */
export function parseModels(text: string, current: FileName | null, refuse: Refuse): readonly ModelChoice[] {
  const models: ModelChoice[] = [];
  for (const item of decodeItems(text)) {
    const model = parseModel(item);
    if (model === null) refuse('models', 'holds something that is not a model’s hash, name and columns');
    else if (model.isChampion && models.some(({ isChampion }) => isChampion))
      refuse('models', 'names two champions');
    else if (model.id === current?.id || models.some(({ id }) => id === model.id))
      refuse('models', `names “${model.name}” twice`);
    else models.push(model);
  }
  return models;
}

function parseModel(item: string): ModelChoice | null {
  const [head = '', ...pieces] = item.split(',');
  const file = decodeFile(head);
  const fields = decodeFields(pieces);
  if (file === null || fields === null) return null;
  let mapping: MappingChoices = { columnOf: {}, order: null };
  let isChampion = false;
  for (const [name, raw] of fields) {
    if (name === 'champion' && raw === '1') {
      isChampion = true;
      continue;
    }
    const values = decodeList(raw, '/');
    if (values === null) return null;
    if (name === 'order') mapping = { ...mapping, order: values };
    else if (name === 'map' && values.length % 2 === 0)
      mapping = { ...mapping, columnOf: Object.fromEntries(pairsOf(values)) };
    else return null;
  }
  return { ...file, mapping, ...(isChampion ? { isChampion } : {}) };
}

function pairsOf(flat: readonly string[]): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] as string, flat[i + 1] as string]);
  return pairs;
}

const AGGREGATES: ReadonlySet<string> = new Set<Aggregate>(['value', 'count', 'sum', 'mean', 'last']);

function isAggregate(text: string): text is Aggregate {
  return AGGREGATES.has(text);
}

export function encodeJoins(joins: readonly TableJoin[]): string {
  return joins.map(encodeJoin).join(';');
}

function encodeJoin({ table, leftKey, rightKey, orderBy, columns }: TableJoin): string {
  return [
    encodeFile(table),
    `on:${encodeList([leftKey, rightKey], '/')}`,
    ...(orderBy === null ? [] : [`by:${encodeAtom(orderBy)}`]),
    ...columns.map(({ aggregate, column, as }) => `${aggregate}:${encodeList([column, as], '/')}`),
  ].join(',');
}

/** Joined tables in order; one that cannot be read is refused, the others are used. */
export function parseJoins(text: string, refuse: Refuse): readonly TableJoin[] {
  const joins: TableJoin[] = [];
  for (const item of decodeItems(text)) {
    const join = parseJoin(item);
    if (join === null) refuse('joins', 'holds something that is not a table, its keys and columns');
    else joins.push(join);
  }
  return joins;
}

function parseJoin(item: string): TableJoin | null {
  const [head = '', ...pieces] = item.split(',');
  const table = decodeFile(head);
  const [on, ...fields] = decodeFields(pieces) ?? [];
  const keys = on?.[0] === 'on' ? twoTexts(on[1]) : null;
  if (table === null || keys === null) return null;
  const isOrdered = fields[0]?.[0] === 'by';
  const orderBy = isOrdered ? decodeAtom(fields[0]?.[1] ?? '%') : null;
  if (isOrdered && orderBy === null) return null;
  const columns = (isOrdered ? fields.slice(1) : fields).map(joinedColumn);
  if (!columns.every((column) => column !== null)) return null;
  return { table, leftKey: keys[0], rightKey: keys[1], orderBy, columns };
}

function joinedColumn([name, raw]: Field): JoinedColumn | null {
  const texts = twoTexts(raw);
  return texts === null || !isAggregate(name) ? null : { aggregate: name, column: texts[0], as: texts[1] };
}

function twoTexts(raw: string): readonly [string, string] | null {
  const texts = decodeList(raw, '/');
  return texts?.length === 2 ? (texts as [string, string]) : null;
}
