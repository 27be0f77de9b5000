import { baseIdOf } from '../../src/contracts/table-id.ts';
import type { ExplanationGround } from '../../src/core/explain/explanation-ground.ts';
import { Shelf } from '../holds.ts';
import { type LentExplainers, lentExplainers } from './lent-explainers.ts';

/** Covers of routed rows take 8 bytes a node; the page gives an evicted ground again. */
const MOST_GROUNDS = 4;

/** 4 bytes a row. */
const MOST_ROW_LISTS = 2;

/** The ground of an explanation as a worker holds it. */
interface HeldGround {
  readonly modelId: string;
  readonly tableId: string;
  readonly ground: ExplanationGround;
}

/** What a worker holds of explanations: it goes with its model or table. */
export interface HeldExplanations {
  readonly grounds: Shelf<HeldGround>;
  /** Rows that global explanations speak of. */
  readonly rowLists: Shelf<{ readonly tableId: string; readonly rows: Uint32Array }>;
  readonly explainers: LentExplainers;
  dropModel(modelId: string): void;
  /** What belongs to a table, or to one that was derived from it. */
  dropTable(tableId: string): void;
}

export function heldExplanations(): HeldExplanations {
  const grounds = new Shelf<HeldGround>('explanation', MOST_GROUNDS);
  const rowLists: HeldExplanations['rowLists'] = new Shelf('list of rows', MOST_ROW_LISTS);
  const explainers = lentExplainers();
  return {
    ...{ grounds, rowLists, explainers },
    dropModel: (modelId) => {
      grounds.deleteWhere((held) => held.modelId === modelId);
      explainers.drop((owner) => owner.modelId === modelId);
    },
    dropTable: (tableId) => {
      const isOfTable = (held: { readonly tableId: string }) =>
        held.tableId === tableId || baseIdOf(held.tableId) === tableId;
      grounds.deleteWhere(isOfTable);
      rowLists.deleteWhere(isOfTable);
      explainers.drop(isOfTable);
    },
  };
}
