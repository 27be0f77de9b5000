/** What a job needs its worker to hold. */
import type { JudgementSpec } from '../contracts/judgement.ts';
import type { TaskArgs, TaskName } from '../contracts/tasks.ts';
import { DataError } from '../core/errors.ts';

type ThingKind = 'table' | 'model' | 'scores' | 'judgement' | 'ground';

export interface Need {
  readonly kind: ThingKind;
  readonly id: string;
}

type StartedJob = { [T in TaskName]: { readonly task: T; readonly args: TaskArgs<T> } }[TaskName];

/** What a worker must hold before it can run a job, in the order in which to give it. */
export function needsOf<T extends TaskName>(task: T, args: TaskArgs<T>): readonly Need[] {
  const job = { task, args } as StartedJob;
  switch (job.task) {
    case 'table/keep':
      return [{ kind: 'table', id: job.args.tableId }];
    case 'table/derive':
      return [job.args.baseId, ...job.args.recipe.joins.map(({ tableId }) => tableId)].map((id) => ({
        kind: 'table',
        id,
      }));
    case 'model/engine':
    case 'model/write-onnx':
    case 'explain/engine':
      return [{ kind: 'model', id: job.args.modelId }];
    case 'model/bind':
    case 'model/gate':
    case 'model/score':
    case 'model/latency':
      return [
        { kind: 'table', id: job.args.tableId },
        { kind: 'model', id: job.args.modelId },
      ];
    case 'model/check':
      return [
        { kind: 'table', id: job.args.tableId },
        { kind: 'model', id: job.args.modelId },
        { kind: 'scores', id: job.args.scoresId },
      ];
    case 'explain/prepare':
      return needsOfGround(job.args);
    case 'explain/rows':
    case 'explain/sums':
    case 'explain/interactions':
      return [
        { kind: 'table', id: job.args.tableId },
        { kind: 'model', id: job.args.modelId },
        { kind: 'ground', id: job.args.groundId },
      ];
    case 'scores/compare':
      return needsOfComparison(job.args);
    case 'scores/csv':
      return [{ kind: 'scores', id: job.args.scoresId }];
    case 'judgement/open':
    case 'judgement/theory':
    case 'judgement/policy':
    case 'impact/predicted':
      return needsOfJudgement(job.args.spec);
    case 'judgement/cascade':
      return [...needsOfJudgement(job.args.fast), ...needsOfJudgement(job.args.accurate)];
    case 'impact/realised':
      return [...needsOfJudgement(job.args.spec), { kind: 'table', id: job.args.outcomesId }];
    case 'judgement/scenario':
    case 'judgement/at':
    case 'judgement/step':
    case 'judgement/uncertainty':
    case 'judgement/ranking':
    case 'judgement/calibration':
    case 'judgement/tornado':
    case 'judgement/heat-map':
    case 'judgement/bands':
      return [{ kind: 'judgement', id: job.args.judgementId }];
    default:
      return [];
  }
}

export function needsOfJudgement(spec: JudgementSpec): readonly Need[] {
  const table: Need = { kind: 'table', id: spec.tableId };
  return spec.scores.kind === 'model' ? [table, { kind: 'scores', id: spec.scores.scoresId }] : [table];
}

/** Only a background near the threshold reads scores. */
function needsOfGround({ tableId, modelId, choice, scoresId }: TaskArgs<'explain/prepare'>): readonly Need[] {
  const ofModel: readonly Need[] = [
    { kind: 'table', id: tableId },
    { kind: 'model', id: modelId },
  ];
  if (scoresId === null || choice.background.rows.kind !== 'near-threshold') return ofModel;
  return [...ofModel, { kind: 'scores', id: scoresId }];
}

function needsOfComparison({ tableId, left, right }: TaskArgs<'scores/compare'>): readonly Need[] {
  const ofForms = [left, right].flatMap((form): Need[] =>
    form.kind === 'column'
      ? []
      : [
          { kind: 'model', id: form.model.modelId },
          { kind: 'scores', id: form.scoresId },
        ],
  );
  return [{ kind: 'table', id: tableId }, ...ofForms];
}

/** The key of a thing among all that a worker holds. */
export function keyOf(need: Need): string {
  return `${need.kind}:${need.id}`;
}

/** @throws {DataError} `unknown-handle` when there is no value */
export function found<V>(value: V | undefined, need: Need): V {
  if (value === undefined) throw gone(need);
  return value;
}

const NAME_OF: Record<ThingKind, string> = {
  table: 'table',
  model: 'model',
  scores: 'column of scores',
  judgement: 'analysis',
  ground: 'explanation',
};

/** The error of a thing that the page can no longer give. */
export function gone(need: Need): DataError {
  return new DataError('unknown-handle', `This ${NAME_OF[need.kind]} is no longer open.`, {
    advice: 'Open the file again; scores that were kept in this browser come back at once.',
  });
}
