import type { Notice } from '../table/summary.ts';
import type { ModelInputKind } from './signature.ts';

/** Which table column feeds a model input (or one column of a matrix input). */
export interface InputBinding {
  /** Input name, or feature name / `column i` within a matrix input. */
  readonly feature: string;
  readonly input: string;
  /** Position within the input's second dimension; 0 for [N,1] inputs. */
  readonly position: number;
  readonly column: string | null;
  readonly how: 'name' | 'user' | 'order' | 'none';
}

/** The result of mapping model inputs to columns: everything that stands between the user and a score, one by one. */
export interface MappingReport {
  readonly bindings: readonly InputBinding[];
  readonly missing: readonly string[];
  /** Columns that no input uses and that have no role: reported, never silently used. */
  readonly extra: readonly string[];
  readonly mistyped: readonly {
    readonly feature: string;
    readonly column: string;
    readonly expected: ModelInputKind;
    readonly found: string;
  }[];
  readonly unseen: readonly {
    readonly feature: string;
    readonly column: string;
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }[];
  /** True when the model's features have no names and order is the only way: needs the user's consent. */
  readonly needsOrderConsent: boolean;
  /** No missing, no mistyped, consent given where needed. */
  readonly ready: boolean;
  /** What the mapping does that the user should know: how missing texts are written, values that were not listed. */
  readonly notices: readonly Notice[];
}

/** What the user decided about the mapping. Part of the scores' cache key. */
export interface MappingChoices {
  /** feature -> column; overrides the match by name. */
  readonly columnOf: Readonly<Record<string, string>>;
  /** Feature order for a model without names; null = not given. */
  readonly order: readonly string[] | null;
}
