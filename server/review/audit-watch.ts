import type { AuditVerdict } from '../../src/contracts/registry/audit.ts';
import type { AuditLog } from '../store/registry-store.ts';

/** Verifies the audit chain, once at a time however many ask, and remembers the outcome for `/ready`. */
export class AuditWatch {
  readonly #audit: AuditLog;
  #running: Promise<AuditVerdict> | undefined;
  #lastValid: boolean | null = null;

  constructor(audit: AuditLog) {
    this.#audit = audit;
  }

  /** Whether the last verification found the chain whole; null before the first has ended. */
  get lastValid(): boolean | null {
    return this.#lastValid;
  }

  /** Recomputes the whole chain, or joins the run that is under way. */
  verify(): Promise<AuditVerdict> {
    this.#running ??= this.#verifyOnce().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #verifyOnce(): Promise<AuditVerdict> {
    const verdict = await this.#audit.verify();
    this.#lastValid = verdict.valid;
    return verdict;
  }
}
