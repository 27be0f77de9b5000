type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A typed array that grows by doubling, for counts that are known only once a file has been read. */
export class GrowingArray<T extends Numbers> {
  private values: T;
  private readonly allocate: (length: number) => T;
  length = 0;

  constructor(allocate: (length: number) => T) {
    this.allocate = allocate;
    this.values = allocate(64);
  }

  push(value: number): void {
    this.reserve(1);
    this.values[this.length++] = value;
  }

  append(values: ArrayLike<number>): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  /** A copy of exactly the values added. */
  toArray(): T {
    return this.values.slice(0, this.length) as T;
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.values.length) return;
    const grown = this.allocate(Math.max(needed, this.values.length * 2));
    grown.set(this.values.subarray(0, this.length));
    this.values = grown;
  }
}
