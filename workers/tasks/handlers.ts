import { type HeldScores, type HeldTable, Shelf } from '../holds.ts';
import type { TaskHandlers } from '../runtime.ts';
import { bandsTasks } from './bands.ts';
import { cascadeTasks } from './cascade.ts';
import { compareTasks } from './compare.ts';
import { discriminationTasks } from './discrimination.ts';
import { explainTasks } from './explain.ts';
import { heldExplanations } from './held-explanations.ts';
import { impactTasks } from './impact.ts';
import { type JudgementShelves, judgementTasks } from './judgement.ts';
import { keptTasks } from './kept.ts';
import { latencyTasks } from './latency.ts';
import { lentScorers } from './lent-scorers.ts';
import { mappingReports } from './mapping-reports.ts';
import { modelCheckTasks } from './model-check.ts';
import { type HeldModel, modelsTasks } from './models.ts';
import { policyTasks } from './policy.ts';
import { scoresTasks } from './scores.ts';
import { scoringTasks } from './scoring.ts';
import { sensitivityTasks } from './sensitivity.ts';
import { tablesTasks } from './tables.ts';
import { uncertaintyTasks } from './uncertainty.ts';
import { writeOnnxTasks } from './write-onnx.ts';

/**
 * A sorted judgement takes up to 48 bytes a row; three let a user go back and forth between two definitions. The page
 * opens an evicted one again when it asks.
 */
const MOST_JUDGEMENTS = 3;

/**
 * 8 bytes a row each: six let models be compared side by side. More are dropped only when the browser's storage has them;
 * they are brought back when they are asked for.
 */
const MOST_SCORES = 6;

/** Every task of the protocol, over the things that this worker holds. */
export function createHandlers(): TaskHandlers {
  const tables = new Shelf<HeldTable>('table');
  const scores = new Shelf<HeldScores>('column of scores', MOST_SCORES, ({ isKept }) => isKept);
  const shelves: JudgementShelves = {
    tables,
    scores,
    judgements: new Shelf('judgement', MOST_JUDGEMENTS),
  };
  const models = new Shelf<HeldModel>('model');
  const reportOf = mappingReports(models, tables);
  const scorers = lentScorers(models);
  const explanations = heldExplanations();
  const ofTables = tablesTasks(shelves);
  const ofScoring = scoringTasks(models, tables, reportOf, scorers);
  return {
    ...ofTables,
    ...modelsTasks(models, reportOf),
    ...writeOnnxTasks(models),
    ...ofScoring,
    ...modelCheckTasks({ tables, models, scores }, reportOf, scorers),
    ...latencyTasks(tables, reportOf, scorers),
    ...scoresTasks(scores),
    ...compareTasks(models, tables, scores, reportOf),
    ...judgementTasks(shelves),
    ...discriminationTasks(shelves.judgements),
    ...bandsTasks(shelves),
    ...cascadeTasks(shelves),
    ...policyTasks(shelves),
    ...impactTasks(shelves),
    ...sensitivityTasks(shelves),
    ...uncertaintyTasks(shelves),
    ...explainTasks({ tables, models, scores, held: explanations, reportOf, scorers }),
    ...keptTasks(),
    'table/release': (args, job) => {
      explanations.dropTable(args.tableId);
      return ofTables['table/release'](args, job);
    },
    'model/release': (args, job) => {
      explanations.dropModel(args.modelId);
      return ofScoring['model/release'](args, job);
    },
  };
}
