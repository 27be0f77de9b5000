import { ModelError } from '../../src/core/errors.ts';
import { writeTreesAsOnnx } from '../../src/formats/model/onnx/write-trees.ts';
import type { Shelf } from '../holds.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import type { HeldModel } from './models.ts';

/** Writing native models as ONNX. */
export function writeOnnxTasks(models: Shelf<HeldModel>): Pick<TaskHandlers, 'model/write-onnx'> {
  return {
    'model/write-onnx': async ({ modelId }) => {
      const { opened } = models.get(modelId);
      if (opened.format === 'onnx') {
        throw new ModelError('not-writable', `${opened.name} is ONNX already.`, {
          place: { file: opened.name },
          advice: 'Use the file itself.',
        });
      }
      const { bytes, notices } = writeTreesAsOnnx(opened.native);
      return new Moved({ bytes, name: onnxName(opened.name), notices }, [bytes.buffer]);
    },
  };
}

/** `model.txt` as `model.onnx`; the folder or archive a model came in loses its ending alike. */
function onnxName(name: string): string {
  return `${name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.onnx`;
}
