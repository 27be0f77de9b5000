import type { ServerLimits } from '../limits.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import type { AuditWatch } from './audit-watch.ts';
import type { PageCursors } from './page-cursors.ts';

/** What every group of routes is given. */
export interface ApiContext {
  readonly store: RegistryStore;
  readonly auditWatch: AuditWatch;
  readonly cursors: PageCursors;
  readonly limits: ServerLimits;
  readonly version: string;
}
