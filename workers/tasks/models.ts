import type { TaskArgs } from '../../src/contracts/tasks.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import type { ModelSummary } from '../../src/core/model/signature.ts';
import { openModelFile } from '../../src/formats/model/open-model.ts';
import type { OpenedModel } from '../../src/formats/model/opened-model.ts';
import { summariseModel } from '../../src/formats/model/summarise-model.ts';
import { sha256Hex } from '../content-hash.ts';
import type { Shelf } from '../holds.ts';
import { keepModel, restoreModel } from '../kept/kept-models.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';

type ModelsTasks = Pick<TaskHandlers, 'model/open' | 'model/restore' | 'model/bind'>;

export interface HeldModel {
  readonly opened: OpenedModel;
  readonly summary: ModelSummary;
}

/** Opening model files and mapping their inputs; neither needs the engine. */
export function modelsTasks(
  models: Shelf<HeldModel>,
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
): ModelsTasks {
  return {
    'model/open': async ({ bytes, name, persist }, job) => {
      // The message's own copy: never shared memory.
      const id = await sha256Hex(bytes as Uint8Array<ArrayBuffer>);
      job.check();
      const opened = openModelFile(bytes, name);
      const summary = summariseModel(opened, id);
      models.put(id, { opened, summary });
      const notice = persist ? await keepModel(id, name, bytes, job) : null;
      return notice === null ? summary : { ...summary, notices: [...summary.notices, notice] };
    },
    'model/restore': async ({ modelId }, job) => {
      const kept = await restoreModel(modelId, job);
      return kept === null ? null : new Moved(kept, [kept.bytes.buffer]);
    },
    'model/bind': (args) => reportOf(args),
  };
}
