import { FormatError } from '../../../core/errors.ts';

/** A value of the document with the way to it, so that a message can say where something is wrong. */
export interface DocumentNode {
  readonly value: unknown;
  /** As in `learner.gradient_booster.model`; empty for the document itself. */
  readonly path: string;
  readonly file: string;
}

/** The value under a key; its value is undefined when the key, or an object to hold it, is not there. */
export function childOf({ value, path, file }: DocumentNode, key: string): DocumentNode {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const child = isObject && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  return { value: child, path: path === '' ? key : `${path}.${key}`, file };
}

/** A fault of the document at a node. */
export function damagedAt(node: DocumentNode, reason: string): FormatError {
  return new FormatError('corrupt-model', `${node.file} is damaged: ${node.path} ${reason}.`, {
    place: { file: node.file, node: node.path },
    advice: 'Save or download the model again.',
  });
}

/** The items of a list. @throws {FormatError} `corrupt-model` when it is none */
export function itemsOf(node: DocumentNode): readonly DocumentNode[] {
  const { value, path, file } = node;
  if (isTyped(value)) return Array.from(value, (item, i) => ({ value: item, path: `${path}[${i}]`, file }));
  if (!Array.isArray(value)) throw damagedAt(node, 'is not a list');
  return value.map((item: unknown, i) => ({ value: item, path: `${path}[${i}]`, file }));
}

/** A text. @throws {FormatError} `corrupt-model` when it is none */
export function textOf(node: DocumentNode): string {
  if (typeof node.value !== 'string') throw damagedAt(node, 'is not a text');
  return node.value;
}

/**
 * A count, which XGBoost writes as a text ("3").
 *
 * @param fallback what holds when the key is absent; without it the key must be there
 * @throws {FormatError} `corrupt-model` when it is not a whole number from 0 to 2^31 - 1
 */
export function countOf(node: DocumentNode, fallback?: number): number {
  if (node.value === undefined && fallback !== undefined) return fallback;
  const count = typeof node.value === 'string' && node.value !== '' ? Number(node.value) : node.value;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 2_147_483_647) {
    throw damagedAt(node, 'is not a count');
  }
  return count;
}

/**
 * A list of numbers. Booleans count as 0 and 1, null as NaN (that is how NaN tokens are read).
 *
 * @param length when given, the list must have as many
 * @throws {FormatError} `corrupt-model`
 */
export function numbersOf(node: DocumentNode, length?: number): ArrayLike<number> {
  const { value } = node;
  if (!isTyped(value) && !Array.isArray(value)) throw damagedAt(node, 'is not a list of numbers');
  if (length !== undefined && value.length !== length) {
    throw damagedAt(node, `has ${value.length} entries, and ${length} are needed`);
  }
  if (isTyped(value) || value.every((item: unknown) => typeof item === 'number')) return value;
  return value.map((item: unknown) => {
    if (typeof item === 'number') return item;
    if (typeof item === 'boolean') return item ? 1 : 0;
    if (item === null) return Number.NaN;
    throw damagedAt(node, 'is not a list of numbers');
  });
}

function isTyped(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
