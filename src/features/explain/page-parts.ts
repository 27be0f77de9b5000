/** What the Explain page is given by the app: the model on its table, the threshold in force, and the parts that pages share. */
import type { ComponentType } from 'react';
import type { ModelOnTable } from '../../contracts/model-on-table.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';

interface FailureProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
}

interface JobProgressProps {
  readonly label: string;
  readonly progress: Progress | null;
  readonly waiting?: string;
  readonly startedAtMs: number;
  readonly onCancel: (() => void) | null;
}

export interface ExplainParts {
  readonly Failure: ComponentType<FailureProps>;
  readonly JobProgress: ComponentType<JobProgressProps>;
}

/** What is explained. */
export interface ExplainSubject {
  readonly model: ModelSummary;
  readonly table: TableSummary;
  readonly on: ModelOnTable;
  /** The scores of the model on the table. */
  readonly scoresId: string | null;
  /** In force; NaN when there is none. */
  readonly threshold: number;
  /** With as many digits as tell its neighbours apart. */
  readonly thresholdText: string;
  /** "1,336 test rows" or "4,454 labelled rows". */
  readonly judgedRows: string;
  readonly judgedCount: number;
}
