import type { TaskArgs } from '../../src/contracts/tasks.ts';
import { bindInputs } from '../../src/core/model/binding.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import { type HeldTable, Shelf } from '../holds.ts';
import type { HeldModel } from './models.ts';

/** A report is a few kilobytes; this many let a user go between models without reading columns again. */
const MOST_REPORTS = 16;

/**
 * Maps models to tables. A mapping reads every row of its columns (unseen values), so it is made once, not for every
 * chunk of a run and every look at it.
 */
export function mappingReports(
  models: Shelf<HeldModel>,
  tables: Shelf<HeldTable>,
): (args: TaskArgs<'model/bind'>) => MappingReport {
  const reports = new Shelf<MappingReport>('mapping', MOST_REPORTS);
  return ({ tableId, modelId, choices, roled }) => {
    const { summary } = models.get(modelId);
    const { table } = tables.get(tableId);
    const key = JSON.stringify([tableId, modelId, choices, roled]);
    const report = reports.find(key) ?? bindInputs(summary, table, choices, roled);
    reports.put(key, report);
    return report;
  };
}
