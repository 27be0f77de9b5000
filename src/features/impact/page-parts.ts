/** What the Impact page is given by the app: the words of other pages and the parts that pages share. */
import type { ComponentType } from 'react';
import type { JudgementSpec } from '../../contracts/judgement.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { Estimate } from '../../core/threshold/uncertainty.ts';

interface FailureProps {
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
}

interface JobProgressProps {
  readonly label: string;
  readonly progress: Progress | null;
  readonly startedAtMs: number;
  readonly onCancel: (() => void) | null;
}

export interface ImpactParts {
  readonly Failure: ComponentType<FailureProps>;
  readonly JobProgress: ComponentType<JobProgressProps>;
  /** The name that goes into the registry with every change. */
  readonly SignedAs: ComponentType;
  readonly toWorkspace: () => void;
  readonly toScenario: () => void;
}

/** What the numbers are about, in words. */
export interface ImpactSource {
  /** "1,336 test rows". */
  readonly rows: string;
  readonly table: string;
  /** Whether the rows are made up, as those of a simulated demo. */
  readonly isSimulated: boolean;
  /** Model file or score column. */
  readonly scoredBy: string;
  /** With as many digits as tell its neighbours apart. */
  readonly threshold: string;
  /** Name and terms: "Manual underwriting: loss rate 0.25, review cost 450, amount at risk amount, in EUR". */
  readonly scenario: string;
  /** The file that says what became of the decisions, and who kept its sums; null = predicted. */
  readonly outcomes: string | null;
  /** All of it in one line, for saved pictures. */
  readonly line: string;
}

/** Net value of the judged rows without a model, in the scale of the scenario. */
export interface WithoutModel {
  readonly everybody: number;
  readonly nobody: number;
}

/** The judged rows, the threshold and the scenario that the page answers for. */
export interface ImpactQuestion {
  readonly spec: JudgementSpec;
  readonly scenario: Scenario;
  readonly threshold: number;
  /** Net value on rows that did not choose the threshold, when a rule chose it on these (NaN while not known); null else. */
  readonly outOfBagNet: Estimate | null;
  readonly withoutModel: WithoutModel;
}
