import { create } from 'zustand';

type Sheet = 'palette' | 'shortcuts';

/** Which of the shell's own sheets is open. */
export const useShownSheet = create<Sheet | null>()(() => null);

export function showSheet(sheet: Sheet | null): void {
  useShownSheet.setState(sheet, true);
}
