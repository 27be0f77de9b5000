import { createContext, useContext } from 'react';
import type { Progress } from '../../../contracts/tasks.ts';

/** A run that scores the table with a model that is open beside the current one. */
export interface OtherScoring {
  readonly modelId: string;
  readonly progress: Progress | null;
  readonly cancel: () => void;
  readonly error: Error | null;
}

/** The scores of the models that are open beside the current one; the session keeps them for all pages. */
export interface OtherScores {
  /** The scores that an open model made of the table in this session; null when there are none. */
  readonly scoresOf: (modelId: string) => string | null;
  /** Brings scores back that this browser keeps; answers whether it does. */
  readonly bring: (modelId: string, signal: AbortSignal) => Promise<boolean>;
  readonly score: (modelId: string) => void;
  readonly run: OtherScoring | null;
  /** To where a second model is opened. */
  readonly toWorkspace: () => void;
}

const Context = createContext<OtherScores | null>(null);

/** Given by the app around the page: pages do not import each other. */
export const OtherScoresProvider = Context.Provider;

/** @throws {Error} outside of the provider: a mistake in the app */
export function useOtherScores(): OtherScores {
  const scores = useContext(Context);
  if (scores === null) throw new Error('useOtherScores needs an OtherScoresProvider around it.');
  return scores;
}
