import { bindInputs } from '../../src/core/model/binding.ts';
import type { ModelSummary } from '../../src/core/model/signature.ts';
import type { OnnxModel } from '../../src/formats/model/onnx/onnx-model.ts';
import { openOnnx } from '../../src/formats/model/onnx/open-onnx.ts';
import { summariseOnnx } from '../../src/formats/model/onnx/summarise-onnx.ts';
import { sha256Hex } from '../content-hash.ts';
import type { HeldTable, Shelf } from '../holds.ts';
import type { TaskHandlers } from '../runtime.ts';

type ModelsTasks = Pick<TaskHandlers, 'model/open' | 'model/bind'>;

export interface HeldModel {
  readonly model: OnnxModel;
  readonly summary: ModelSummary;
}

/** Opening model files and mapping their inputs; neither needs the engine. */
export function modelsTasks(models: Shelf<HeldModel>, tables: Shelf<HeldTable>): ModelsTasks {
  return {
    'model/open': async ({ bytes, name }, job) => {
      // The message's own copy: never shared memory.
      const id = await sha256Hex(bytes as Uint8Array<ArrayBuffer>);
      job.check();
      const model = openOnnx(bytes, name);
      const summary = summariseOnnx(model, id);
      models.put(id, { model, summary });
      return summary;
    },
    'model/bind': ({ tableId, modelId, choices, roled }) =>
      bindInputs(models.get(modelId).summary, tables.get(tableId).table, choices, roled),
  };
}
