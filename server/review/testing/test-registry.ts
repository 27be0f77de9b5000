/** A whole server over an empty registry in memory, for tests of its routes. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { PutDataset } from '../../../src/contracts/registry/datasets.ts';
import type { CreateDecision } from '../../../src/contracts/registry/decisions.ts';
import type { impactBody } from '../../../src/contracts/registry/impact.ts';
import { REQUEST_HEADER, REQUEST_HEADER_VALUE } from '../../../src/contracts/registry/routes.ts';
import { buildApp } from '../../app.ts';
import type { ServerLimits } from '../../limits.ts';
import { openRegistryStore } from '../../store/open-registry-store.ts';
import type { RegistryStore } from '../../store/registry-store.ts';

export const changeHeaders = { [REQUEST_HEADER]: REQUEST_HEADER_VALUE };

export interface TestRegistry {
  readonly app: FastifyInstance;
  readonly store: RegistryStore;
  /** Through `inject`, with the header that changes need. */
  send(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** Starts listening; its origin without a slash at the end. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param dataDir a folder on disk instead of a registry in memory */
export async function startTestRegistry(
  limits: Partial<ServerLimits> = {},
  dataDir?: string,
): Promise<TestRegistry> {
  const distDir = await mkdtemp(join(tmpdir(), 'cutline-dist-'));
  await writeFile(join(distDir, 'index.html'), '<title>Cutline</title>');
  const store = await openRegistryStore(
    dataDir === undefined ? { memory: true } : { dataDir, floorBytes: 0 },
  );
  const app = await buildApp({ distDir, version: '9.9.9', store, limits });
  return {
    app,
    store,
    send: (options) => app.inject({ ...options, headers: { ...changeHeaders, ...options.headers } }),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => {
      await app.close();
      await store.close();
      await rm(distDir, { recursive: true });
    },
  };
}

/** What {@link seed} has put into the registry. */
export const seeded = {
  bytes: 'the bytes of a model',
  sha256: sha256('the bytes of a model'),
  datasetId: 'ab'.repeat(32),
  path: 'model/models ü.onnx',
} as const;

export function newDecision(reason: string): CreateDecision {
  return {
    threshold: 0.25,
    scenario: { template: 'lending', lossRate: 0.8 },
    reason,
    figures: {
      rows: 100,
      positives: 20,
      flagged: 30,
      recall: 0.75,
      precision: 0.5,
      fpr: null,
      rocAuc: 0.8,
      netValue: 1200,
      roi: null,
    },
    evidence: {
      datasetId: seeded.datasetId,
      datasetName: 'loans.csv',
      modelSha256: seeded.sha256,
      modelName: 'pd',
      judgementId: 'cd'.repeat(32),
      engine: 'onnxruntime-web 1.30.0',
      appVersion: '9.9.9',
    },
    fragment: 'threshold=0.25',
  };
}

/** Realised impact of one month, as the page keeps it. */
export function newImpact(): ReturnType<typeof impactBody> {
  const money = { prevented: 800, spent: 100, missed: 0, net: 700, roi: null };
  const counts = { rows: 3, known: 2, flagged: 1, caught: 1, missedPositives: 0 };
  const figures = { ...counts, ...money, promised: { net: 650, low: null, high: null } };
  return {
    format: 'cutline-impact-1',
    context: {
      savedAt: 1_700_000_000_000,
      dataset: { name: 'loans.csv', tableId: seeded.datasetId },
      scores: 'pd',
      scenario: 'Lending',
      roiFloor: 0,
      investment: null,
    },
    outcomesName: 'outcomes.csv',
    threshold: 0.25,
    currency: 'EUR',
    total: figures,
    spending: [{ label: 'Review cost', amount: 100 }],
    months: [{ ...figures, month: '2024-03' }],
    ...{ unknownIds: 0, otherRows: 0, repeatedIds: 0, contradictions: 0, repeatedDecisions: 0 },
    ...{ withoutOutcome: 1, undated: 0, relabelled: 0 },
  };
}

export const newDataset: PutDataset = {
  name: 'loans.csv',
  byteLength: 1000,
  rowCount: 100,
  columns: [{ name: 'income', kind: 'number' }],
  description: '',
};

async function expectSuccess(answer: Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
  const response = await answer;
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`);
  return response;
}

/** One of everything: model "pd" with one version of one file, a dataset, a decision, a scenario. Returns the decision's id. */
export async function seed({ send }: TestRegistry): Promise<string> {
  const { bytes, datasetId, path } = seeded;
  const blob = { url: `/api/v1/blobs/${seeded.sha256}`, payload: Buffer.from(bytes) };
  await expectSuccess(
    send({ method: 'PUT', ...blob, headers: { 'content-type': 'application/octet-stream' } }),
  );
  await expectSuccess(send({ method: 'POST', url: '/api/v1/models', payload: { name: 'pd' } }));
  const artifacts = [{ path, size: bytes.length, sha256: seeded.sha256 }];
  await expectSuccess(send({ method: 'POST', url: '/api/v1/models/pd/versions', payload: { artifacts } }));
  await expectSuccess(send({ method: 'PUT', url: `/api/v1/datasets/${datasetId}`, payload: newDataset }));
  const scenario = { url: '/api/v1/documents/scenario/base', payload: { body: { lossRate: 0.8 } } };
  await expectSuccess(send({ method: 'PUT', ...scenario }));
  const payload = newDecision('the board wants it');
  const decision = await expectSuccess(send({ method: 'POST', url: '/api/v1/decisions', payload }));
  return decision.json<{ id: string }>().id;
}
