/** The name under which this browser acts in the registry. In local mode it is a name and no proof of identity. */
import { create } from 'zustand';

const STORAGE_KEY = 'cutline-profile';

/** What the registry calls someone who gave no name. */
const NO_NAME = 'local';
const LONGEST_NAME = 100;

interface ProfileState {
  readonly name: string;
  rename(name: string): void;
}

export const useProfile = create<ProfileState>()((set) => ({
  name: keptName(),
  rename: (typed) => {
    // Half a character, cut off at the end, could not be sent.
    const name =
      typed
        .trim()
        .slice(0, LONGEST_NAME)
        .replace(/[\uD800-\uDBFF]$/, '') || NO_NAME;
    set({ name });
    try {
      localStorage.setItem(STORAGE_KEY, name);
    } catch {
      // A browser that refuses storage forgets the name with the page.
    }
  },
}));

function keptName(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? NO_NAME;
  } catch {
    return NO_NAME;
  }
}
