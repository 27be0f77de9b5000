/** The file that was refused because it would not fit: its columns can be chosen. */
import { create } from 'zustand';

interface TooLarge {
  readonly file: File | null;
  /** Whether its columns are being chosen now. */
  readonly isChoosing: boolean;
}

export const useTooLarge = create<TooLarge>()(() => ({ file: null, isChoosing: false }));
