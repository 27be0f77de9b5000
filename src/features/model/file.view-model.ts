/** Where a model comes from, as lines of facts. */
import type { ModelSummary } from '../../core/model/signature.ts';
import { formatBytes } from '../../design/format.ts';
import type { FactLine } from './engine.view-model.ts';

/** The file and what made it. */
export function fileLines({ name, formatName, byteLength, producer }: ModelSummary): readonly FactLine[] {
  return [
    { name: 'File', value: name },
    { name: 'Format', value: formatName },
    { name: 'Size', value: formatBytes(byteLength) },
    ...(producer === '' ? [] : [{ name: 'Made by', value: producer }]),
  ];
}

/** What the MLflow folder says; empty for a model that came without one. */
export function packageLines({ package: folder }: ModelSummary): readonly FactLine[] {
  if (folder === null) return [];
  const { dataPath, flavor, mlflowVersion, runId, createdAt } = folder;
  return [
    { name: 'MLflow folder', value: dataPath },
    { name: 'Flavor', value: flavor },
    ...(mlflowVersion === null ? [] : [{ name: 'MLflow', value: mlflowVersion }]),
    ...(runId === null ? [] : [{ name: 'Run', value: runId }]),
    ...(createdAt === null ? [] : [{ name: 'Logged', value: createdAt }]),
  ];
}

/** Operator sets and the kinds of nodes of an ONNX graph, the most frequent first. */
export function operatorRows({ operators }: ModelSummary): ModelSummary['operators'] {
  return [...operators].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

export function opsetText({ opsets }: ModelSummary): string {
  return opsets.map(({ domain, version }) => `${domain === '' ? 'ai.onnx' : domain} ${version}`).join(', ');
}

/** Native tree models have a form that ONNX may be able to say. */
export function canBecomeOnnx({ format, core }: ModelSummary): boolean {
  return format !== 'onnx' && core === 'trees';
}
