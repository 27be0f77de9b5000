/**
 * A file that was read but is not the one a link asks for: it waits here until the user says whether to use it anyway.
 */
import { create } from 'zustand';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';

interface FileOffers {
  readonly table: TableSummary | null;
  readonly model: ModelSummary | null;
}

export const useFileOffers = create<FileOffers>()(() => ({ table: null, model: null }));
