/**
 * The session: what is open, what was chosen, what is running. One store, so that every page and the decision bar
 * answer for the same table, model, target, scenario and threshold. Rows never enter it; results live in the query cache.
 *
 * `choices` is exactly what a link carries (ViewState); the rest is what this browser knows about it right now.
 */
import { create } from 'zustand';
import { startingParameters } from '../contracts/judgement.ts';
import type { ViewState } from '../contracts/saved-state.ts';
import type { Progress } from '../contracts/tasks.ts';
import type { AnyCutlineError } from '../core/errors.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { ModelSummary } from '../core/model/signature.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { Notice, TableSummary } from '../core/table/summary.ts';

/** Something that is opened: nothing yet, on its way, there, or refused (what was there before stays). */
export interface Slot<T> {
  readonly value: T | null;
  readonly loading: {
    readonly name: string;
    readonly progress: Progress | null;
    /** Epoch ms, for speed and time left. */
    readonly startedAtMs: number;
    readonly cancel: () => void;
  } | null;
  readonly error: AnyCutlineError | null;
}

export interface ScoringState {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly progress: Progress | null;
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly cancel: (() => void) | null;
  /** Handle of the finished scores in the workers. */
  readonly scoresId: string | null;
  readonly engine: string | null;
  /** What the parity gate found before these scores were made; null before, and for scores kept without one. */
  readonly gate: GateReport | null;
  readonly rowsPerSecond: number | null;
  /** True when the scores came from this browser's storage. */
  readonly restored: boolean;
  /** What the engine noticed on the way: rows without a score, class column by guess, no room to keep the scores. */
  readonly notices: readonly Notice[];
  readonly error: AnyCutlineError | null;
}

export interface WorkspaceState {
  readonly choices: ViewState;
  readonly table: Slot<TableSummary>;
  /** The current table as it was read: what readings and joins start from; null when none is open. */
  readonly base: TableSummary | null;
  /** All open tables as they were read, in order of opening, the current one among them. */
  readonly tables: readonly TableSummary[];
  /** All open models in order of opening, the current one among them. */
  readonly models: readonly ModelSummary[];
  /** What was chosen about the open tables that are not current, by base id. */
  readonly parked: Readonly<Record<string, ViewState>>;
  readonly model: Slot<ModelSummary>;
  readonly mapping: MappingReport | null;
  readonly scoring: ScoringState;
  /** The user has confirmed roles and target once for this table (a demo or a link counts as confirmed). */
  readonly confirmed: boolean;
  /** Invalid parts of a link, files that a link misses, storage that is full: said once, dismissable. */
  readonly notices: readonly Notice[];
}

export interface WorkspaceActions {
  /** Changes what a link carries, by the user's wish: a step of undo. */
  choose(change: Partial<ViewState>): void;
  setTable(change: Partial<Slot<TableSummary>>): void;
  setModel(change: Partial<Slot<ModelSummary>>): void;
  setMapping(mapping: MappingReport | null): void;
  setScoring(change: Partial<ScoringState>): void;
  setConfirmed(confirmed: boolean): void;
  notify(notice: Notice): void;
  dismissNotice(index: number): void;
  /** Back to first run; nothing is kept. */
  reset(): void;
}

export const initialChoices: ViewState = {
  demo: null,
  table: null,
  columns: null,
  model: null,
  otherModels: [],
  besideForm: null,
  scoreColumn: null,
  roles: {},
  readings: {},
  joins: [],
  mapping: { columnOf: {}, order: null },
  target: null,
  split: null,
  scenario: null,
  scenarios: [],
  versus: null,
  strategies: startingParameters,
  threshold: null,
  pinned: null,
  thresholdsView: 'decision',
  recalibration: null,
  bands: null,
  cascade: null,
  impact: { roiFloor: 0, investment: null },
  explain: { method: 'auto', background: { kind: 'all' }, size: 100, over: 'all' },
};

const emptySlot = { value: null, loading: null, error: null };

export const idleScoring: ScoringState = {
  status: 'idle',
  progress: null,
  startedAtMs: 0,
  cancel: null,
  scoresId: null,
  engine: null,
  gate: null,
  rowsPerSecond: null,
  restored: false,
  notices: [],
  error: null,
};

const initialState: WorkspaceState = {
  choices: initialChoices,
  table: emptySlot,
  base: null,
  tables: [],
  models: [],
  parked: {},
  model: emptySlot,
  mapping: null,
  scoring: idleScoring,
  confirmed: false,
  notices: [],
};

const chosen = new WeakSet<ViewState>();

/** Whether these choices came about through `choose`, and not because the session was opened or put right. */
export function wasChosen(choices: ViewState): boolean {
  return chosen.has(choices);
}

export const useWorkspace = create<WorkspaceState & WorkspaceActions>()((set) => ({
  ...initialState,
  choose: (change) =>
    set((state) => {
      const choices = { ...state.choices, ...change };
      chosen.add(choices);
      return { choices };
    }),
  setTable: (change) => set((state) => ({ table: { ...state.table, ...change } })),
  setModel: (change) => set((state) => ({ model: { ...state.model, ...change } })),
  setMapping: (mapping) => set({ mapping }),
  setScoring: (change) => set((state) => ({ scoring: { ...state.scoring, ...change } })),
  setConfirmed: (confirmed) => set({ confirmed }),
  notify: (notice) => set((state) => ({ notices: [...state.notices, notice] })),
  dismissNotice: (index) => set((state) => ({ notices: state.notices.filter((_, i) => i !== index) })),
  reset: () => set(initialState),
}));
