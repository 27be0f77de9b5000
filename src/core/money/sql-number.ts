/** A short decimal has no more significant digits, so that SQL dialects hold it as an integer over a power of ten without rounding. */
const SHORT_DIGITS = 14;

/**
 * A short decimal lies so near its double, in gaps between doubles: half a gap is the border to the next double, where
 * SQLite, which scales by 80-bit multiplications, reads 1 decimal in some 20,000 as its neighbour (error below 0.02 gaps).
 */
const NEAR = 0.48;

/** Decimals to which every double from 1e-6 on, and the gap beside it, is written in full. */
const EXACT_DECIMALS = 80;

/**
 * A finite number as an SQL literal that reads back as the same float64 in SQLite, PostgreSQL and DuckDB: in its shortest
 * form (0.15) where every reader is sure of it, else with 17 significant digits and an exponent.
 */
export function sqlNumber(value: number): string {
  const short = String(value);
  return isSure(short, value) ? short : value.toExponential(16);
}

function isSure(short: string, value: number): boolean {
  if (short.includes('e')) return false;
  const digits = short.replace(/^-?[0.]*/, '').replace('.', '').length;
  if (digits > SHORT_DIGITS) return false;
  const gap = 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 52);
  const off = scaled(short) - scaled(value.toFixed(EXACT_DECIMALS));
  const limit = BigInt(Math.round(NEAR * 100)) * scaled(gap.toFixed(EXACT_DECIMALS));
  return 100n * (off < 0n ? -off : off) <= limit;
}

/** A decimal without exponent x 10^80. */
function scaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(EXACT_DECIMALS, '0'));
}
