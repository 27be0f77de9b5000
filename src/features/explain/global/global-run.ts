/**
 * The one computation of global importance that the page shows: what is asked, how far it is, what there is so far. It
 * lives beside the page, so that a cancelled or finished one is still there when the page is opened again.
 */
import { create } from 'zustand';
import type { ExplainResult } from '../../../compute/explaining.ts';
import { asCutlineError } from '../../../contracts/error-data.ts';
import type { Progress } from '../../../contracts/tasks.ts';
import type { GlobalExplanation } from '../../../core/explain/explanation.ts';
import type { Notice } from '../../../core/table/summary.ts';
import type { SplitDefinition } from '../../../core/table/target.ts';

interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onPartial: (partial: GlobalExplanation) => void;
}

/** What the words beside a result say of its question. */
export interface QuestionAbout {
  readonly over: 'all' | 'judged';
  readonly split: SplitDefinition | null;
  /** Rows that are asked about; sampling explains a part of them. */
  readonly rowCount: number;
  /** The threshold that a background may lie near, as the page writes it. */
  readonly threshold: string;
}

/** What is computed: one question about one model on one table. */
export interface GlobalQuestion {
  /** Names model and table: an older result about the same may stay in sight, dimmed. */
  readonly subject: string;
  /** Equal for equal questions. */
  readonly key: string;
  readonly about: QuestionAbout;
  readonly work: (options: WorkOptions) => Promise<ExplainResult>;
}

export interface GlobalRun {
  readonly subject: string;
  readonly key: string;
  readonly about: QuestionAbout;
  readonly status: 'running' | 'cancelled' | 'done' | 'failed';
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly progress: Progress | null;
  /** The answer, or as much of it as there is; null before the first rows. */
  readonly shown: GlobalExplanation | null;
  readonly rowsPerSecond: number | null;
  readonly isRestored: boolean;
  /** About the run, not the figures: no room to keep them. */
  readonly notices: readonly Notice[];
  readonly error: Error | null;
  /** The last run about the same model and table that showed something, while this one shows nothing; null without one. */
  readonly before: GlobalRun | null;
}

/** A run that has something to show. */
export type ShownRun = GlobalRun & { readonly shown: GlobalExplanation };

/** What is on screen: what the run has computed so far, else the run before it; null when there is neither. */
export function shownRun(run: GlobalRun): ShownRun | null {
  if (hasShown(run)) return run;
  return run.before !== null && hasShown(run.before) ? run.before : null;
}

function hasShown(run: GlobalRun): run is ShownRun {
  return run.shown !== null;
}

export const useGlobalRun = create<{ readonly run: GlobalRun | null }>()(() => ({ run: null }));

/** A picture that is drawn more often than this is not read, nor is a progress bar. */
const PARTIAL_EVERY_MS = 200;
const PROGRESS_EVERY_MS = 100;

const unknown = {
  progress: null,
  shown: null,
  rowsPerSecond: null,
  isRestored: false,
  notices: [],
  error: null,
} as const;

let controller: AbortController | null = null;

/** Computes unless the very same question is under way, answered, refused or was cancelled. */
export function askGlobal(question: GlobalQuestion): void {
  if (useGlobalRun.getState().run?.key === question.key) return;
  void computeGlobal(question);
}

/** Computes from the first row, whatever there is. */
export async function computeGlobal({ work, ...asked }: GlobalQuestion): Promise<void> {
  controller?.abort();
  const own = new AbortController();
  controller = own;
  const { run: last } = useGlobalRun.getState();
  const before = last?.subject === asked.subject ? shownRun(last) : null;
  useGlobalRun.setState({
    run: { ...asked, ...unknown, status: 'running', startedAtMs: Date.now(), before },
  });
  let partialAtMs = Number.NEGATIVE_INFINITY;
  let progressAtMs = Number.NEGATIVE_INFINITY;
  const put = (change: Partial<GlobalRun>): void => {
    const { run } = useGlobalRun.getState();
    if (controller === own && run !== null) useGlobalRun.setState({ run: { ...run, ...change } });
  };
  try {
    const {
      rowsPerSecond,
      restored: isRestored,
      notices,
      ...shown
    } = await work({
      signal: own.signal,
      onProgress: (progress) => {
        if (Date.now() - progressAtMs < PROGRESS_EVERY_MS) return;
        progressAtMs = Date.now();
        put({ progress });
      },
      onPartial: (partial) => {
        if (Date.now() - partialAtMs < PARTIAL_EVERY_MS) return;
        partialAtMs = Date.now();
        put({ shown: partial, before: null });
      },
    });
    put({ status: 'done', shown, rowsPerSecond, isRestored, notices, before: null });
  } catch (thrown) {
    const error = asCutlineError(thrown);
    // A cancel has said so already.
    if (error.code !== 'canceled') put({ status: 'failed', error, before: null });
  } finally {
    if (controller === own) controller = null;
  }
}

/** Stops; what there is stays, and is named as a part. */
export function cancelGlobal(): void {
  const { run } = useGlobalRun.getState();
  if (run?.status !== 'running') return;
  useGlobalRun.setState({ run: { ...run, status: 'cancelled', before: null } });
  controller?.abort();
  controller = null;
}

/** The page is left: what is under way stops and is forgotten, what ended stays. */
export function leaveGlobal(): void {
  if (useGlobalRun.getState().run?.status !== 'running') return;
  controller?.abort();
  controller = null;
  useGlobalRun.setState({ run: null });
}
