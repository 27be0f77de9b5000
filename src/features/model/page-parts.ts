/** What the model page is given by the app: the parts of the session and of the shell that it shares with other pages. */
import type { ComponentType } from 'react';
import type { ModelOnTable } from '../../contracts/model-on-table.ts';
import type { ComparedForm, Progress } from '../../contracts/tasks.ts';
import type { ModelCheck } from '../../core/sanity/model-check.ts';

/** The checks of the current model on the current table. */
export interface ChecksState {
  /** Null until they are there, and while the model has not scored the table. */
  readonly checks: readonly ModelCheck[] | null;
  readonly error: Error | null;
  /** The model has scored the table, so that there are checks, or will be. */
  readonly isAsked: boolean;
  readonly retry: () => void;
}

/** A run that scores the table with another model. */
export interface OtherRun {
  readonly modelId: string;
  readonly progress: Progress | null;
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly cancel: () => void;
  readonly error: Error | null;
}

interface FailureProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
  readonly onWorkspace?: () => void;
}

interface JobProgressProps {
  readonly label: string;
  readonly progress: Progress | null;
  readonly waiting?: string;
  readonly startedAtMs: number;
  readonly onCancel: (() => void) | null;
}

export interface PageParts {
  readonly checks: ChecksState;
  /** The rows whose values the model does not know, as a sentence; null when there are none, or no scores of it. */
  readonly unseen: string | null;
  /** The current model as one form of a comparison; null until it has scored the table. */
  readonly current: ComparedForm | null;
  /** The column of the table that the model should reproduce; null without one. */
  readonly golden: string | null;
  /** What decisions are compared at; null when there is none, pending while the default is found. */
  readonly threshold: { readonly value: number | null; readonly isPending: boolean };
  /** The browser's storage is searched for models that a link names. */
  readonly isBringingBack: boolean;
  /** A model of the session on the current table; null when there is none, or no target. */
  readonly onTable: (modelId: string) => ModelOnTable | null;
  /** The scores that an open model made of the table in this session; null when there are none. */
  readonly scoresOf: (modelId: string) => string | null;
  /** Brings the scores of another open model back where this browser keeps them; answers whether it does. */
  readonly bringScores: (modelId: string, signal: AbortSignal) => Promise<boolean>;
  readonly otherRun: OtherRun | null;
  /** Scores the table with another open model; `order` names the columns of its unnamed inputs, null leaves them as they are. */
  readonly scoreOther: (modelId: string, order: readonly string[] | null) => void;
  /** Scores the table with the current model. */
  readonly score: () => void;
  /** Makes a model the one that scores. */
  readonly switchTo: (modelId: string) => void;
  readonly toWorkspace: () => void;
  readonly Failure: ComponentType<FailureProps>;
  readonly JobProgress: ComponentType<JobProgressProps>;
}
