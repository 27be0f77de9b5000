import type { Scenario } from '../core/money/scenario.ts';
import type { Roles } from '../core/table/roles.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';

/** `public/demo/index.json`: the demo workspaces by folder name, in the order in which the first page offers them. */
export interface DemoIndex {
  readonly schemaVersion: 2;
  readonly demos: readonly string[];
}

/** `public/demo/<name>/manifest.json`: what a demo workspace opens and how it is judged. */
export interface DemoManifest {
  readonly schemaVersion: 2;
  readonly title: string;
  readonly description: string;
  /** Where the data come from and under which licence, as shown to the user. */
  readonly provenance: string;
  /** True for generated data: said wherever the demo is named. */
  readonly simulated: boolean;
  /** File names within the demo's folder. */
  readonly data: string;
  /** The first is the current model; none when the table holds its scores. */
  readonly models: readonly string[];
  /** Further tables that are opened beside the first. */
  readonly tables: readonly string[];
  /** Score column of an already-scored table; then `models` is empty. */
  readonly scoreColumn: string | null;
  /** A file that tells what was put into simulated data, to compare findings with; offered as a download. */
  readonly truth: string | null;
  readonly roles: Roles;
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  readonly scenario: Scenario | null;
  readonly threshold: number | null;
}
