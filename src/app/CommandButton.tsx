import { Search } from 'lucide-react';
import { Button } from '../design/Button.tsx';
import { Kbd } from '../design/Kbd.tsx';
import { showSheet } from './commands/shown-sheet.ts';
import { isMacKeyboard, keysOfCommand } from './keyboard/shortcuts.ts';

/** Opens the command palette; an icon on narrow screens. */
export function CommandButton() {
  const keys = keysOfCommand('palette', isMacKeyboard(navigator.platform)) ?? [];
  return (
    <Button
      kind="quiet"
      label="Search commands"
      onPress={() => showSheet('palette')}
      className="max-wide:w-[30px] max-wide:justify-center max-wide:px-0"
    >
      <Search size={16} strokeWidth={1.5} aria-hidden="true" />
      <Kbd keys={keys} className="max-desk:hidden" />
    </Button>
  );
}
