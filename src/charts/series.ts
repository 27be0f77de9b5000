/** Outcome colours mean outcome only; lines over a score use c1 to c3 (c1 is the text colour). */
export type SeriesColour = 'c1' | 'c2' | 'c3' | 'pos' | 'neg' | 'gain' | 'loss' | 'ref';

/** A line: its values stand beside the x values of its chart. NaN is a gap. */
export interface Series {
  readonly key: string;
  /** Written on the line and in the hover box. */
  readonly label: string;
  readonly values: ArrayLike<number>;
  readonly colour: SeriesColour;
  /** Dashed: what the solid line is compared with. */
  readonly isDashed?: boolean;
  /** The exact value at hover. */
  readonly format: (value: number) => string;
}

/** An interval around a line, drawn as a band. */
export interface Band {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** "95 % band". */
  readonly label: string;
}

/** A dashed line across the picture with its words: "flag everyone, 0.59 M". */
export interface ReferenceLevel {
  readonly y: number;
  readonly label: string;
}

/** The colour of a series as CSS; its text takes the darker `-ink` where there is one. */
export function seriesColour(colour: SeriesColour): string {
  return `var(--${colour})`;
}

export function seriesInk(colour: SeriesColour): string {
  const hasInk = colour === 'pos' || colour === 'neg' || colour === 'gain' || colour === 'loss';
  return hasInk ? `var(--${colour}-ink)` : colour === 'ref' ? 'var(--text-3)' : `var(--${colour})`;
}
