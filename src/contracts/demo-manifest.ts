import type { Scenario } from '../core/money/scenario.ts';
import type { Roles } from '../core/table/roles.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';

/** `public/demo/<name>/manifest.json`: what a demo workspace opens and how it is judged. */
export interface DemoManifest {
  readonly schemaVersion: 1;
  readonly title: string;
  readonly description: string;
  /** Where the data come from and under which licence, as shown to the user. */
  readonly provenance: string;
  /** File names within the demo's folder. */
  readonly data: string;
  readonly model: string;
  readonly roles: Roles;
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  readonly scenario: Scenario | null;
  /** Threshold shown at first; null = the one with the greatest net value. */
  readonly threshold: number | null;
}
