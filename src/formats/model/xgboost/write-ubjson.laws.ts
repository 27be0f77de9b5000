/** Writes UBJSON for tests, in the manner of XGBoost: lengths as int64, lists with a count, numbers of one type packed. */

/** An array of one number type and the mark of that type. */
export interface PackedNumbers {
  readonly mark: 'i' | 'U' | 'I' | 'l' | 'L' | 'd' | 'D';
  readonly values: readonly number[];
}

export type UbjsonValue =
  | null
  | boolean
  | number
  | string
  | PackedNumbers
  | readonly UbjsonValue[]
  | { readonly [key: string]: UbjsonValue };

export function isPacked(value: UbjsonValue): value is PackedNumbers {
  return typeof value === 'object' && value !== null && 'mark' in value && 'values' in value;
}

/** Lists of numbers packed, as XGBoost writes them. */
export function withPackedLists(value: UbjsonValue): UbjsonValue {
  if (Array.isArray(value)) {
    const isNumbers = value.length > 1 && value.every((item) => typeof item === 'number');
    return isNumbers
      ? { mark: value.every(Number.isInteger) ? 'l' : 'd', values: value }
      : value.map(withPackedLists);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withPackedLists(item as UbjsonValue)]),
  );
}

/** @param counted whether lists state their count, as XGBoost's do, or end with a bracket */
export function writeUbjson(value: UbjsonValue, counted = true): Uint8Array {
  const bytes: number[] = [];
  writeValue(bytes, value, counted);
  return Uint8Array.from(bytes);
}

function writeValue(bytes: number[], value: UbjsonValue, counted: boolean): void {
  if (value === null) bytes.push(mark('Z'));
  else if (typeof value === 'boolean') bytes.push(mark(value ? 'T' : 'F'));
  else if (typeof value === 'number') writeNumber(bytes, value);
  else if (typeof value === 'string') {
    bytes.push(mark('S'));
    writeText(bytes, value);
  } else if (isPacked(value)) {
    bytes.push(mark('['), mark('$'), mark(value.mark), mark('#'), mark('L'));
    pushNumber(bytes, 'L', value.values.length);
    for (const item of value.values) pushNumber(bytes, value.mark, item);
  } else if (Array.isArray(value)) writeList(bytes, value, counted);
  else writeObject(bytes, value as { readonly [key: string]: UbjsonValue }, counted);
}

function writeList(bytes: number[], values: readonly UbjsonValue[], counted: boolean): void {
  bytes.push(mark('['));
  if (counted) {
    bytes.push(mark('#'), mark('L'));
    pushNumber(bytes, 'L', values.length);
  }
  for (const item of values) writeValue(bytes, item, counted);
  if (!counted) bytes.push(mark(']'));
}

function writeObject(
  bytes: number[],
  object: { readonly [key: string]: UbjsonValue },
  counted: boolean,
): void {
  bytes.push(mark('{'));
  for (const [key, item] of Object.entries(object)) {
    writeText(bytes, key);
    writeValue(bytes, item, counted);
  }
  bytes.push(mark('}'));
}

function writeText(bytes: number[], text: string): void {
  const encoded = new TextEncoder().encode(text);
  bytes.push(mark('L'));
  pushNumber(bytes, 'L', encoded.length);
  for (const byte of encoded) bytes.push(byte);
}

function writeNumber(bytes: number[], value: number): void {
  const type = Number.isSafeInteger(value) && !Object.is(value, -0) ? 'L' : 'D';
  bytes.push(mark(type));
  pushNumber(bytes, type, value);
}

function pushNumber(bytes: number[], type: PackedNumbers['mark'], value: number): void {
  const view = new DataView(new ArrayBuffer(8));
  const size = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 }[type];
  if (type === 'i') view.setInt8(0, value);
  else if (type === 'U') view.setUint8(0, value);
  else if (type === 'I') view.setInt16(0, value);
  else if (type === 'l') view.setInt32(0, value);
  else if (type === 'L') view.setBigInt64(0, BigInt(value));
  else if (type === 'd') view.setFloat32(0, value);
  else view.setFloat64(0, value);
  for (let i = 0; i < size; i++) bytes.push(view.getUint8(i));
}

function mark(letter: string): number {
  return letter.charCodeAt(0);
}
