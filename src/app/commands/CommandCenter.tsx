import { useLocation } from 'wouter';
import { offeredCommands } from '../../state/offered-commands.ts';
import { ShortcutsSheet } from '../keyboard/ShortcutsSheet.tsx';
import { useKeyboardMap } from '../keyboard/use-keyboard-map.ts';
import { appCommands, type CommandDoors } from './app-commands.ts';
import { showSheet, useShownSheet } from './shown-sheet.ts';
import { runSilentCommand } from './silent-commands.ts';
import { usePalette } from './use-palette.ts';

/** The keyboard map, the command palette and the sheet of shortcuts: one of them on every page. */
export function CommandCenter() {
  const shown = useShownSheet();
  const [path, navigate] = useLocation();
  const doors: CommandDoors = { path, go: navigate, showShortcuts: () => showSheet('shortcuts') };
  useKeyboardMap((id) => runByKey(id, doors));
  const close = (): void => showSheet(null);
  const CommandPalette = usePalette(shown === 'palette');
  return (
    <>
      {shown === 'palette' && CommandPalette !== null && <CommandPalette doors={doors} onClose={close} />}
      <ShortcutsSheet isOpen={shown === 'shortcuts'} onClose={close} />
    </>
  );
}

function runByKey(id: string, doors: CommandDoors): boolean {
  if (id === 'palette') return togglePalette();
  if (runSilentCommand(id, doors)) return true;
  const offered = offeredCommands().flatMap(({ commands }) => commands);
  const command = [...offered, ...appCommands(doors, [])].find((one) => one.id === id);
  command?.run();
  return command !== undefined;
}

/** Over another dialog the palette does not open; the browser’s own use of the key would only confuse there. */
function togglePalette(): boolean {
  const shown = useShownSheet.getState();
  if (shown === 'palette') showSheet(null);
  else if (document.querySelector('[role=dialog], [role=alertdialog]') === null) showSheet('palette');
  return true;
}
