import type { BackgroundChoice, ExplanationChoice } from '../src/core/explain/explanation.ts';
import { invalidArgument, listOf } from './usage.ts';

/** Which rows stand for absent features; rows near the threshold once it is known. */
export type AskedBackground =
  | Exclude<BackgroundChoice['rows'], { readonly kind: 'near-threshold' }>
  | { readonly kind: 'near-threshold'; readonly side: 'passed' | 'flagged' };

/** What `--shap` and its options ask for. */
export interface ExplainArguments {
  /** Where the contributions of every judged row go; null = only the section of the document. */
  readonly out: string | null;
  readonly method: ExplanationChoice['method'];
  /** null = not said: all. */
  readonly background: AskedBackground | null;
  readonly backgroundSize: number;
}

/** The options as they stand on the command line. */
export interface ExplainOptions {
  readonly explain?: boolean | undefined;
  readonly shap?: string | undefined;
  readonly 'shap-method'?: string | undefined;
  readonly background?: string | undefined;
  readonly 'background-size'?: string | undefined;
}

const METHODS = ['auto', 'path-dependent', 'interventional', 'sampling'] as const;

/** Rows of the background: enough for a steady answer, few enough for a fast one. */
const SIZES = { least: 100, most: 1000 } as const;

/**
 * The part of the command line that explains; null when nothing of it is asked for.
 *
 * @param hasModel a score column has no inside: nothing can be said of what made its scores
 * @throws {DataError} `invalid-argument` naming the option
 */
export function parseExplain(given: ExplainOptions, hasModel: boolean): ExplainArguments | null {
  const isAsked = given.explain === true || given.shap !== undefined;
  if (!isAsked) {
    refuseAlone(given);
    return null;
  }
  if (!hasModel) {
    throw invalidArgument(
      `--${given.shap === undefined ? 'explain' : 'shap'} needs --model: a score column does not say what its scores are made of. Give the model that made them.`,
    );
  }
  if (given.shap === '') throw invalidArgument('--shap takes the file to write, as contributions.csv.');
  return {
    out: given.shap ?? null,
    method: parseMethod(given['shap-method']),
    background: parseBackground(given.background),
    backgroundSize: parseSize(given['background-size']),
  };
}

function refuseAlone(given: ExplainOptions): void {
  for (const name of ['shap-method', 'background', 'background-size'] as const) {
    if (given[name] !== undefined) {
      throw invalidArgument(`--${name} needs --shap OUT.csv or --explain: it says how rows are explained.`);
    }
  }
}

function parseMethod(text: string | undefined): ExplanationChoice['method'] {
  const method = METHODS.find((known) => known === (text ?? 'auto'));
  if (method === undefined)
    throw invalidArgument(`--shap-method takes ${METHODS.join(', ')}, not "${text}".`);
  return method;
}

function parseBackground(text: string | undefined): AskedBackground | null {
  if (text === undefined) return null;
  if (text === 'all') return { kind: 'all' };
  if (text === 'passed' || text === 'flagged') return { kind: 'near-threshold', side: text };
  const at = text.indexOf('=');
  const values = listOf([text.slice(at + 1)]);
  if (at < 1 || values.length === 0) {
    throw invalidArgument(`--background takes all, passed, flagged or COLUMN=VALUE, not "${text}".`);
  }
  return { kind: 'cohort', column: text.slice(0, at), values };
}

function parseSize(text: string | undefined): number {
  if (text === undefined) return SIZES.least;
  const size = Number(text);
  if (!/^\d{1,6}$/.test(text) || size < SIZES.least || size > SIZES.most) {
    throw invalidArgument(
      `--background-size takes a whole number of rows from ${SIZES.least} to 1,000, not "${text}".`,
    );
  }
  return size;
}
