import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/core/errors.ts';
import { openModelFile } from '../../src/formats/model/open-model.ts';
import { summariseModel } from '../../src/formats/model/summarise-model.ts';
import { Shelf } from '../holds.ts';
import type { Job } from '../job.ts';
import { Moved } from '../runtime.ts';
import type { HeldModel } from './models.ts';
import { writeOnnxTasks } from './write-onnx.ts';

const folder = join(import.meta.dirname, '../../fixtures/credit_data/models');

/** What the task answers for a model file. */
async function written(file: string) {
  const models = new Shelf<HeldModel>('model');
  const opened = openModelFile(new Uint8Array(readFileSync(join(folder, file))), file);
  models.put('id', { opened, summary: summariseModel(opened, 'id') });
  // The task has nothing to wait for, so that it never looks at its job.
  const answer = await writeOnnxTasks(models)['model/write-onnx']({ modelId: 'id' }, {} as Job);
  return answer instanceof Moved ? answer.result : answer;
}

describe('model/write-onnx', () => {
  it('gives a native model back as an ONNX file of its name that opens', async () => {
    const { bytes, name, notices } = await written('xgboost_binary.json');
    expect(name).toBe('xgboost_binary.onnx');
    expect(notices.map(({ code }) => code)).toEqual(['float32-inputs']);
    const opened = openModelFile(bytes, name);
    expect(opened.decoded?.core.kind).toBe('trees');
    expect(opened.decoded?.features.length).toBe(26);
  });

  it('refuses what ONNX cannot say, and ONNX files', async () => {
    await expect(written('lightgbm_small_linear_tree.txt')).rejects.toThrow(/linear models/);
    const again = written('xgboost_binary.onnx');
    await expect(again).rejects.toThrow(/ONNX already/);
    await expect(again).rejects.toBeInstanceOf(ModelError);
  });
});
