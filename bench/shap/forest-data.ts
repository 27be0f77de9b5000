import { seededUniform } from '../seeded-uniform.ts';

/** Rows of made-up features that look like those of a credit table, and a class to learn from them. */
export interface ForestData {
  readonly rowCount: number;
  /** One array per feature, NaN = missing. */
  readonly columns: readonly Float64Array[];
  /** 0 or 1; one in four is 1. */
  readonly labels: Uint8Array;
}

const HIDDEN_CAUSES = 6;
const MISSING_SHARE = 0.03;

/**
 * Features that share hidden causes, so that they are correlated: in turn normal, skewed to the right, a count, a flag and
 * normal again; 3 % are missing. The class depends on all of them, on a few products, and on chance.
 *
 * @param seed other rows of the same features for another seed
 */
export function makeForestData(rowCount: number, features: number, seed: number): ForestData {
  const normal = normals(seededUniform(1));
  const weights = Array.from({ length: features }, () =>
    Float64Array.from({ length: HIDDEN_CAUSES }, () => 0.6 * normal()),
  );
  const uniform = seededUniform(seed + 7);
  const draw = normals(uniform);
  const columns = weights.map(() => new Float64Array(rowCount));
  const signal = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const causes = Float64Array.from({ length: HIDDEN_CAUSES }, draw);
    for (const [j, weight] of weights.entries()) {
      const mixed = weight.reduce((sum, w, k) => sum + w * causes[k]!, draw());
      columns[j]![row] = shaped(mixed, j);
    }
    signal[row] = signalOf(columns, row) + 1.5 * logistic(uniform);
  }
  const cut = Float64Array.from(signal).sort()[Math.floor(0.75 * rowCount)]!;
  const labels = Uint8Array.from(signal, (value) => Number(value > cut));
  for (const column of columns) {
    for (let row = 0; row < rowCount; row++) if (uniform() < MISSING_SHARE) column[row] = Number.NaN;
  }
  return { rowCount, columns, labels };
}

function shaped(x: number, feature: number): number {
  switch (feature % 5) {
    case 1:
      return Math.exp(0.7 * x);
    case 2:
      return Math.floor(Math.abs(3 * x));
    case 3:
      return Number(x > 0.8);
    default:
      return x;
  }
}

function signalOf(columns: readonly Float64Array[], row: number): number {
  const x = (j: number) => columns[j]![row]!;
  const each = columns.reduce((sum, column, j) => sum + Math.tanh(column[row]!) * Math.cos(j), 0);
  const together = 0.8 * x(0) * x(5) + 2 * Math.sin(x(1)) + 0.5 * x(2) * x(3) - 0.7 * Math.abs(x(4)) * x(8);
  return each + together;
}

function logistic(uniform: () => number): number {
  const u = (uniform() * (2 ** 32 - 1) + 0.5) / 2 ** 32;
  return Math.log(u / (1 - u));
}

/** Standard normal draws (Box and Muller, 1958). */
function normals(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
