import { StartError } from './address.ts';

/** Bounds that keep one client, or many, from taking the machine. All can be set; see docs/registry.md. */
export interface ServerLimits {
  /** Of one uploaded file. */
  readonly maxUploadBytes: number;
  /** Uploads that are taken at the same time; one more is told to come back. */
  readonly maxUploads: number;
  /** An upload that sends nothing for as long is ended. */
  readonly uploadIdleMs: number;
  /** A request other than an upload has to be here whole by then. */
  readonly requestMs: number;
  /** Requests to `/api/v1` a minute and address: those that read, and those that change. */
  readonly readsPerMinute: number;
  readonly changesPerMinute: number;
}

/** One person on this machine, with a pipeline beside, never meets them. */
export const defaultLimits: ServerLimits = {
  maxUploadBytes: 2_000_000_000,
  maxUploads: 64,
  uploadIdleMs: 30_000,
  requestMs: 30_000,
  readsPerMinute: 6000,
  changesPerMinute: 3000,
};

const variables: Readonly<Record<keyof ServerLimits, string>> = {
  maxUploadBytes: 'CUTLINE_MAX_UPLOAD_BYTES',
  maxUploads: 'CUTLINE_MAX_UPLOADS',
  uploadIdleMs: 'CUTLINE_UPLOAD_IDLE_MS',
  requestMs: 'CUTLINE_REQUEST_MS',
  readsPerMinute: 'CUTLINE_READS_PER_MINUTE',
  changesPerMinute: 'CUTLINE_CHANGES_PER_MINUTE',
};

/**
 * {@link defaultLimits}, with those that the environment names.
 * @throws {StartError} a value that is not a positive integer
 */
export function limitsFrom(env: Readonly<Record<string, string | undefined>>): ServerLimits {
  const limits: Record<keyof ServerLimits, number> = { ...defaultLimits };
  for (const key of Object.keys(variables) as (keyof ServerLimits)[]) {
    const text = env[variables[key]];
    if (text === undefined || text === '') continue;
    if (!/^[1-9]\d{0,14}$/.test(text)) {
      throw new StartError(`${variables[key]}=${text} is not a limit. Give a positive integer.`);
    }
    limits[key] = Number(text);
  }
  return limits;
}
